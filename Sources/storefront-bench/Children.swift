import ArgumentParser
import Foundation
import Synchronization

/// The programs that this one started and has not ended, and the folder that it leaves nothing of.
final class Children: Sendable {
    static let shared = Children()

    private struct State {
        var running: Set<pid_t> = []
        var folders: Set<String> = []
        var disks: Set<String> = []
    }

    private let state = Mutex(State())

    /// A new folder for what nobody needs afterwards.
    static func makeFolder(below parent: String) throws -> String {
        var template = Array("\(parent)/storefront-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ValidationError("\(parent) cannot be written") }
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        shared.state.withLock { _ = $0.folders.insert(path) }
        return path
    }

    /// Has a folder lie on a disk of its own in memory, of so many megabytes; needs root.
    func mount(_ folder: String, megabytes: Int) throws {
        guard Foundation.mount("tmpfs", folder, "tmpfs", 0, "size=\(megabytes)m") == 0 else {
            throw ValidationError("no disk can be mounted at \(folder): error \(errno)")
        }
        state.withLock { _ = $0.disks.insert(folder) }
    }

    func unmount(_ folder: String) {
        umount2(folder, Int32(MNT_DETACH))
        state.withLock { _ = $0.disks.remove(folder) }
    }

    func add(_ process: pid_t) { state.withLock { _ = $0.running.insert(process) } }

    /// Ends one, with all that it started, and waits for that.
    ///
    /// - Parameter signal: asks it to end; whoever has not within five seconds is killed.
    func end(_ process: pid_t, by signal: Int32 = SIGTERM) {
        guard state.withLock({ $0.running.remove(process) }) != nil else { return }
        kill(-process, signal)
        let limit = ContinuousClock.now + .seconds(5)
        while waitpid(process, nil, WNOHANG) == 0 {
            if ContinuousClock.now > limit { kill(-process, SIGKILL) }
            usleep(1_000)
        }
        // Workers that outlive the one they work for.
        kill(-process, SIGKILL)
    }

    /// Whether one has ended by itself.
    func hasEnded(_ process: pid_t) -> Bool {
        guard waitpid(process, nil, WNOHANG) != 0 else { return false }
        forget(process)
        return true
    }

    /// To be called for one that has been waited for.
    func forget(_ process: pid_t) { state.withLock { _ = $0.running.remove(process) } }

    /// Ends all, and takes the folders away.
    func endAll() {
        for process in state.withLock({ $0.running }) { end(process, by: SIGKILL) }
        for disk in state.withLock({ $0.disks }) { unmount(disk) }
        for folder in state.withLock({ $0.folders }) { try? FileManager.default.removeItem(atPath: folder) }
        state.withLock { $0.folders = [] }
    }

    /// Has Ctrl-C, a lost terminal and a request to end do so, too, as long as what is returned is there.
    static func endWithProgram() -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                shared.endAll()
                // As the shell counts it.
                exit(128 + number)
            }
            source.activate()
            return source
        }
    }
}

/// Starts programs, each the first of a session of its own.
enum Launch {
    /// What its standard streams are.
    enum Streams {
        case terminal(String)
        /// Nothing is read, what it says is appended.
        case file(String)
    }

    /// - Parameter variables: its whole environment, as `NAME=value`.
    static func start(
        _ command: [String], _ streams: Streams, variables: [String]
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        switch streams {
        case .terminal(let path):
            // The first terminal that the leader of a new session opens becomes its controlling one.
            posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
            posix_spawn_file_actions_adddup2(&actions, 0, 1)
        case .file(let path):
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        let setSession: Int16 = 0x80
        posix_spawnattr_setflags(&attributes, setSession | Int16(POSIX_SPAWN_SETSIGDEF))
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let (arguments, environment) = (
            command.map { strdup($0) } + [nil], variables.map { strdup($0) } + [nil]
        )
        defer { for text in arguments + environment { free(text) } }
        var process = pid_t()
        let code = posix_spawn(&process, command[0], &actions, &attributes, arguments, environment)
        guard code == 0 else { throw ValidationError("cannot start \(command[0]): error \(code)") }
        Children.shared.add(process)
        return process
    }

    /// Runs a program to its end; returns what it ended with.
    static func run(
        _ command: [String], log: String = "/dev/null", variables: [String]
    ) throws -> Int32 {
        let process = try start(command, .file(log), variables: variables)
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 { usleep(1_000) }
        Children.shared.forget(process)
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f)
    }
}
