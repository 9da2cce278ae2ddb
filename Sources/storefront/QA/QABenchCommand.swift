import ArgumentParser
import BuildFacts
import Foundation
import ProgramKit
import StorefrontTape

/// `storefront qa bench`: how long the steps of a tape take, in this build and in another one.
struct QABenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure how long this build works on each step of a tape.",
        discussion: """
            Plays the tape as a film: model and picture, without a store and without a terminal. Of each step the \
            shortest of all rounds counts. --with lets another build's program play it between the rounds. Figures \
            of a debug build say nothing about a release build.
            """)

    @Argument(help: ArgumentHelp("The tape.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The program of another build.", valueName: "path"))
    var with: String?

    @Option(help: ArgumentHelp("How often the tape is played.", valueName: "n"))
    var rounds = 5

    @Option(help: ArgumentHelp("A new file to write it to.", valueName: "path"))
    var output: String?

    @OptionGroup var format: OutputOptions

    /// What is said of the slowest steps.
    private static let slowest = 5

    func validate() throws {
        guard (1...1_000).contains(rounds) else { throw ValidationError("--rounds must be 1 to 1000") }
    }

    func run() async throws {
        let film = try TapeFile.film(try TapeFile.read(file))
        var here: [FilmTimes.Step] = []
        var there: [Int] = []
        for _ in 0..<rounds {
            let times = FilmTimes(film) { body in
                Int(ContinuousClock().measure(body) / .nanoseconds(1))
            }.steps
            here = here.isEmpty ? times : zip(here, times).map { $0.nanoseconds <= $1.nanoseconds ? $0 : $1 }
            if let with { there = Self.shortest(there, try await played(by: with)) }
        }
        let text = format.json ? json(here, there) : words(here, there)
        guard let output else { return Console.write(text) }
        let new = try OutputFile(output)
        try new.write(text)
        try new.finish()
    }

    private static func shortest(_ one: [Int], _ other: [Int]) -> [Int] {
        one.isEmpty ? other : zip(one, other).map { min($0, $1) }
    }

    private struct Told: Decodable { let nanoseconds: [Int] }

    private func played(by program: String) async throws -> [Int] {
        let path = FileManager.default.temporaryDirectory.appending(path: "times-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let outcome = await ShellCommand(
            arguments: [
                program.contains("/") ? program : "./\(program)", "qa", "bench", file, "--rounds", "1",
                "--json",
                "--output", path,
            ]
        ).run(input: [], within: .seconds(600))
        guard outcome == .exited(code: 0, complaint: ""),
            let told = try? JSONDecoder().decode(Told.self, from: Data(contentsOf: URL(filePath: path)))
        else {
            Console.complain("\(program) cannot measure this tape")
            throw ExitCode(2)
        }
        return told.nanoseconds
    }

    // MARK: - Telling

    private func words(_ here: [FilmTimes.Step], _ there: [Int]) -> String {
        func row(_ name: String, _ times: [Int]) -> String {
            let figures = [500, 990, 1_000].map { Self.milliseconds(FilmTimes.permille($0, of: times)) }
            return "\(name)  p50 \(figures[0])  p99 \(figures[1])  longest \(figures[2]) ms\n"
        }
        var text = "\(here.count.counted("step")), \(rounds.counted("round")), the shortest of each step\n"
        text += row("this build ", here.map(\.nanoseconds))
        if !there.isEmpty { text += row("other build", there) }
        text += "slowest:\n"
        for step in here.sorted(by: { $0.nanoseconds > $1.nanoseconds }).prefix(Self.slowest) {
            text += "  \(Self.milliseconds(step.nanoseconds)) ms  step \(step.step) on \(step.screen): "
            text += "\(step.words)\n"
        }
        return text
    }

    private func json(_ here: [FilmTimes.Step], _ there: [Int]) -> String {
        var fields: [(String, OutputJSON)] = [
            ("build", .string(Build.line)), ("rounds", .int(rounds)),
            ("nanoseconds", .array(here.map { .int($0.nanoseconds) })),
        ]
        if !there.isEmpty { fields.append(("other", .array(there.map { .int($0) }))) }
        return OutputJSON.object(fields).text + "\n"
    }

    private static func milliseconds(_ nanoseconds: Int) -> String {
        let thousandths = (nanoseconds + 500) / 1_000
        let fraction = String(thousandths % 1_000)
        return "\(thousandths / 1_000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}
