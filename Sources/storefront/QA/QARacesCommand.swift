import ArgumentParser
import ProgramKit
import StorefrontTape

/// `storefront qa races`: a tape with its answers in every order.
struct QARacesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "races", abstract: "Play a tape with its answers in every order in which they may come.",
        discussion: """
            Each request is answered before or after what is done next, and before or after others, as far as those \
            allow that are carried out one after the other. --most orders are tried, those nearest to the usual one \
            first; where there are more, as many again are drawn from --seed. Stops at the first in which a check, or \
            what always holds, does not; --output keeps it as a tape that qa check, qa shrink and qa play take. Exit \
            codes: 0 all holds, 1 something does not, 2 it cannot be told, 64 wrong arguments.
            """)

    @Argument(help: ArgumentHelp("The tape.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("So many orders are tried one after the other.", valueName: "n"))
    var most = 200

    @Option(help: ArgumentHelp("What further orders are drawn from.", valueName: "n"))
    var seed = QASession.seed

    @Option(help: ArgumentHelp("A new file for the tape of what is found.", valueName: "path"))
    var output: String?

    @OptionGroup var format: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(most) else { throw ValidationError("--most must be 1 to 100000") }
    }

    func run() async throws {
        let tape = try TapeFile.readForProof(file)
        let result: Races.Result
        do {
            result = try await Races(tape, most: most, seed: seed) { body in
                try await ProofShops.withShop(for: tape.header, body)
            }.run()
        } catch let problem as TapeProblem {
            Console.complain("\(file): \(problem.description)")
            throw ExitCode(2)
        }
        if let finding = result.finding, let output {
            let new = try OutputFile(output)
            try new.write(finding.tape.text)
            try new.finish()
        }
        tell(result)
        if result.finding != nil { throw ExitCode(1) }
    }

    private func tell(_ result: Races.Result) {
        let failure = result.finding?.failure
        let sentence =
            if let finding = result.finding {
                "step \(finding.failure.step) on \(finding.failure.screen): \(finding.failure.sentence): "
                    + "\(finding.failure.problem)\nanswered in this order: "
                    + finding.answers.joined(separator: ", ")
            } else {
                result.areAll
                    ? "everything holds in every order, \(result.orders) of them"
                    : "everything holds in \(result.orders.counted("order")); there are more"
            }
        Outcome.print(
            sentence,
            [
                ("orders", .int(result.orders)), ("all", .bool(result.areAll)),
                ("holds", .bool(failure == nil)), ("check", .text(failure?.sentence)),
                ("problem", .text(failure?.problem)), ("step", failure.map { .int($0.step) } ?? .null),
                ("screen", .text(failure?.screen)),
                ("answers", .array((result.finding?.answers ?? []).map { .string($0) })),
                ("tape", .text(result.finding == nil ? nil : output)),
            ], format)
    }
}
