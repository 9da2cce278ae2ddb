import TerminalKit

/// Keeps a kiosk's pictures apart, so that whatever a visitor's terminal sends, it is drawn for at most so often.
struct FramePace {
    /// Between one picture and the next.
    static let gap = Duration.nanoseconds(1_000_000_000 / 60)

    private var last: ContinuousClock.Instant?

    /// How long the next picture has to wait; nil where it may come now, which counts as its coming.
    mutating func wait(at now: ContinuousClock.Instant) -> Duration? {
        if let last, now - last < Self.gap { return Self.gap - (now - last) }
        last = now
        return nil
    }
}

/// A terminal that takes so many bytes in a second, on purpose: a picture waits until the one before is read. What is typed
/// meanwhile does not.
struct SlowReader {
    static let bytesPerSecond = 2_400
    /// A cell that has changed, with what it looks like.
    private static let bytesPerCell = 2

    private var shown: Surface?
    private var isReadAt: ContinuousClock.Instant?

    /// How long the next picture has to wait; nil where it may come now.
    func wait(at now: ContinuousClock.Instant) -> Duration? {
        guard let isReadAt, now < isReadAt else { return nil }
        return isReadAt - now
    }

    mutating func present(_ surface: Surface, at now: ContinuousClock.Instant) {
        let bytes = Self.bytesPerCell * cells(of: surface)
        isReadAt = now + .milliseconds(bytes * 1_000 / Self.bytesPerSecond)
        shown = surface
    }

    private func cells(of surface: Surface) -> Int {
        guard let shown, shown.size == surface.size else { return surface.size.width * surface.size.height }
        return (0..<surface.size.height).reduce(0) { count, y in
            count + zip(shown.row(y), surface.row(y)).count { $0 != $1 }
        }
    }
}
