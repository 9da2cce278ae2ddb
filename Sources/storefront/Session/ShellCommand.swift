import Foundation

/// A command, of the shell `/bin/sh` or without one, run in a process group of its own, so that it can be ended with all that it
/// starts.
struct ShellCommand: Sendable {
    enum Outcome: Hashable, Sendable {
        /// It ended by itself; `complaint` is the last line that it wrote to standard error, cut to
        /// `maximumComplaint` bytes.
        case exited(code: Int32, complaint: String)
        /// A signal from elsewhere ended it.
        case killed(signal: Int32)
        /// It was still running at the deadline, and its whole group was ended.
        case outOfTime
        case notStarted
    }

    /// How much of standard error is kept, in bytes: its end.
    static let maximumComplaint = 512
    /// How long a group has for ending well after SIGTERM, before SIGKILL.
    static let grace = Duration.milliseconds(500)

    private let words: [String]

    /// For the shell to read.
    init(_ text: String) { words = ["/bin/sh", "-c", text] }

    /// - Parameter arguments: a program, looked for as the shell does, and what it is called with.
    init(arguments: [String]) { words = arguments }

    /// Runs the command with `input` as its standard input and without its standard output. Waits on a thread
    /// of its own, at most for `limit` and twice `grace`; cancelling the task changes nothing.
    ///
    /// Processes that the command leaves in the background when it ends by itself are not waited for.
    func run(input: [UInt8], within limit: Duration) async -> Outcome {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                // Writing to a command that reads no more is an error here, not the program's end.
                var closedPipe = sigset_t()
                sigemptyset(&closedPipe)
                sigaddset(&closedPipe, SIGPIPE)
                pthread_sigmask(SIG_BLOCK, &closedPipe, nil)
                guard let group = ProcessGroup(words) else {
                    return continuation.resume(returning: .notStarted)
                }
                var run = Run(group: group, input: input[...])
                continuation.resume(returning: run.finish(by: ContinuousClock.now + limit))
            }
        }
    }

    /// One command while it runs.
    private struct Run {
        let group: ProcessGroup
        var input: ArraySlice<UInt8>
        var complaint: [UInt8] = []
        var isInputOpen = true
        var areComplaintsOpen = true

        mutating func finish(by deadline: ContinuousClock.Instant) -> Outcome {
            if serve(until: deadline), let outcome = outcome() { return outcome }
            group.signal(SIGTERM)
            _ = serve(until: ContinuousClock.now + ShellCommand.grace)
            // Also when the shell itself has ended by now: what it started may not have.
            group.signal(SIGKILL)
            // The kernel may hold back a process that waits for a device: nothing is gained by waiting longer.
            _ = serve(until: ContinuousClock.now + ShellCommand.grace)
            _ = group.reap()
            return .outOfTime
        }

        /// Feeds the command and listens to it until it ends; false when it still runs at the deadline.
        private mutating func serve(until deadline: ContinuousClock.Instant) -> Bool {
            while true {
                var sources = [
                    pollfd(fd: group.end, events: Int16(POLLIN), revents: 0),
                    pollfd(fd: isInputOpen ? group.input : -1, events: Int16(POLLOUT), revents: 0),
                    pollfd(fd: areComplaintsOpen ? group.complaints : -1, events: Int16(POLLIN), revents: 0),
                ]
                let left = max(0, (deadline - .now) / .milliseconds(1))
                _ = poll(&sources, nfds_t(sources.count), Int32(left.rounded(.up)))
                if sources[1].revents != 0 { feed() }
                if sources[2].revents != 0 { listen() }
                if sources[0].revents != 0 { return true }
                // A command that never stops talking does not hold off the deadline.
                if ContinuousClock.now >= deadline { return false }
            }
        }

        private mutating func feed() {
            let count = input.withUnsafeBytes { write(group.input, $0.baseAddress, $0.count) }
            if count > 0 { input = input.dropFirst(count) }
            guard input.isEmpty || (count < 0 && errno != EAGAIN && errno != EINTR) else { return }
            group.closeInput()
            isInputOpen = false
        }

        /// Takes in a block of what was written to standard error and keeps the end of it.
        private mutating func listen() {
            var block = [UInt8](repeating: 0, count: 65_536)
            let count = read(group.complaints, &block, block.count)
            if count > 0 {
                complaint += block[..<count].suffix(ShellCommand.maximumComplaint)
                complaint.removeFirst(max(0, complaint.count - ShellCommand.maximumComplaint))
            } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
                areComplaintsOpen = false
            }
        }

        /// How the command ended. Reads at most one more block: a pipe holds no more, and a process that was
        /// left in the background may write for ever.
        private mutating func outcome() -> Outcome? {
            if areComplaintsOpen { listen() }
            guard let status = group.reap() else { return nil }
            guard status & 0x7F == 0 else { return .killed(signal: status & 0x7F) }
            let lines = String(decoding: complaint, as: UTF8.self).split(whereSeparator: \.isNewline)
            return .exited(code: status >> 8 & 0xFF, complaint: lines.last.map(String.init) ?? "")
        }
    }
}
