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

    /// What its form says in help.
    fileprivate var summary: String {
        let form =
            if case .call(let call, _) = self { text.replacing(" \(call.rawValue) ", with: " CALL ") } else {
                text
            }
        return Self.forms.first { $0.form == form }?.summary ?? ""
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
