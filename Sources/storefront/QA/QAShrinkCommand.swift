import ArgumentParser
import BuildFacts
import ProgramKit
import StorefrontTape
import TerminalKit

/// `storefront qa shrink`: the shortest tape on which the same check fails.
struct QAShrinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shrink", abstract: "Find the shortest tape on which the same check fails.",
        discussion: """
            Leaves out what a person did, part by part, as long as the same check fails in a new shop, where each \
            request is answered at once. Both tapes stay. Exits with 2 when the failure does not repeat.
            """)

    @Argument(help: ArgumentHelp("The tape.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("A new file for the short tape.", valueName: "path"))
    var output: String

    @OptionGroup var format: OutputOptions

    func run() async throws {
        let tape = try TapeFile.read(file)
        let first = try await ProofShops.prove(tape, .atOnce)
        guard let failure = first.failures.first else {
            let taped = try await ProofShops.prove(tape, .taped)
            Console.complain(
                taped.failures.isEmpty
                    ? "every check on \(file) holds, so there is nothing to shrink"
                    : "\"\(taped.failures[0].title)\" fails only when the answers come as they did on the tape"
            )
            throw ExitCode(2)
        }
        var shrinker = Shrinker(tape, failure) {
            try await ProofShops.prove($0, .atOnce)
        }
        let result: Shrinker.Result
        do {
            result = try await shrinker.run()
        } catch let problem as TapeProblem {
            Console.complain(problem.description)
            throw ExitCode(2)
        }
        let new = try OutputFile(output)
        try new.write(result.tape.text)
        try new.finish()
        Outcome.print(
            "\(output) has \(result.after.counted("gesture")) of \(result.before), after "
                + "\(result.tries.counted("try", plural: "tries")); \(Check.title(of: result.sentence)) fails on it",
            [
                ("tape", .string(output)), ("check", .string(result.sentence)),
                ("before", .int(result.before)),
                ("after", .int(result.after)), ("tries", .int(result.tries)),
            ], format)
    }
}

/// `storefront qa export`: a tape in other forms.
struct QAExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a tape as a test, as steps for people, as lines, as a cast or as pictures."
    )

    @Argument(help: ArgumentHelp("The tape.", valueName: "file"))
    var file: String

    @Option(name: .customLong("as"), help: "test, steps, plain, cast or pictures.")
    var form: TapeForm

    @Option(help: ArgumentHelp("A new file to write it to.", valueName: "path"))
    var output: String?

    func run() async throws {
        let film = try TapeFile.film(try TapeFile.read(file))
        let name = file.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? "tape"
        let text: String
        do {
            text = try TapeExport(film, by: Build.line).text(as: form, named: name)
        } catch {
            throw CommandFailure(error.description)
        }
        guard let output else { return Console.write(text) }
        let new = try OutputFile(output)
        try new.write(text)
        try new.finish()
    }
}

extension TapeForm: ExpressibleByArgument {}
