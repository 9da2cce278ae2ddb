import ArgumentParser
import Foundation

/// `storefront-bench fuzz`: wrong input for whatever reads what others wrote.
struct FuzzCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz", abstract: "Feed a reader with changed files until something does not hold.",
        discussion: """
            Each run changes files of the corpus by chance, which the seed and the run's number determine, gives them to \
            the reader and looks at what must hold of its answer. A run that fails, or takes longer than two seconds, is \
            written to --output and named; so is the run that ends the program. `--first N --runs 1` repeats run N. To be \
            run in the folder of the package.
            """)

    @Argument(help: "What is tried: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")).")
    var target: FuzzTarget
    @Option(help: "Determines every run.") var seed: UInt64 = 1
    @Option(help: "The number of the first run.") var first = 0
    @Option(help: "End after so many runs.") var runs: Int?
    @Option(name: .customLong("for"), help: "End after so long, such as 90s, 10m or 1h.") var time: FuzzTime?
    @Option(help: "The folder for inputs that fail.") var output = "."

    func validate() throws {
        if runs == nil, time == nil { throw ValidationError("say how long: --runs or --for") }
        if first < 0 || (runs ?? 1) < 1 {
            throw ValidationError("--first and --runs count from 0 and from 1")
        }
    }

    func run() throws {
        let corpus = try target.corpus(in: FileManager.default.currentDirectoryPath)
        let fuzzer = Fuzzer(target: target, seed: seed, corpus: corpus)
        let current = try CurrentInput(path: "\(output)/fuzz-\(target.rawValue)-\(seed).current")
        let clock = ContinuousClock()
        let end = time.map { clock.now + $0.duration }
        var (number, failed, bytes) = (first, 0, 0)
        while runs.map({ number < first + $0 }) ?? true, end.map({ clock.now < $0 }) ?? true {
            let input = fuzzer.input(number)
            current.note(input, run: number)
            let start = clock.now
            var problem: String?
            do { try target.read(input) } catch { problem = "\(error)" }
            if clock.now - start > .seconds(2) { problem = problem ?? "it took \(clock.now - start)" }
            if let problem {
                failed += 1
                let path = "\(output)/fuzz-\(target.rawValue)-\(seed)-\(number).input"
                try Data(input).write(to: URL(fileURLWithPath: path))
                print("run \(number): \(problem)\n  \(path)")
            }
            number += 1
            bytes += input.count
        }
        current.remove()
        print(
            "\(target.rawValue), seed \(seed): \(number - first) runs, \(bytes / 1_000_000) MB, \(failed) failed"
        )
        if failed > 0 { throw ExitCode.failure }
    }
}

/// How long, as a person writes it.
struct FuzzTime: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        let seconds: [Character: Int] = ["s": 1, "m": 60, "h": 3_600]
        guard let unit = argument.last.flatMap({ seconds[$0] }), let count = Int(argument.dropLast()),
            (1...100_000).contains(count)
        else { return nil }
        duration = .seconds(count * unit)
    }
}
