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
        abstract: "Write a tape as a test, as steps for people, as a page or as pictures.",
        discussion: """
            test: a test in Swift. steps: numbered steps for people. plain: the lines of a session in lines. cast: an \
            asciicast. html: a page for a browser with all pictures. txt, ansi, svg, png: the picture after a step. \
            pictures: all of them, for storefront qa diff of another build.
            """)

    @Argument(help: ArgumentHelp("The tape.", valueName: "file"))
    var file: String

    @Option(name: .customLong("as"), help: ArgumentHelp("The form.", valueName: "form"))
    var form: TapeForm

    @Option(
        help: ArgumentHelp("The step after which the picture is; the last one otherwise.", valueName: "step"))
    var step: Int?

    @Option(help: ArgumentHelp("A new file to write it to.", valueName: "path"))
    var output: String?

    func validate() throws {
        if let step, step < 0 { throw ValidationError("--step must be 0 or more") }
        if step != nil, ![.txt, .ansi, .svg, .png].contains(form) {
            throw ValidationError("--step is for one picture: --as txt, ansi, svg or png")
        }
    }

    func run() async throws {
        let film = try TapeFile.film(try TapeFile.read(file))
        let name = file.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? "tape"
        let export = TapeExport(film, by: Build.line)
        do {
            guard let output else {
                guard form != .png else {
                    throw CommandFailure("A png is no text: name a file with --output")
                }
                return Console.write(try export.text(as: form, named: name, step: step))
            }
            let bytes = try export.bytes(as: form, named: name, step: step)
            let new = try OutputFile(output)
            try new.write(bytes)
            try new.finish()
        } catch let problem as TapeProblem {
            throw CommandFailure(problem.description)
        }
    }
}

extension TapeForm: ExpressibleByArgument {}
