import ArgumentParser
import Foundation
import ProgramKit
import StoreDomain
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import TerminalNcurses

struct QACommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qa", abstract: "Record a session, play it, and prove what is wrong with it.",
        discussion: """
            A tape is a file of lines: what a person did, what the program ordered, what it showed. Passwords are \
            never on it. Exit codes: 0 all holds, 1 a check does not, 2 this build does something else than the \
            tape says or it cannot be told, 64 wrong arguments.
            """,
        subcommands: [
            QARecordCommand.self, QAPlayCommand.self, QACheckCommand.self, QAShrinkCommand.self,
            QAExportCommand.self, QAReportCommand.self, QAOpenCommand.self,
            QAExploreCommand.self, QARacesCommand.self, QACoverCommand.self, QADiffCommand.self,
            QABenchCommand.self, QAStageCommand.self, QAFaultsCommand.self,
        ])
}

/// `storefront qa record`: the throw-away shop, on tape.
struct QARecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Use a throw-away shop, and keep all of it on a tape.",
        discussion: """
            The shop is the demo shop with a clock that goes by the seconds of the tape and random values from a \
            seed, so that the same tape leads to the same pictures. The header shows that it is recorded. F12 marks a step or writes down \
            what must hold there. Pictures and receipts go where the tape is.

            --stage begins at a place that is the same each time: \
            \(Stage.allCases.map { "\($0.rawValue) (\($0.summary))" }.joined(separator: ", ")), or one that \
            storefront qa stage save has kept. A shop of your own is recorded only with --masked: names, e-mails, \
            addresses, codes and whatever else is typed, pasted or scanned into a field that is not for figures have \
            stand-ins of the same width on the tape; goods, prices and stock stay. --after goes on by hand \
            from another tape, or with --until from a step of it: what was done there is done anew in a shop like its own.
            """)

    @Argument(help: ArgumentHelp("A new file for the tape.", valueName: "file"))
    var file: String

    @Flag(help: "Record a shop of your own, with stand-ins for all that tells of people.")
    var masked = false

    @OptionGroup var place: StoreOptions
    @OptionGroup var look: LookOptions
    @OptionGroup var repeatable: QAOptions

    @Option(help: ArgumentHelp("How many products the shop has.", valueName: "n"))
    var demoProducts: Int?

    @Option(
        help: ArgumentHelp("Where the session begins.", valueName: "name"),
        completion: .custom { _, _, _ in Stage.allCases.map(\.rawValue) + StageFolder(Places.current()).names
        })
    var stage: String?

    @Option(help: ArgumentHelp("The tape after which it goes on by hand.", valueName: "tape"))
    var after: String?

    @Option(help: ArgumentHelp("So many steps of that tape.", valueName: "step"))
    var until: Int?

    func validate() throws {
        if place.db != nil || place.remote != nil || place.readOnly, !masked {
            throw ValidationError(
                "A shop of your own has people's names in it: it is recorded with --masked, and a throw-away shop without"
            )
        }
        if masked, stage != nil || after != nil || demoProducts != nil || repeatable.seed != nil {
            throw ValidationError(
                "--masked records a shop of your own and so takes no --stage, --after, --seed and --demo-products"
            )
        }
        if stage != nil, after != nil { throw ValidationError("--stage and --after are two beginnings") }
        if until != nil, after == nil { throw ValidationError("--until names a step of the tape of --after") }
        if let until, until < 0 { throw ValidationError("--until must be 0 or more") }
        if let demoProducts, !DemoCommand.productRange.contains(demoProducts) {
            throw ValidationError("--demo-products must be 1 to 1000000")
        }
    }

    func run() async throws {
        if masked { return try await recordOwnShop() }
        if let after {
            return try await HandsOn(after: after, step: until, look, repeatable, products: demoProducts)
                .record(on: file)
        }
        let own = stage.flatMap { Stage(rawValue: $0) }
        if let stage, own == nil {
            let tape = try StageFolder(Places.current()).tape(of: stage)
            return try await HandsOn(
                after: tape, step: nil, look, repeatable, products: demoProducts, stage: stage
            ).record(on: file)
        }
        try await RecordedRun(
            look, repeatable, products: demoProducts, earlier: own?.earlier ?? [], parent: nil, stage: stage
        ).record(on: file, notice: "This session is recorded on \(file)")
    }
}

extension QARecordCommand {
    private func recordOwnShop() async throws {
        let places = Places.current()
        let settings = try await Settings.load(
            SettingTable.all, flags: place.flags.merging(look.flags) { $1 }.merging(repeatable.flags) { $1 },
            in: places
        ).checked()
        let themes = places.themeDirectories
        let recorder: TapeRecorder
        do throws(TapeProblem) {
            recorder = try TapeRecorder(
                path: file, facts: .ofOwnShop(clock: settings.clock.now()),
                themes: { try? ThemeCatalog(directories: themes).theme(named: $0) })
        } catch {
            throw CommandFailure(error.description)
        }
        let launch = Launch(
            store: nil, settings: settings, keyMap: try KeyBindings.load(from: places).map(),
            notice: "This session is recorded on \(file), with stand-ins for all that tells of people",
            places: places, noColor: look.noColor, recorder: recorder)
        let code = try await runSession(launch, on: StorefrontMain.executor)
        if code != .success { throw code }
    }
}

/// `storefront qa play`: a tape as a film.
struct QAPlayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "play", abstract: "Play a tape through this build, step by step, or print a step of it.",
        discussion: """
            Without options it opens full screen and paused. What was typed goes through this build's keys, answers \
            come from the tape, nothing is stored. Exits with 2 when this build orders or shows something else than \
            the tape says.

            --take-over, and Enter in the player, go on by hand from a step: what was done up to there is done anew \
            in a throw-away shop like the tape's own, and all of it is recorded on a tape of its own, which names its \
            parent and the step.
            """)

    @Argument(help: ArgumentHelp("The tape.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("Print the picture after so many steps.", valueName: "step"))
    var until: Int?

    @Flag(help: "Print what that step changed in the state instead, and what holds after it.")
    var state = false

    @Flag(help: "Go on by hand after those steps, or after all of them.")
    var takeOver = false

    @Option(
        name: .customLong("output"),
        help: ArgumentHelp(
            "A new file for the tape on which it goes on by hand; beside the tape where not named.",
            valueName: "file"))
    var branch: String?

    @Option(name: .customLong("as"), help: "text, ansi or svg.")
    var form = PictureForm.text

    @Flag(help: "Play all of it without a screen and say how it compares.")
    var compare = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let until, until < 0 { throw ValidationError("--until must be 0 or more") }
        if until != nil, compare {
            throw ValidationError("--until prints a picture and --compare none; take one")
        }
        if state, until == nil { throw ValidationError("--state needs --until, which names the step") }
        if takeOver, state || compare || output.json {
            throw ValidationError("--take-over goes on by hand and so prints nothing")
        }
    }

    func run() async throws {
        if takeOver { return try await goOnByHand(after: until) }
        let tape = try TapeFile.read(file)
        var film = try TapeFile.film(tape)
        if tape.isOfOtherBuild {
            Console.complain("\(file) was recorded by another build: \(tape.header.facts.program)")
        }
        if let until {
            film.go(to: until)
            if state { return Console.write(StateText(film).text(asJSON: output.json)) }
            Console.write(film.surface.export(as: form.surfaceForm, title: AppView.title(film.state)))
            return
        }
        guard compare || output.json || !Console.isOutputTerminal || !Console.isInputTerminal else {
            return try await show(film)
        }
        film.go(to: film.steps)
        try tell(film)
    }

    private func show(_ film: Film) async throws {
        let terminal: NcursesTerminal
        do {
            terminal = try NcursesTerminal(NcursesOptions())
        } catch {
            throw CommandFailure("\(error.description); storefront qa play --compare needs no screen")
        }
        let outcome = await Player(
            film, on: terminal, sleep: { try await StorefrontMain.executor.sleep(for: $0) }
        ).run()
        terminal.close()
        switch outcome {
        case .left: break
        case .takesOver(let step): try await goOnByHand(after: step)
        }
    }

    private func goOnByHand(after step: Int?) async throws {
        let hands = try HandsOn(
            after: file, step: step, LookOptions.parse([]), QAOptions.parse([]), products: nil)
        try await hands.record(on: branch ?? hands.freePath)
    }

    private func tell(_ film: Film) throws {
        if output.json {
            Console.write(
                OutputJSON.object([
                    ("steps", .int(film.steps)),
                    (
                        "differences",
                        .array(
                            film.differences.map {
                                .object([
                                    ("step", .int($0.step)), ("screen", .string($0.screen)),
                                    ("expected", .string($0.expected)), ("got", .string($0.got)),
                                ])
                            })
                    ),
                ]).text + "\n")
        } else if let first = film.differences.first {
            Console.write("\(film.steps.counted("step")); the first difference is \(first.sentence)\n")
        } else {
            Console.line("\(film.steps.counted("step")), played as they were recorded")
        }
        if !film.differences.isEmpty { throw ExitCode(2) }
    }
}
