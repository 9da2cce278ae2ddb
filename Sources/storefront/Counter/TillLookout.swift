import Foundation
import StoreDomain
import StorefrontTUI

/// Looks at a till of this machine, as long as it is wanted: waits in the kernel for the till to open, and again when it has
/// closed.
final class TillLookout: Sendable {
    /// nil where the till is not open.
    let scenes: AsyncStream<TillScene?>
    private let seen: AsyncStream<TillScene?>.Continuation
    private let ending: (read: Int32, write: Int32)
    private let hasEnded = DispatchSemaphore(value: 0)

    /// - Throws: `device` where the folder of the tills cannot be watched.
    init(_ place: TillPlace, as viewer: TillBroadcast.Viewer) throws(StoreError) {
        do {
            try FileManager.default.createDirectory(
                atPath: place.folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch { throw .device("\(place.folder) cannot be made, where tills are looked for") }
        guard let address = TillPlace.address(place.socket) else {
            throw .device(
                "\(place.folder) is too long a path to find a till in; XDG_STATE_HOME names another")
        }
        let notices = inotify_init1(O_CLOEXEC | O_NONBLOCK)
        guard notices >= 0, inotify_add_watch(notices, place.folder, UInt32(IN_MOVED_TO)) >= 0,
            let (heard, bell) = QuietDescriptor.pipe()
        else {
            if notices >= 0 { close(notices) }
            throw .device("\(place.folder) cannot be watched")
        }
        ending = (heard, bell)
        (scenes, seen) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
        let (seen, ending, hasEnded) = (seen, heard, hasEnded)
        QuietThread.start {
            Self.look(address, viewer, notices, ending, seen)
            seen.finish()
            close(notices)
            hasEnded.signal()
        }
    }

    /// Looks no longer. Called once.
    func end() {
        var byte: UInt8 = 0
        _ = write(ending.write, &byte, 1)
        hasEnded.wait()
        close(ending.read)
        close(ending.write)
    }

    // MARK: - The thread

    private static func look(
        _ address: sockaddr_un, _ viewer: TillBroadcast.Viewer, _ notices: Int32, _ ending: Int32,
        _ seen: AsyncStream<TillScene?>.Continuation
    ) {
        while true {
            if let till = connect(address) {
                defer { close(till) }
                let hello = Array("\(viewer.rawValue)\n".utf8)
                _ = send(till, hello, hello.count, Int32(MSG_NOSIGNAL))
                guard follow(till, ending, seen) else { return }
            }
            seen.yield(nil)
            // It may have come back before anybody waited for that.
            if empty(notices) { continue }
            guard waits(for: notices, ending) else { return }
            _ = empty(notices)
        }
    }

    /// Tells what the till shows until it closes; false when the looking is over.
    private static func follow(
        _ till: Int32, _ ending: Int32, _ seen: AsyncStream<TillScene?>.Continuation
    ) -> Bool {
        let decoder = JSONDecoder()
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while waits(for: till, ending) {
            let count = read(till, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return true }
            bytes += buffer[..<count]
            while let end = bytes.firstIndex(of: 0x0A) {
                // One of another version may show what is not known here.
                if let scene = try? decoder.decode(TillScene.self, from: Data(bytes[..<end])) {
                    seen.yield(scene)
                }
                bytes.removeFirst(end + 1)
            }
            guard bytes.count < 4 << 20 else { return true }
        }
        return false
    }

    private static func connect(_ address: sockaddr_un) -> Int32? {
        let till = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard till >= 0 else { return nil }
        guard address.withAddress({ Foundation.connect(till, $0, $1) }) == 0 else {
            close(till)
            return nil
        }
        return till
    }

    /// False when the looking is over.
    private static func waits(for descriptor: Int32, _ ending: Int32) -> Bool {
        var both = [
            pollfd(fd: ending, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&both, 2, -1) < 0 {}
        return both[0].revents == 0
    }

    /// Whether there was anything to read.
    private static func empty(_ notices: Int32) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var hadSome = false
        while read(notices, &buffer, buffer.count) > 0 { hadSome = true }
        return hadSome
    }
}
