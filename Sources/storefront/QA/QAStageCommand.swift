import ArgumentParser
import ProgramKit
import StorefrontTape

/// `storefront qa stage`: places at which a session begins, the program's own and those that a tester keeps.
struct QAStageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stage", abstract: "List the places at which a session begins, and keep more of them.",
        subcommands: [List.self, Save.self, Remove.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List all stages.")

        @OptionGroup var output: OutputOptions

        func run() throws {
            let own = Stage.allCases.map { (name: $0.rawValue, summary: "begins \($0.summary)") }
            let kept = StageFolder(Places.current()).names.map { (name: $0, summary: "kept from a tape") }
            if output.json {
                let all = own.map { ($0, true) } + kept.map { ($0, false) }
                return Console.write(
                    OutputJSON.object([
                        (
                            "stages",
                            .array(
                                all.map { stage, isOwn in
                                    .object([
                                        ("name", .string(stage.name)), ("summary", .string(stage.summary)),
                                        ("own", .bool(isOwn)),
                                    ])
                                })
                        )
                    ]).text + "\n")
            }
            let width = (own + kept).map(\.name.count).max() ?? 0
            for stage in own + kept {
                let gap = String(repeating: " ", count: width - stage.name.count + 2)
                Console.line(stage.name + gap + stage.summary)
            }
        }
    }

    struct Save: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "save", abstract: "Keep a tape, or its first steps, as a stage.",
            discussion:
                "storefront qa record FILE --stage NAME does what was done there anew, and goes on by hand."
        )

        @Argument(help: ArgumentHelp("Its name: small letters, digits and -.", valueName: "name"))
        var name: String

        @Option(help: ArgumentHelp("The tape.", valueName: "tape"))
        var from: String

        @Option(help: ArgumentHelp("So many steps of it; all of them otherwise.", valueName: "step"))
        var until: Int?

        @OptionGroup var output: OutputOptions

        func validate() throws {
            if let until, until < 0 { throw ValidationError("--until must be 0 or more") }
        }

        func run() throws {
            var tape = try TapeFile.readForProof(from)
            guard tape.header.lines == nil else {
                throw CommandFailure("\(from) is a session in lines; a stage begins on a full screen")
            }
            if let until {
                guard until <= tape.steps else {
                    throw CommandFailure("\(from) has \(tape.steps.counted("step")), and no step \(until)")
                }
                tape = tape.beginning(until)
            }
            try StageFolder(Places.current()).save(tape, as: name)
            Outcome.print(
                "\(name) begins behind \(tape.steps.counted("step")) of \(from)",
                [("stage", .string(name)), ("steps", .int(tape.steps))], output)
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Take a stage away that was kept.")

        @Argument(
            help: ArgumentHelp("Its name.", valueName: "name"),
            completion: .custom { _, _, _ in StageFolder(Places.current()).names })
        var name: String

        @OptionGroup var output: OutputOptions

        func run() throws {
            try StageFolder(Places.current()).remove(name)
            Outcome.print("\(name) is gone", [("stage", .string(name))], output)
        }
    }
}
