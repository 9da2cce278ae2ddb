import ArgumentParser
import ProgramKit
import StoreDomain
import StoreSQLite

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a backup in the store's place.",
        discussion:
            "The backup is checked first; the store that was there is kept beside it under another name.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The backup.")
    var file: String

    func run() async throws {
        let places = Places.current()
        let settings = try await Settings.load(SettingTable.all, flags: place.flags, in: places).checked()
        try settings.requireWriting()
        let path = settings.databasePath(places)
        let kept = try StoreBackup.restore(from: file, to: path, at: settings.clock.now())
        Outcome.print(
            "\(path) is now what \(file) holds" + (kept.map { "; what was there is kept as \($0)" } ?? ""),
            [("store", .string(path)), ("kept", .text(kept))], output)
    }
}

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the whole store and say what is wrong where.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await CommandContext.with(place) { context in
            let progress = SharedProgress("checking, step", of: StoreVerifier.Check.allCases.count)
            defer { progress.finish() }
            let violations = try await StoreVerifier(context.store.database, zones: SystemZones.shared).verify
            {
                progress.show($0.number)
            }
            progress.finish()
            if output.json {
                var list = JSONList("violations")
                list.write(violations.map(\.json))
                list.finish([("count", .int(violations.count))])
            } else if violations.isEmpty {
                Console.line("\(context.store.database.path) is as it should be")
            } else {
                for violation in violations {
                    Console.line("\(violation.check.rawValue): \(violation.sentence)")
                }
            }
            if !violations.isEmpty { throw ExitCode.failure }
        }
    }
}

extension Violation {
    var json: OutputJSON { .object([("check", .string(check.rawValue)), ("sentence", .string(sentence))]) }
}

/// What a command did, for people or for programs.
enum Outcome {
    static func print(_ sentence: String, _ members: [(String, OutputJSON)], _ output: OutputOptions) {
        print([sentence], members, output)
    }

    /// The same in several lines.
    static func print(_ lines: [String], _ members: [(String, OutputJSON)], _ output: OutputOptions) {
        guard !output.json else { return Console.write(OutputJSON.object(members).text + "\n") }
        for line in lines { Console.line(line) }
    }
}
