import Foundation
import StorefrontTUI
import Synchronization

/// Shows this till to other terminals of the same account: a socket that they come to. Its thread sleeps in the kernel while
/// nobody comes and nothing changes; the till hands it a scene and goes on.
final class TillBroadcast: TillAudience {
    /// Who looks on.
    enum Viewer: String, Sendable { case customer, owner }

    private struct State {
        var isOpen = false
        var isEnding = false
        /// How many look on.
        var lookers = 0
        /// What none of them has been sent yet.
        var scene: TillScene?
        /// Wakes the thread.
        var bell: Int32 = -1
    }

    let arrivals: AsyncStream<Void>
    private let arrived: AsyncStream<Void>.Continuation
    private let place: TillPlace
    private let state = Mutex(State())
    private let hasEnded = DispatchSemaphore(value: 0)

    init(_ place: TillPlace) {
        self.place = place
        (arrivals, arrived) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var isThere: Bool { state.withLock { $0.lookers > 0 } }

    func open() {
        let isFirst = state.withLock { state in
            defer { state.isOpen = true }
            return !state.isOpen && !state.isEnding
        }
        guard isFirst else { return }
        guard let (heard, bell) = QuietDescriptor.pipe() else {
            hasEnded.signal()
            return
        }
        state.withLock { $0.bell = bell }
        QuietThread.start { [self] in
            serve(heard)
            state.withLock { state in
                state.bell = -1
                state.lookers = 0
            }
            for end in [heard, bell] { Foundation.close(end) }
            hasEnded.signal()
        }
    }

    func show(_ scene: TillScene) {
        state.withLock { state in
            state.scene = scene
            ring(state)
        }
    }

    /// Sends everybody away and returns when that is done. Called once.
    func close() {
        let wasOpen = state.withLock { state in
            state.isEnding = true
            ring(state)
            return state.isOpen
        }
        arrived.finish()
        // Its thread waits for nobody; still, the program's end does not hang on it.
        if wasOpen { _ = hasEnded.wait(timeout: .now() + 1) }
    }

    private func ring(_ state: State) {
        var byte: UInt8 = 0
        if state.bell >= 0 { _ = write(state.bell, &byte, 1) }
    }

    // MARK: - The thread

    private func serve(_ bell: Int32) {
        // Another program is this till already: that one is seen.
        guard let room = Room(place) else { return }
        defer { room.close() }
        var lookers: [Looker] = []
        defer { for looker in lookers { Foundation.close(looker.socket) } }
        while true {
            var sources =
                [
                    pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
                    pollfd(fd: room.socket, events: Int16(POLLIN), revents: 0),
                ]
                + lookers.map {
                    pollfd(
                        fd: $0.socket, events: Int16($0.hasMore ? POLLIN | POLLOUT : POLLIN), revents: 0)
                }
            guard poll(&sources, nfds_t(sources.count), -1) >= 0 || errno == EINTR else { return }
            if sources[0].revents != 0 { Self.empty(bell) }
            let (isEnding, scene) = state.withLock { state in
                defer { state.scene = nil }
                return (state.isEnding, state.scene)
            }
            if isEnding { return }
            for index in lookers.indices where sources[index + 2].revents != 0 { lookers[index].listen() }
            // Known to be there before the till is asked for what they are to see.
            note(lookers)
            if lookers.contains(where: \.hasJustCome) { arrived.yield() }
            for index in lookers.indices { lookers[index].hasJustCome = false }
            if let scene { send(scene, to: &lookers) }
            for index in lookers.indices { lookers[index].speak() }
            for looker in lookers where looker.hasLeft { Foundation.close(looker.socket) }
            lookers.removeAll(where: \.hasLeft)
            if sources[1].revents != 0, let socket = room.accept() {
                if lookers.count < Self.mostLookers {
                    lookers.append(Looker(socket: socket))
                } else {
                    Foundation.close(socket)
                }
            }
            note(lookers)
        }
    }

    private static let mostLookers = 16

    private func note(_ lookers: [Looker]) {
        let count = lookers.count { $0.viewer != nil && !$0.hasLeft }
        state.withLock { $0.lookers = count }
    }

    private func send(_ scene: TillScene, to lookers: inout [Looker]) {
        let encoder = JSONEncoder()
        var lines: [Viewer: [UInt8]] = [:]
        for index in lookers.indices {
            guard let viewer = lookers[index].viewer else { continue }
            if lines[viewer] == nil {
                let seen = viewer == .owner ? scene : scene.forCustomers
                guard let text = try? encoder.encode(seen) else { continue }
                lines[viewer] = Array(text) + [0x0A]
            }
            lookers[index].next = lines[viewer]
        }
    }

    private static func empty(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 256)
        while read(descriptor, &buffer, buffer.count) > 0 {}
    }
}

/// Where those come who look on.
private struct Room {
    let socket: Int32
    private let lock: Int32
    private let place: TillPlace

    /// nil where another program is this till, or no socket can be made.
    init?(_ place: TillPlace) {
        self.place = place
        try? FileManager.default.createDirectory(
            atPath: place.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let lock = open(place.lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else { return nil }
        let new = "\(place.socket).new"
        guard flock(lock, LOCK_EX | LOCK_NB) == 0, let address = TillPlace.address(new) else {
            Foundation.close(lock)
            return nil
        }
        unlink(new)
        let socket = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        if socket >= 0 { QuietDescriptor.hush(socket) }
        // Found under its name only when it hears: whoever waits for that name may come at once.
        guard socket >= 0, address.withAddress({ bind(socket, $0, $1) }) == 0, chmod(new, 0o600) == 0,
            listen(socket, 8) == 0, rename(new, place.socket) == 0
        else {
            if socket >= 0 { Foundation.close(socket) }
            unlink(new)
            Foundation.close(lock)
            return nil
        }
        self.socket = socket
        self.lock = lock
    }

    func accept() -> Int32? {
        let looker = Foundation.accept(socket, nil, nil)
        guard looker >= 0 else { return nil }
        QuietDescriptor.hush(looker)
        return looker
    }

    func close() {
        unlink(place.socket)
        Foundation.close(socket)
        Foundation.close(lock)
    }
}

/// One who looks on.
private struct Looker {
    let socket: Int32
    /// nil until he has said what he is.
    private(set) var viewer: TillBroadcast.Viewer?
    var hasJustCome = false
    fileprivate(set) var hasLeft = false
    /// The scene that he gets next; a newer one takes its place.
    var next: [UInt8]?
    /// What is left of the one that he gets.
    private var rest: ArraySlice<UInt8> = []
    private var said: [UInt8] = []

    init(socket: Int32) { self.socket = socket }

    var hasMore: Bool { !rest.isEmpty || next != nil }

    mutating func listen() {
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = read(socket, &buffer, buffer.count)
        guard count > 0 else {
            if count == 0 || errno != EAGAIN && errno != EINTR { hasLeft = true }
            return
        }
        guard viewer == nil else { return }
        said += buffer[..<count]
        guard let end = said.firstIndex(of: 0x0A) else {
            if said.count > 64 { hasLeft = true }
            return
        }
        viewer = TillBroadcast.Viewer(rawValue: String(decoding: said[..<end], as: UTF8.self))
        hasJustCome = viewer != nil
        hasLeft = viewer == nil
    }

    /// Sends what there is as far as it is taken; who takes nothing is left waiting.
    mutating func speak() {
        while !hasLeft {
            if rest.isEmpty {
                guard let line = next else { return }
                rest = line[...]
                next = nil
            }
            let count = rest.withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else {
                if errno != EAGAIN && errno != EINTR { hasLeft = true }
                return
            }
            rest = rest.dropFirst(count)
        }
    }
}
