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
