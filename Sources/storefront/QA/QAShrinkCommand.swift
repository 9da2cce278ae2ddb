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
            Leaves out what a person did, part by part, as long as the same check fails in a new shop: first what \
            takes itself back, then halves, quarters and so on, then long texts and numbers, sizes, themes and faults. \
            Each request is answered at once; where the failure needs the order of the tape's answers, the short tape \
            has it, too. Both tapes stay. Exits with 2 when the failure does not repeat three times.
            """)

    @Argument(help: ArgumentHelp("The tape.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("A new file for the short tape.", valueName: "path"))
    var output: String

    @OptionGroup var format: OutputOptions

    func run() async throws {
        let tape = try TapeFile.readForProof(file)
        let first = try await ProofShops.prove(tape, .atOnce)
        let failures =
            first.failures.isEmpty ? try await ProofShops.prove(tape, .taped).failures : first.failures
        guard let failure = failures.first else {
            Console.complain("every check on \(file) holds, so there is nothing to shrink")
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
                + "\(result.tries.counted("try", plural: "tries")); \(Check.title(of: result.sentence)) fails on it"
                + (result.needsOrder ? ", with its answers in the order of the tape" : ""),
            [
                ("tape", .string(output)), ("check", .string(result.sentence)),
                ("before", .int(result.before)),
                ("after", .int(result.after)), ("tries", .int(result.tries)),
                ("needs_order", .bool(result.needsOrder)),
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

    @OptionGroup var format: OutputOptions

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
                let text = try export.text(as: form, named: name, step: step)
                return format.json ? tell(path: nil, text: text) : Console.write(text)
            }
            let bytes = try export.bytes(as: form, named: name, step: step)
            let new = try OutputFile(output)
            try new.write(bytes)
            try new.finish()
            if format.json { tell(path: output, text: nil) }
        } catch let problem as TapeProblem {
            throw CommandFailure(problem.description)
        }
    }

    private func tell(path: String?, text: String?) {
        Console.write(
            OutputJSON.object([
                ("form", .string(form.rawValue)), ("path", .text(path)), ("text", .text(text)),
            ]).text + "\n")
    }
}

extension TapeForm: ExpressibleByArgument {}
