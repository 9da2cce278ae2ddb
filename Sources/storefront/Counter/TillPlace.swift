import Foundation
import ProgramKit
import StoreDomain

/// Where a till of this machine is found by those who look on: a socket in the account's own state, so that no other
/// account reaches it.
struct TillPlace: Hashable, Sendable {
    let till: String
    let folder: String
    /// The socket's name in the folder.
    let name: String

    var socket: String { "\(folder)/\(name)" }
    /// Held by the program that is the till.
    var lock: String { "\(folder)/\(name).lock" }

    /// - Parameter store: the store's file or the server's address: tills of different shops may have one name.
    init(till: String, store: String, in places: Places) {
        self.till = till
        folder = "\(places.stateDirectory)/tills"
        // FNV-1a: short, and the same in every program.
        let digest = store.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        name = "\(till)-\(String(digest, radix: 36))"
    }

    /// That of the settings.
    init(till: String, _ settings: Settings, _ places: Places) {
        let server = settings[SettingTable.remote]?.text
        self.init(
            till: till, store: server ?? Self.file(settings.databasePath(places)), in: places)
    }

    /// A file's one name, whatever leads to it.
    static func file(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// The address of a socket; nil for a path that is too long for one.
    static func address(_ path: String) -> sockaddr_un? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard bytes.count < room.count else { return false }
            room.copyBytes(from: bytes)
            return true
        }
        return fits ? address : nil
    }
}

extension sockaddr_un {
    /// Calls `body` with the address as the system's calls take it.
    func withAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: self) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

/// Descriptors that no other program inherits, and that are never waited for.
enum QuietDescriptor {
    /// A pipe whose writing end rings a thread that polls the other; nil where the system gives none.
    static func pipe() -> (heard: Int32, bell: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard Foundation.pipe(&ends) == 0 else { return nil }
        for end in ends { hush(end) }
        return (ends[0], ends[1])
    }

    /// Makes a descriptor one of these.
    static func hush(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
}

/// A thread that works a socket, with little stack, and no signals but those of faults.
enum QuietThread {
    static func start(_ body: @escaping @Sendable () -> Void) {
        let thread = Thread {
            var blocked = sigset_t()
            sigfillset(&blocked)
            for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] { sigdelset(&blocked, fault) }
            pthread_sigmask(SIG_BLOCK, &blocked, nil)
            body()
        }
        thread.stackSize = 512 << 10
        thread.start()
    }
}
