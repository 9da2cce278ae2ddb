import StorefrontCore
import StorefrontTUI
import TerminalKit

/// What is said of the machine beside the tape: the composition root fills it in.
public struct MachineFacts: Sendable {
    /// The version with the commit that makes the report.
    public var program: String
    /// Terminal, themes, versions.
    public var doctor: String
    /// The end of the program's log; nil where nothing is logged.
    public var log: String?
    /// The report of the crash that ended the session; nil where none did.
    public var crash: String?

    public init(program: String, doctor: String, log: String? = nil, crash: String? = nil) {
        self.program = program
        self.doctor = doctor
        self.log = log
        self.crash = crash
    }
}

/// What a bundle says of itself, for the program that opens it.
public struct BundleManifest: Hashable, Codable, Sendable {
    /// What came of the tape where the report was made.
    public enum Verdict: String, Hashable, Codable, Sendable {
        /// A check, or what always holds, does not.
        case fails
        /// Something else was ordered than the tape says, so nothing can be told of its checks.
        case differs
        case holds
        /// It was recorded in a shop of one's own, which is not here: it can be looked at, and nothing else.
        case unproved
    }

    public static let format = 1

    public var format = Self.format
    public var program: String
    public var verdict: Verdict
    /// What does not hold; nil where nothing fails.
    public var check: String?
    public var problem: String?
    public var screen: String?
    /// The tape to prove, and how.
    public var tape: String
    public var answers: Proof.Answers
    /// What a person does on the tape, and did on the one that was recorded; nil where it was not made short.
    public var gestures: Int?
    public var gesturesBefore: Int?
}

/// A defect as it is handed over: whoever has these files alone sees the same.
public struct DefectReport: Sendable {
    public static let manifestName = "bundle.json"
    static let sessionName = "session.tape"
    static let shortName = "short.tape"

    public let manifest: BundleManifest
    public let files: [BundleFile]
    /// Every word that a person typed, pasted or scanned: whoever hands the files over hands these over.
    public let typedWords: [String]
    /// What a ticket needs: REPRODUCE.md.
    public var text: String { files.first { $0.name == "REPRODUCE.md" }?.text ?? "" }
}

/// A file of a bundle.
public struct BundleFile: Hashable, Sendable {
    public let name: String
    public let text: String

    public init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
    }
}

/// Makes reports of tapes.
public struct DefectReporter {
    private let film: (Tape) throws -> Film
    private let prove: (Tape, Proof.Answers) async throws -> ProofResult

    /// - Parameter prove: proves a tape in a new shop.
    public init(
        film: @escaping (Tape) throws -> Film,
        prove: @escaping (Tape, Proof.Answers) async throws -> ProofResult
    ) {
        self.film = film
        self.prove = prove
    }

    /// Proves the tape, makes it short where a check fails on it, and writes down all of it.
    public func report(_ tape: Tape, named name: String, on machine: MachineFacts) async throws
        -> DefectReport
    {
        let found = try await look(at: tape)
        let scene = Scene(try film(found.shown), until: found.step)
        var manifest = BundleManifest(
            program: machine.program, verdict: found.verdict, tape: DefectReport.sessionName,
            answers: found.answers)
        manifest.check = found.failure?.sentence
        manifest.problem = found.failure?.problem
        manifest.screen = found.failure?.screen
        if let short = found.short {
            manifest.tape = DefectReport.shortName
            (manifest.gestures, manifest.gesturesBefore) = (short.after, short.before)
        }
        var files = [
            BundleFile(
                "REPRODUCE.md",
                Instructions(manifest, found, tape.header, isWithCrash: machine.crash != nil)
                    .text(steps: try TapeExport(film(found.shown)).gestures(), scene, named: name)),
            BundleFile(DefectReport.manifestName, TapeCoder.text(of: manifest, isForPeople: true) + "\n"),
            BundleFile(DefectReport.sessionName, tape.text),
        ]
        if let short = found.short { files.append(BundleFile(DefectReport.shortName, short.tape.text)) }
        files += [
            BundleFile("before.txt", scene.before.export(as: .text)),
            BundleFile("before.svg", scene.before.export(as: .svg, title: "Before")),
            BundleFile("after.txt", scene.after.export(as: .text)),
            BundleFile("after.svg", scene.after.export(as: .svg, title: "After")),
            BundleFile("state.json", TapeCoder.text(of: scene.state, isForPeople: true) + "\n"),
            BundleFile("effects.txt", scene.effects.map { $0 + "\n" }.joined()),
            BundleFile("doctor.txt", machine.doctor), BundleFile("build.txt", machine.program + "\n"),
        ]
        if let log = machine.log { files.append(BundleFile("log.txt", log)) }
        if let crash = machine.crash { files.append(BundleFile("crash.txt", crash)) }
        return DefectReport(manifest: manifest, files: files, typedWords: found.typedWords)
    }

    // MARK: - Finding

    /// What came of proving a tape.
    struct Found {
        let verdict: BundleManifest.Verdict
        let failure: ProofResult.Failure?
        let difference: Film.Difference?
        let answers: Proof.Answers
        let short: Shrinker.Result?
        /// The tape whose pictures are shown, and the step that they are of.
        let shown: Tape
        let step: Int
        let typedWords: [String]
    }

    private func look(at tape: Tape) async throws -> Found {
        if tape.header.facts.isMasked == true {
            return Found(
                verdict: .unproved, failure: nil, difference: nil, answers: .taped, short: nil, shown: tape,
                step: tape.steps(of: .mark).last ?? tape.steps,
                typedWords: try TapeExport(film(tape)).typedWords())
        }
        let once = try await prove(tape, .atOnce)
        let words = try TapeExport(film(once.played)).typedWords()
        if let failure = once.failures.first {
            var shrinker = Shrinker(tape, failure) { try await prove($0, .atOnce) }
            let short = try await shrinker.run()
            let again = try await prove(short.tape, .atOnce)
            let last = again.failures.first { $0.isSame(as: failure) }
            return Found(
                verdict: .fails, failure: last ?? failure, difference: nil, answers: .atOnce, short: short,
                shown: again.played, step: last?.step ?? again.steps,
                typedWords: words)
        }
        // A tape without answers, as one that was written by hand, has none to wait for.
        let answers: Proof.Answers = tape.hasAnswers ? .taped : .atOnce
        let taped = try await prove(tape, answers)
        if let failure = taped.failures.first, let found = try await look(at: tape, failure, words) {
            return found
        }
        if let failure = taped.failures.first {
            return Found(
                verdict: .fails, failure: failure, difference: nil, answers: answers, short: nil,
                shown: taped.played, step: failure.step,
                typedWords: words)
        }
        if let difference = taped.divergence {
            return Found(
                verdict: .differs, failure: nil, difference: difference, answers: answers, short: nil,
                shown: taped.played, step: difference.step,
                typedWords: words)
        }
        let marks = taped.played.steps(of: .mark)
        return Found(
            verdict: .holds, failure: nil, difference: nil, answers: answers, short: nil,
            shown: taped.played, step: marks.last ?? taped.steps,
            typedWords: words)
    }
}

extension DefectReporter {
    /// What fails only in the order of the tape's answers, as a short tape that has this order; nil where it does not
    /// repeat so.
    private func look(at tape: Tape, _ failure: ProofResult.Failure, _ words: [String]) async throws -> Found?
    {
        var shrinker = Shrinker(tape, failure) { try await prove($0, .atOnce) }
        let short: Shrinker.Result
        do { short = try await shrinker.run() } catch is TapeProblem { return nil }
        let again = try await prove(short.tape, .atOnce)
        guard let last = again.failures.first(where: { $0.isSame(as: failure) }) else { return nil }
        return Found(
            verdict: .fails, failure: last, difference: nil, answers: .atOnce, short: short,
            shown: again.played, step: last.step, typedWords: words)
    }

    /// What a person saw: before the last thing that he did, and what it led to.
    struct Scene {
        let before: Surface
        let after: Surface
        let state: AppState
        let effects: [String]
        let screen: String

        init(_ film: Film, until step: Int) {
            var film = film
            let ofTester = TapeExport(film).stepsOfTester
            let steps = film.tape.entries.map(\.line).filter(\.isStep).prefix(step)
            let last = steps.indices.last { !ofTester.contains($0) && steps[$0].isDeed } ?? 0
            // Its answers, and what came by itself, up to what is done next.
            let rest = steps.dropFirst(last + 1).prefix { line in
                if case .event = line { false } else { true }
            }
            film.go(to: last)
            before = film.surface
            var effects: [String] = []
            for _ in 0...rest.count {
                guard film.forward() else { break }
                effects += film.effectsOfStep
            }
            after = film.surface
            state = film.state
            screen = "\(film.state.kind)"
            self.effects = effects
        }
    }
}

extension TapeLine {
    /// Something that a person did, as it is told to others.
    fileprivate var isDeed: Bool {
        switch self {
        case .event(.focus): false
        case .event: true
        case .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check, .end, .fault,
            .unreadable:
            false
        }
    }
}

extension Tape {
    /// After how many steps each such line stands.
    fileprivate func steps(of line: TapeLine) -> [Int] {
        var step = 0
        return entries.compactMap { entry in
            if entry.line.isStep { step += 1 }
            return entry.line == line ? step : nil
        }
    }
}
