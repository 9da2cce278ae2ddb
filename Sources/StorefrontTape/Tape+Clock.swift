import StorefrontCore

extension Tape {
    /// The same for whoever does what was done in another time: the shop's clock stands, and where a minute or more has
    /// passed on the tape, a line moves it. Less changes nothing that is shown or expires.
    var withStandingClock: Tape {
        guard header.facts.clockRuns == true else { return self }
        var tape = self
        tape.header.facts.clockRuns = nil
        var passed = 0
        tape.entries = entries.flatMap { entry -> [Entry] in
            passed += entry.milliseconds
            guard passed >= Self.minute, entry.line.isStep else { return [entry] }
            let seconds = passed / 1_000
            passed -= seconds * 1_000
            return [Entry(.fault(.clock(.moves(seconds)))), entry]
        }
        return tape
    }

    private static let minute = 60_000
}
