import StoreDomain
import StorefrontCore

extension TapedFault {
    /// Those that a running session can have: they go wrong in the calls to its shop.
    static var live: [TapedFault] { Call.allCases.flatMap { [.loses($0), .fails($0)] } + [.offline, .over] }

    /// The movements of the clock that a tester is offered, and what they are called.
    static let clocks: [(fault: TapedFault, label: String)] = [
        (.clock(seconds: 60), "a minute on"), (.clock(seconds: 3_600), "an hour on"),
        (.clock(seconds: 86_400), "a day on"), (.clock(seconds: 7 * 86_400), "a week on"),
        (.clock(seconds: -3_600), "an hour back"), (.clock(seconds: -86_400), "a day back"),
    ]

    /// As a list and the header name it.
    fileprivate var label: String {
        if self == .over { return "all is well" }
        return text.hasSuffix(" next") ? String(text.dropLast(5)) : text
    }

    fileprivate var summary: String {
        switch self {
        case .fails: "the next such call fails before it has done anything"
        case .loses: "the next such call does what it is asked, and its answer is lost"
        case .offline: "nothing can be reached"
        case .over: "whatever was to go wrong"
        case .clock: ""
        }
    }
}

extension QARules {
    /// With all that a tester can choose.
    ///
    /// - Parameter isWhole: all of the session is on its tape.
    public static func ofTester(seed: UInt64, clock: Timestamp, isWhole: Bool = true) -> QARules {
        QARules(
            seed: seed, clock: clock,
            faults: TapedFault.live.map { QAItem($0.text, label: $0.label, summary: $0.summary) },
            clocks: TapedFault.clocks.map { QAItem($0.fault.text, label: $0.label) },
            stages: Stage.allCases.map { QAItem($0.rawValue, label: $0.rawValue, summary: $0.summary) },
            isWhole: isWhole)
    }
}
