import ArgumentParser
import Glibc
import ProgramKit
import StoreDomain
import StoreSQLite

/// Empties what visitors have left in the store.
struct KioskWipe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wipe", abstract: "Empty visitors' accounts that nobody needs any longer.",
        discussion: """
            An account that a visitor made and that has no order is emptied a day after he was last seen; one whose \
            orders are all finished, the given time after the last of them: name, e-mail, password and keys go, the \
            orders stay. Sessions do the same once an hour by themselves, with the days of keepDays.
            """)

    @OptionGroup var options: KioskOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "How long names of finished orders are kept, as 30d or 12h; keepDays of the settings without it.",
            valueName: "time"))
    var olderThan: Span?

    /// A time as people write it.
    struct Span: ExpressibleByArgument {
        let seconds: Int64

        init?(argument: String) {
            let unit: Int64
            switch argument.last {
            case "d": unit = 86_400
            case "h": unit = 3_600
            default: return nil
            }
            guard let count = Int64(argument.dropLast()), (0...100_000).contains(count) else { return nil }
            seconds = count * unit
        }
    }

    func run() async throws {
        let settings = try options.readSettings()
        var keeping = settings.keeping
        if let olderThan {
            keeping.finished = olderThan.seconds
            keeping.withoutOrders = min(keeping.withoutOrders, olderThan.seconds)
        }
        let wiped = try await settings.withStore { [keeping] store in
            try await store.wipeVisitors(keeping, ids: SystemIDs())
        }
        guard !output.json else {
            return Console.write(
                OutputJSON.object([("accounts", .int(wiped.accounts)), ("names", .int(wiped.names))]).text
                    + "\n")
        }
        Console.line(
            "Emptied: \(wiped.accounts.counted("account")) without orders, \(wiped.names) whose orders are finished"
        )
    }
}

extension KioskOptions {
    /// The settings, for commands of the owner.
    func readSettings() throws -> KioskSettings {
        do throws(KioskRefusal) { return try KioskSettings(readingFrom: settings) } catch {
            throw CommandFailure(error.description)
        }
    }
}

extension KioskSettings {
    /// Opens the kiosk's store for its owner, runs `body` and closes it.
    ///
    /// - Throws: `CommandFailure` for a kiosk that has no store file to change.
    func withStore<Value>(_ body: (LocalStore) async throws -> Value) async throws -> Value {
        guard case .file(let path) = store else {
            throw CommandFailure(
                "this kiosk keeps nothing of its visitors here: its settings say store: \(store.word)")
        }
        let store = try LocalStore(
            path: path, statePath: nil, mode: .existing, purpose: .commands, policy: ShopPolicy(),
            clock: SystemClock(), zones: SystemZones.shared, ids: SystemIDs())
        let value: Value
        do { value = try await body(store) } catch {
            // What went wrong first is what counts.
            try? store.close()
            throw error
        }
        try store.close()
        return value
    }
}
