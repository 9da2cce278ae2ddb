import StorefrontCore

/// Those who look on at a till from other terminals. Nothing is done for them while nobody is there, and the till never
/// waits for them.
public protocol TillAudience: Sendable {
    /// Lets them come from now on; harmless when repeated.
    func open()
    var isThere: Bool { get }
    /// Somebody has come and sees nothing yet.
    var arrivals: AsyncStream<Void> { get }
    /// Takes a scene for all of them and returns at once. One that comes before the last was seen replaces it.
    func show(_ scene: TillScene)
}

/// Shows a till to its audience, each scene once.
struct AudienceWatch {
    private var shown: TillScene?

    /// - Parameter audience: nil where nobody can look on.
    mutating func follow(_ state: AppState, _ audience: (any TillAudience)?) {
        guard let audience else { return }
        if state.desk.sellsAtTill { audience.open() }
        guard audience.isThere else {
            shown = nil
            return
        }
        let scene = TillScene(state, isForStaff: true)
        guard scene != shown else { return }
        shown = scene
        audience.show(scene)
    }

    /// Somebody came who has seen none of it.
    mutating func welcome(_ state: AppState, _ audience: (any TillAudience)?) {
        shown = nil
        follow(state, audience)
    }
}
