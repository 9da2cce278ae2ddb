import StoreDomain

/// How a kiosk treats those who come and go.
public struct KioskRules: Hashable, Codable, Sendable {
    /// Seconds without a key after which a visitor is asked whether he is still there, and for which he is.
    public var idle: Int
    public var answer = 10
    /// Seconds for which the next visitor is waited for; nil for ever, as on a counter.
    public var wait: Int?
    /// Seconds after which the session ends, whoever is there, and how long before that it says so; nil for never.
    public var session: Int?
    public var warning = 120
    /// How visitors come back, as "ssh shop.example.com"; nil where nobody has said.
    public var invitation: String?
    /// How often the receipt of an order is printed.
    public var copies = 2

    public init(idle: Int, wait: Int? = nil, session: Int? = nil, invitation: String? = nil) {
        self.idle = idle
        self.wait = wait
        self.session = session
        self.invitation = invitation
    }

    /// Seconds for which each product is shown while nobody is there.
    public static let showing = 8

    /// What has to happen now, and after how long to look again. Pure.
    ///
    /// - Parameters:
    ///   - quiet: how long nobody has pressed a key, or how long nobody has come.
    ///   - age: how long the session has lasted.
    public func due(_ state: AppState, quiet: Duration, age: Duration) -> (
        action: VisitAction?, next: Duration
    ) {
        // What is being written is written first.
        guard state.desk.requests.mustFinish.isEmpty else { return (nil, .seconds(1)) }
        let toEnd = session.map { .seconds($0) - age }
        if let toEnd, toEnd <= .zero { return (.ended(.timeIsUp), .seconds(1)) }
        let (action, next) = due(state.visit.presence, quiet)
        guard let toEnd else { return (action, next) }
        let toWarning = toEnd - .seconds(warning)
        if toWarning <= .zero, !state.visit.isEndTold {
            return (.endsSoon(seconds: Self.whole(toEnd)), min(next, toEnd))
        }
        return (action, min(next, state.visit.isEndTold ? toEnd : max(toWarning, .milliseconds(100))))
    }

    private func due(_ presence: Visit.Presence, _ quiet: Duration) -> (VisitAction?, Duration) {
        let toQuestion = Duration.seconds(idle) - quiet
        switch presence {
        case .here:
            return toQuestion > .zero
                ? (nil, toQuestion) : (.asked(secondsLeft: answer), .seconds(1))
        case .asked(let shown):
            let left = toQuestion + .seconds(answer)
            guard left > .zero else { return (.left, .seconds(1)) }
            let seconds = Self.whole(left)
            let next = left - .seconds(seconds - 1)
            return (seconds == shown ? nil : .asked(secondsLeft: seconds), max(next, .milliseconds(100)))
        case .away(let shown):
            if let wait, quiet >= .seconds(wait) { return (.ended(.nobodyCame), .seconds(1)) }
            let number = Int(quiet.components.seconds) / Self.showing
            let next = Duration.seconds((number + 1) * Self.showing) - quiet
            let toEnd = wait.map { .seconds($0) - quiet } ?? next
            return (number == shown ? nil : .shown(number), min(next, toEnd))
        }
    }

    /// Seconds, a part of one counting as one.
    private static func whole(_ duration: Duration) -> Int {
        Int(duration.components.seconds) + (duration.components.attoseconds > 0 ? 1 : 0)
    }
}
