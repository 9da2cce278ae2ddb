import Foundation
import Synchronization

/// A program, such as a shell, and all that it starts, as one process group. Its number stays its own until `reap`, so that a
/// signal to the group reaches nothing else.
final class ProcessGroup: Sendable {
    /// Where the shell reads, non-blocking.
    let input: Int32
    /// Where the shell complains, non-blocking; a process in the background may hold the other end.
    let complaints: Int32
    /// Ready for reading once the shell has ended.
    let end: Int32
    private let leader: pid_t
    private let state = Mutex((isInputOpen: true, isReaped: false))

    /// Held while pipes are made and handed on: a program that starts meanwhile would inherit their ends, and
    /// keep them open.
    private static let starting = Mutex(())

    /// Starts a program, looked for in `PATH`, with every signal as a new program has it; nil when that is not
    /// possible.
    convenience init?(_ words: [String]) {
        let parts = Self.starting.withLock {
            _ -> (input: Int32, complaints: Int32, end: Int32, ending: Int32, leader: pid_t)? in
            let pipes = (0..<3).compactMap { _ in Self.pipe() }
            let ends = pipes.flatMap { [$0.reading, $0.writing] }
            guard pipes.count == 3,
                let leader = Self.spawn(words, input: pipes[0].reading, complaints: pipes[1].writing)
            else {
                for descriptor in ends { close(descriptor) }
                return nil
            }
            close(pipes[0].reading)
            close(pipes[1].writing)
            return (pipes[0].writing, pipes[1].reading, pipes[2].reading, pipes[2].writing, leader)
        }
        guard let parts else { return nil }
        self.init(
            leader: parts.leader, input: parts.input, complaints: parts.complaints, end: parts.end,
            ending: parts.ending)
    }

    private init(leader: pid_t, input: Int32, complaints: Int32, end: Int32, ending: Int32) {
        for descriptor in [input, complaints] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        (self.input, self.complaints, self.end, self.leader) = (input, complaints, end, leader)
        Thread.detachNewThread {
            // Leaves the shell to `reap`: until then nothing else gets its number.
            var information = siginfo_t()
            while waitid(P_PID, id_t(leader), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            close(ending)
        }
    }

    deinit {
        closeInput()
        close(complaints)
        close(end)
    }

    /// The shell then reads its input's end.
    func closeInput() {
        state.withLock { state in
            if state.isInputOpen { close(input) }
            state.isInputOpen = false
        }
    }

    /// Sends a signal to the shell and all that it started; to nothing once the shell is reaped.
    func signal(_ number: Int32) {
        state.withLock { state in
            if !state.isReaped { kill(-leader, number) }
        }
    }

    /// The status of the shell as `waitpid` gives it, once; nil while it runs.
    func reap() -> Int32? {
        state.withLock { state in
            var status: Int32 = 0
            guard !state.isReaped, waitpid(leader, &status, WNOHANG) == leader else { return nil }
            state.isReaped = true
            return status
        }
    }

    private static func spawn(_ words: [String], input: Int32, complaints: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, complaints, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        posix_spawnattr_setpgroup(&attributes, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        let variables: [UnsafeMutablePointer<CChar>?] =
            ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process = pid_t()
        guard let program = words.first else { return nil }
        let code = posix_spawnp(&process, program, &actions, &attributes, arguments, variables)
        return code == 0 ? process : nil
    }

    /// The reading and the writing end; neither is handed on to other programs.
    private static func pipe() -> (reading: Int32, writing: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard Foundation.pipe(&ends) == 0 else { return nil }
        for descriptor in ends { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
