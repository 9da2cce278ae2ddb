import ArgumentParser
import BuildFacts
import Foundation
import ProgramKit
import StoreDomain
import StorefrontTape
import TerminalKit

/// `storefront qa report`: all that a defect needs, in one folder or file.
struct QAReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Put all that a defect needs into one folder or zip file.",
        discussion: """
            Proves the tape, makes it short where a check fails, and writes REPRODUCE.md, both tapes, the screen \
            before and after as text and svg, the state and what was ordered there, the terminal, the build, the end \
            of the log and a crash that came after the tape. It shows every word that was typed and asks first. \
            Nothing is sent anywhere: storefront qa open shows it on another machine.
            """)

    @Argument(help: ArgumentHelp("The tape.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("A new folder, or a new file that ends in .zip.", valueName: "path"))
    var output: String?

    @Flag(help: "Print REPRODUCE.md for a ticket and write nothing.")
    var text = false

    @Flag(help: "Do not ask whether what was typed may be handed over.")
    var yes = false

    @OptionGroup var format: OutputOptions

    func validate() throws {
        if text == (output != nil) { throw ValidationError("Take one of --output and --text") }
        if text, format.json { throw ValidationError("--text prints text and so takes no --json") }
    }

    func run() async throws {
        let tape = try TapeFile.read(file)
        let name = file.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? "tape"
        let report: DefectReport
        do {
            report = try await DefectReporter(film: TapeFile.film, prove: ProofShops.prove)
                .report(tape, named: name, on: try await machine(tape))
        } catch let problem as TapeProblem {
            throw CommandFailure(problem.description)
        }
        guard let output else { return Console.write(report.text) }
        guard try mayHandOver(report.typedWords) else { throw CommandFailure("nothing was written") }
        try BundleFiles.write(report.files, to: output)
        tell(report, output)
    }

    private func tell(_ report: DefectReport, _ output: String) {
        let manifest = report.manifest
        let sentence =
            switch manifest.verdict {
            case .fails:
                "\(output): \(manifest.check.map { Check.title(of: $0) } ?? "a check") fails"
                    + (manifest.gestures.map { " after \($0.counted("gesture"))" } ?? "")
            case .differs: "\(output): this build does something else than the tape says"
            case .holds: "\(output): every check holds"
            case .unproved: "\(output): the shop of this tape is not here, so that it is shown and not proved"
            }
        Outcome.print(
            sentence + "; storefront qa open \(output) shows it",
            [
                ("bundle", .string(output)), ("verdict", .string(manifest.verdict.rawValue)),
                ("check", .text(manifest.check)), ("problem", .text(manifest.problem)),
                ("before", manifest.gesturesBefore.map { .int($0) } ?? .null),
                ("after", manifest.gestures.map { .int($0) } ?? .null),
                ("files", .array(report.files.map { .string($0.name) })),
            ], format)
    }

    // MARK: - Asking

    private func mayHandOver(_ words: [String]) throws -> Bool {
        if yes || words.isEmpty { return true }
        guard Console.isInputTerminal else {
            throw CommandFailure(
                "the tape has \(words.count.counted("text")) that somebody typed; "
                    + "look at them with --text and hand them over with --yes")
        }
        Console.tell("Typed, pasted or scanned on this tape:")
        for word in words { Console.tell("  \(word)") }
        Console.writeError("May all of it be handed over? (y/n) ")
        return readLine()?.lowercased().hasPrefix("y") == true
    }

    // MARK: - The machine

    /// What the program writes down by itself has no stand-ins, so that it is no part of what a masked tape is in.
    private func machine(_ tape: Tape) async throws -> MachineFacts {
        let places = Places.current()
        let settings = try await Settings.load(SettingTable.all, flags: [:], in: places)
        let examination = await Examination(
            settings: settings, keys: try KeyBindings.load(from: places),
            unknown: try UnknownSettings.problems(places), places: places)
        let isMasked = tape.header.facts.isMasked == true
        return MachineFacts(
            program: Build.line, doctor: examination.machineText, log: isMasked ? nil : log(settings),
            crash: isMasked ? nil : crash(places))
    }

    private static let linesOfLog = 200

    private func log(_ settings: Settings) -> String? {
        let path = settings[SettingTable.logFile]
        guard !path.isEmpty, let data = FileManager.default.contents(atPath: path) else { return nil }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").suffix(Self.linesOfLog)
            .map { $0 + "\n" }.joined()
    }

    /// One that is older than the tape has nothing to do with it.
    private func crash(_ places: Places) -> String? {
        guard let path = CrashReports(directory: places.stateDirectory).newest,
            let crashed = Self.changed(path), let taped = Self.changed(file), crashed >= taped
        else { return nil }
        return FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func changed(_ path: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    }
}
