import ArgumentParser
import ProgramKit
import StoreDomain
import StoreSQLite

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the store to a file, also while the shop is open.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The file to write.")
    var file: String

    @Flag(help: "Take the place of a file that is there already.")
    var overwrite = false

    func run() async throws {
        try await CommandContext.with(place) { context in
            let progress = SharedProgress("copying, percent", of: 100)
            defer { progress.finish() }
            try StoreBackup.write(context.store.database, to: file, overwrite: overwrite) {
                progress.show(Int($0 * 100))
            }
            progress.finish()
            Outcome.print(
                "\(context.store.database.path) was copied to \(file)", [("backup", .string(file))], output)
        }
    }
}

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
                list.write(
                    violations.map {
                        .object([("check", .string($0.check.rawValue)), ("sentence", .string($0.sentence))])
                    })
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

/// What a command did, for people or for programs.
enum Outcome {
    static func print(_ sentence: String, _ members: [(String, OutputJSON)], _ output: OutputOptions) {
        output.json ? Console.write(OutputJSON.object(members).text + "\n") : Console.line(sentence)
    }
}
