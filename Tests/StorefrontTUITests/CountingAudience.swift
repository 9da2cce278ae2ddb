import StorefrontTUI
import Synchronization

/// An audience that remembers what it was shown.
final class CountingAudience: TillAudience {
    private let state = Mutex((isOpen: false, isThere: false, scenes: [TillScene]()))
    let arrivals = AsyncStream<Void> { $0.finish() }

    var isOpen: Bool { state.withLock { $0.isOpen } }
    var isThere: Bool { state.withLock { $0.isThere } }
    var scenes: [TillScene] { state.withLock { $0.scenes } }

    func open() { state.withLock { $0.isOpen = true } }
    func come() { state.withLock { $0.isThere = true } }
    func show(_ scene: TillScene) { state.withLock { $0.scenes.append(scene) } }
}
