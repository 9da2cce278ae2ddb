import Foundation
import Synchronization

/// A shell and all that it starts, as one process group. The shell's number stays its own until `reap`, so that a
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

    /// Starts `/bin/sh -c shell` with every signal as a new program has it; nil when that is not possible.
    init?(shell: String) {
        guard let (itsInput, input) = Self.pipe() else { return nil }
        guard let (complaints, itsComplaints) = Self.pipe() else {
            for descriptor in [itsInput, input] { close(descriptor) }
            return nil
        }
        guard let (end, ending) = Self.pipe() else {
            for descriptor in [itsInput, input, complaints, itsComplaints] { close(descriptor) }
            return nil
        }
        let leader = Self.spawn(shell, input: itsInput, complaints: itsComplaints)
        close(itsInput)
        close(itsComplaints)
        guard let leader else {
            for descriptor in [input, complaints, end, ending] { close(descriptor) }
            return nil
        }
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

    private static func spawn(_ shell: String, input: Int32, complaints: Int32) -> pid_t? {
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
        let arguments = ["/bin/sh", "-c", shell].map { strdup($0) } + [nil]
        let variables = ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process = pid_t()
        let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, variables)
        return code == 0 ? process : nil
    }

    /// The reading and the writing end; neither is handed on to other programs.
    private static func pipe() -> (reading: Int32, writing: Int32)? {
        var ends: [Int32] = [-1, -1]
        return pipe2(&ends, O_CLOEXEC) == 0 ? (ends[0], ends[1]) : nil
    }
}
