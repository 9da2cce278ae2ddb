import StoreDomain
import StorefrontCore

extension TapedFault {
    /// Those that a running session can have: they go wrong in the calls to its shop.
    static let live = allCases.filter(\.isLive)

    private var isLive: Bool {
        switch self {
        case .call(_, .fails), .call(_, .errs), .call(_, .signsOut), .call(_, .loses), .store, .net(.offline),
            .net(.cut), .over:
            true
        case .call(_, .slow), .call(_, .never), .net(.slow), .others, .clock, .terminal, .hands, .process,
            .answers:
            false
        }
    }

    /// The movements of the clock that a tester is offered, and what they are called.
    static let clocks: [(fault: TapedFault, label: String)] = [
        (.clock(.moves(60)), "a minute on"), (.clock(.moves(3_600)), "an hour on"),
        (.clock(.moves(86_400)), "a day on"), (.clock(.moves(7 * 86_400)), "a week on"),
        (.clock(.moves(-3_600)), "an hour back"), (.clock(.moves(-86_400)), "a day back"),
    ]

    /// As a list and the header name it.
    fileprivate var label: String {
        if self == .over { return "all is well" }
        return text.hasSuffix(" next") ? String(text.dropLast(5)) : text
    }

    fileprivate var summary: String {
        switch self {
        case .call(_, .fails): "the next such call cannot reach the shop, and nothing is done"
        case .call(_, .errs): "the shop refuses the next such call as broken, and nothing is done"
        case .call(_, .signsOut): "the sign-in counts no more at the next such call"
        case .call(_, .loses): "the next such call does what it is asked, and its answer is lost"
        case .store(.full): "nothing more can be stored"
        case .store(.readOnly): "nothing can be stored"
        case .store(.busy): "another program holds the store"
        case .net(.offline): "nothing can be reached"
        case .net(.cut): "each answer ends in the middle, and what was asked is done"
        case .over: "whatever was to go wrong"
        case .call(_, .slow), .call(_, .never), .net(.slow), .others, .clock, .terminal, .hands, .process,
            .answers:
            ""
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
