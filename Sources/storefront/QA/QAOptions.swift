import ArgumentParser
import ProgramKit
import StoreDomain

/// What makes a session on a throw-away shop repeatable.
struct QAOptions: ParsableArguments {
    @Option(help: ArgumentHelp("What random values come from, in a throw-away shop.", valueName: "n"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "The moment at which the shop's clock stands, such as 2026-11-22T14:05:09Z.", valueName: "time"))
    var clock: String?

    func validate() throws {
        if let clock, Timestamp(rfc3339: clock) == nil {
            throw ValidationError("--clock must be a time such as 2026-11-22T14:05:09Z")
        }
    }

    var flags: [String: FoundSetting] {
        var flags: [String: FoundSetting] = [:]
        flags[ShopSettings.fixedClock.key] = clock.map { FoundSetting(text: $0, source: "--clock") }
        return flags
    }
}
