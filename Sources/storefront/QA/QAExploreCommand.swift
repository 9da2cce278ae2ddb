import ArgumentParser
import BuildFacts
import Foundation
import ProgramKit
import StoreDomain
import StoreSQLite
import StorefrontCore
import StorefrontTape

/// `storefront qa explore`: a random hand on the real program, until something does not hold.
struct QAExploreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explore", abstract: "Let a random hand use the program, and report what does not hold.",
        discussion: """
            Begins with --seed and uses a throw-away shop in memory for each: keys, commands by name, scans, clicks, \
            in a size, a theme and colours of its own, with answers that come at once or in a random order, and with \
            --faults \(FaultForm.all.count) kinds of faults. Each seed begins at a stage, as a customer or as \
            staff, in a shop that is thrown away, a store of one's own, its first start, or a kiosk; the second and \
            later ones near a screen that nobody has been on. After each step it looks at what must always hold, now and \
            then at the whole store; at the end all is well again, and everything must settle. What fails is made \
            short and written as a bundle that storefront qa open shows; its seed stays in failed-seeds.txt. The \
            same first seed does the same in the same build; the seeds after it try what was tried least. While a \
            seed is explored its tape is in the folder: a crash leaves it there. Exits with 1 when something was \
            found.
            """)

    @OptionGroup var repeatable: QAOptions

    @Option(help: ArgumentHelp("How many things each seed does.", valueName: "n"))
    var steps = 1_000

    @Option(help: ArgumentHelp("Explore so many seeds, one after the other.", valueName: "n"))
    var seeds = 1

    @Option(
        help: ArgumentHelp(
            "Go on with the next seeds for so long, such as 10m, 90s or 24h.", valueName: "time"))
    var `for`: String?

    @Option(help: "none, or some: what goes wrong on purpose.")
    var faults = Faults.none

    @Option(help: ArgumentHelp("The folder for what is found.", valueName: "path"))
    var output: String

    @Flag(help: "Keep the tape of each seed, for storefront qa cover.")
    var tapes = false

    @OptionGroup var format: OutputOptions

    enum Faults: String, ExpressibleByArgument, CaseIterable { case none, some }

    func validate() throws {
        guard (1...1_000_000).contains(steps) else { throw ValidationError("--steps must be 1 to 1000000") }
        guard (1...1_000_000).contains(seeds) else { throw ValidationError("--seeds must be 1 to 1000000") }
        if `for` != nil, duration == nil { throw ValidationError("--for must be like 10m, 90s or 24h") }
    }

    private var duration: Duration? {
        guard let text = `for`, let unit = text.last, let number = Int(text.dropLast()), number > 0 else {
            return nil
        }
        return switch unit {
        case "s": .seconds(number)
        case "m": .seconds(number * 60)
        case "h": .seconds(number * 3_600)
        default: nil
        }
    }

    /// What a seed has found.
    private struct Finding {
        let seed: UInt64
        let failure: ProofResult.Failure
        let bundle: String
    }

    func run() async throws {
        try? FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        let end = duration.map { ContinuousClock.now + $0 }
        var findings: [Finding] = []
        let first = repeatable.seed ?? QASession.seed
        var (done, next) = (0, first)
        var coverage = Coverage()
        repeat {
            let (result, finding) = try await explore(next, known: coverage)
            done += result.steps
            coverage += result.coverage
            if let finding { findings.append(finding) }
            next += 1
        } while next - first < UInt64(seeds) || end.map { ContinuousClock.now < $0 } ?? false
        tell(findings, seeds: next - first, steps: done, coverage)
        if !findings.isEmpty { throw ExitCode(1) }
    }

    private func explore(_ seed: UInt64, known: Coverage) async throws -> (ProofResult, Finding?) {
        let running = "\(output)/seed-\(seed).tape"
        let facts = TapeFacts(
            program: Build.line, system: QASession.system,
            arguments: Array(CommandLine.arguments.dropFirst()),
            seed: seed, clock: repeatable.clock.flatMap { Timestamp(rfc3339: $0) } ?? QASession.clock,
            products: DemoData.defaultProducts,
            zone: SystemZones.shared.machine.name, locale: QASession.locale)
        guard FileManager.default.createFile(atPath: running, contents: nil),
            let file = FileHandle(forWritingAtPath: running)
        else { throw CommandFailure("\(running) cannot be written") }
        let exploration = Exploration(
            facts, steps: steps, hasFaults: faults == .some, themes: TapeFile.themes(), known: known)
        let result = try await ProofShops.explore(exploration) { line in
            try? file.write(contentsOf: Data((line + "\n").utf8))
        }
        try? file.close()
        if !tapes { try FileManager.default.removeItem(atPath: running) }
        guard let failure = result.failures.first else { return (result, nil) }
        let found = try await keep(result.played, seed)
        try list(seed, failure)
        Console.tell("seed \(seed): \(failure.title): \(failure.problem); \(found)")
        return (result, Finding(seed: seed, failure: failure, bundle: found))
    }

    /// Writes what was found as a bundle, or as the tape alone where it does not repeat; returns where it is.
    private func keep(_ tape: Tape, _ seed: UInt64) async throws -> String {
        let bundle = free("\(output)/seed-\(seed)")
        do {
            let report = try await DefectReporter(film: TapeFile.film, prove: ProofShops.prove).report(
                tape, named: "seed \(seed)", on: MachineFacts(program: Build.line, doctor: ""))
            try BundleFiles.write(report.files, to: bundle)
            return bundle
        } catch let problem as TapeProblem {
            let path = bundle + ".tape"
            let file = try OutputFile(path)
            try file.write(tape.text)
            try file.finish()
            Console.complain("seed \(seed): \(problem.description); its tape is \(path)")
            return path
        }
    }

    /// The first such name that nothing has yet: what an earlier run has found stays.
    private func free(_ path: String) -> String {
        func isFree(_ path: String) -> Bool { !FileStatus.exists(path) && !FileStatus.exists(path + ".tape") }
        var (name, number) = (path, 2)
        while !isFree(name) { (name, number) = ("\(path)-\(number)", number + 1) }
        return name
    }

    /// Adds a line for the seed to the list of those that have found something.
    private func list(_ seed: UInt64, _ failure: ProofResult.Failure) throws {
        let path = "\(output)/failed-seeds.txt"
        let line = "\(seed)\t\(steps)\t\(faults.rawValue)\t\(Build.line)\t\(failure.sentence)\n"
        guard FileStatus.exists(path) || FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else {
            throw CommandFailure("\(path) cannot be written")
        }
        try file.seekToEnd()
        try file.write(contentsOf: Data(line.utf8))
        try file.close()
    }

    private func tell(_ findings: [Finding], seeds: UInt64, steps: Int, _ coverage: Coverage) {
        Outcome.print(
            "\(Int(seeds).counted("seed")), \(steps.counted("step")): "
                + "\(coverage.screens.count) of \(ScreenKind.allCases.count) screens, "
                + "\(coverage.commands.count.counted("command")) on them; "
                + (findings.isEmpty
                    ? "everything held" : "\(findings.count.counted("finding")) in \(output)"),
            [
                ("seeds", .int(seeds)), ("steps", .int(steps)), ("screens", .int(coverage.screens.count)),
                ("screens_missing", .array(coverage.missingScreens.map { .string($0.description) })),
                ("commands", .int(coverage.commands.values.count { $0.done > 0 })),
                (
                    "findings",
                    .array(
                        findings.map {
                            .object([
                                ("seed", .int($0.seed)), ("check", .string($0.failure.sentence)),
                                ("problem", .string($0.failure.problem)), ("bundle", .string($0.bundle)),
                            ])
                        })
                ),
            ], format)
    }
}
