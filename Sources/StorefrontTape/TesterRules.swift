import StoreDomain
import StorefrontCore

extension TapedFault {
    /// The movements of the clock that a tester is offered, and what they are called.
    static let clocks: [(fault: TapedFault, label: String)] = [
        (.clock(.moves(60)), "a minute on"), (.clock(.moves(3_600)), "an hour on"),
        (.clock(.moves(86_400)), "a day on"), (.clock(.moves(7 * 86_400)), "a week on"),
        (.clock(.moves(-3_600)), "an hour back"), (.clock(.moves(-86_400)), "a day back"),
        (.clock(.changesTime), "a second before summer time begins or ends"),
    ]

    /// Of the clock, whose movements are in a list of their own.
    fileprivate var isOfClock: Bool { if case .clock = self { true } else { false } }

    /// As a list and the header name it.
    fileprivate var label: String {
        if self == .over { return "all is well" }
        return text.hasSuffix(" next") ? String(text.dropLast(5)) : text
    }
}

extension QARules {
    /// With all that a tester can choose.
    ///
    /// - Parameters:
    ///   - isWhole: all of the session is on its tape.
    ///   - kept: the stages that a tester has kept.
    public static func ofTester(
        seed: UInt64, clock: Timestamp, isWhole: Bool = true, kept: [String] = []
    ) -> QARules {
        QARules(
            seed: seed, clock: clock,
            faults: FaultForm.all.filter(\.isLive).flatMap { form in
                form.faults.filter { !$0.isOfClock }.map {
                    QAItem($0.text, label: $0.label, summary: form.summary)
                }
            },
            clocks: TapedFault.clocks.map { QAItem($0.fault.text, label: $0.label) },
            stages: Stage.allCases.map { QAItem($0.rawValue, label: $0.rawValue, summary: $0.summary) }
                + kept.map { QAItem($0, label: $0, summary: "kept from a tape") },
            isWhole: isWhole)
    }
}
