import ArgumentParser
import Foundation
import ProgramKit
import StorefrontTape

/// `storefront qa check`: proves tapes, for a person or for a build server.
struct QACheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Play tapes on real services and see whether their checks hold.",
        discussion: """
            Each tape gets a throw-away shop as its own was: same seed, same clock. What was typed goes through this \
            build's keys and model, what is asked for goes to the shop. A password on a tape is typed as the demo \
            shop's, or as STOREFRONT_QA_SECRET says. --jobs tapes of a folder are proved at a time; --traces keeps of \
            each that does not hold what was played and its last screen.

            Checks: \(Check.forms.joined(separator: "; ")).
            """)

    @Argument(help: ArgumentHelp("A tape, or a folder of tapes.", valueName: "path"))
    var path: String

    @Option(name: .customLong("as"), help: "tap or junit.")
    var form = Form.tap

    @Flag(help: "Answer each request at once, whatever the tape says of the order.")
    var atOnce = false

    @Option(help: ArgumentHelp("So many tapes at a time.", valueName: "n"))
    var jobs = 4

    @Option(
        help: ArgumentHelp("The folder for what was played where something does not hold.", valueName: "path")
    )
    var traces: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be 1 to 64") }
    }

    enum Form: String, ExpressibleByArgument, CaseIterable { case tap, junit }

    /// What came of one tape.
    private struct Verdict: Sendable {
        let path: String
        let result: Result<ProofResult, CommandFailure>

        var failures: [ProofResult.Failure] { (try? result.get())?.failures ?? [] }

        /// Why nothing can be said of its checks; nil where it can.
        var doubt: String? {
            switch result {
            case .failure(let failure): failure.description
            case .success(let result):
                result.divergence?.sentence
                    ?? result.doubts.first.map {
                        "step \($0.step) on \($0.screen): \($0.title): \($0.problem)"
                    }
            }
        }

        var code: Int32 { !failures.isEmpty ? 1 : doubt != nil ? 2 : 0 }
    }

    func run() async throws {
        let paths = try TapeFile.paths(in: path)
        let verdicts = await verdicts(on: paths)
        if let traces { try keep(verdicts.filter { $0.code != 0 }, in: traces) }
        Console.write(output.json ? json(verdicts) : form == .tap ? tap(verdicts) : junit(verdicts))
        // A check that fails says more than a tape that cannot be told.
        if verdicts.contains(where: { $0.code == 1 }) { throw ExitCode(1) }
        if verdicts.contains(where: { $0.code == 2 }) { throw ExitCode(2) }
    }

    /// In the order of the paths; no more than `jobs` at a time.
    private func verdicts(on paths: [String]) async -> [Verdict] {
        let atOnce = atOnce
        return await withTaskGroup(of: (Int, Verdict).self) { group in
            var verdicts = [Verdict?](repeating: nil, count: paths.count)
            for (index, path) in paths.enumerated() {
                if index >= jobs, let (done, verdict) = await group.next() { verdicts[done] = verdict }
                group.addTask { (index, await Self.verdict(on: path, atOnce: atOnce)) }
            }
            for await (done, verdict) in group { verdicts[done] = verdict }
            return verdicts.compactMap { $0 }
        }
    }

    /// Writes what was played and the last picture of each; what an earlier run has written of it goes.
    private func keep(_ verdicts: [Verdict], in folder: String) throws {
        guard !verdicts.isEmpty else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            for verdict in verdicts {
                guard let played = try? verdict.result.get().played else { continue }
                let name =
                    verdict.path.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? "tape"
                var film = try TapeFile.film(played)
                film.go(to: film.steps)
                for (ending, text) in [("tape", played.text), ("txt", film.surface.export(as: .text))] {
                    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name).\(ending)"))
                }
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure("\(folder) cannot be written: \(error.localizedDescription)")
        }
    }

    private static func verdict(on path: String, atOnce: Bool) async -> Verdict {
        do {
            let tape = try TapeFile.readForProof(path)
            let result = try await ProofShops.prove(tape, atOnce ? .atOnce : .taped)
            return Verdict(path: path, result: .success(result))
        } catch let failure as CommandFailure {
            return Verdict(path: path, result: .failure(failure))
        } catch {
            return Verdict(path: path, result: .failure(CommandFailure("\(error)")))
        }
    }

    // MARK: - Telling

    private func tap(_ verdicts: [Verdict]) -> String {
        var text = "TAP version 14\n1..\(verdicts.count)\n"
        for (index, verdict) in verdicts.enumerated() {
            text += "\(verdict.code == 0 ? "ok" : "not ok") \(index + 1) - \(verdict.path)\n"
            for line in notes(on: verdict) {
                text += line.split(separator: "\n").map { "# \($0)\n" }.joined()
            }
        }
        return text
    }

    private func notes(on verdict: Verdict) -> [String] {
        var notes = verdict.failures.map {
            "step \($0.step) on \($0.screen): \($0.title): \($0.problem)"
        }
        if let doubt = verdict.doubt { notes.append("cannot be told: \(doubt)") }
        if let result = try? verdict.result.get() {
            if result.playsKeysAlone {
                notes.append("another build has recorded it: only its keys are played")
            }
            notes.append(
                "\(result.steps.counted("step")), \(result.checks.counted("check")), "
                    + "\(result.samePictures) of \(result.pictures.counted("picture")) the same")
        }
        return notes
    }

    private func junit(_ verdicts: [Verdict]) -> String {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
                .replacing("\"", with: "&quot;")
        }
        let failed = verdicts.count { $0.code == 1 }
        let errors = verdicts.count { $0.code == 2 }
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text +=
            "<testsuite name=\"storefront qa\" tests=\"\(verdicts.count)\" failures=\"\(failed)\" "
            + "errors=\"\(errors)\">\n"
        for verdict in verdicts {
            text += "<testcase name=\"\(escaped(verdict.path))\">"
            for failure in verdict.failures {
                text +=
                    "<failure message=\"\(escaped("step \(failure.step): \(failure.title)"))\">"
                    + "\(escaped(failure.problem))</failure>"
            }
            if verdict.code == 2, let doubt = verdict.doubt {
                text += "<error message=\"\(escaped(doubt))\"/>"
            }
            text += "</testcase>\n"
        }
        return text + "</testsuite>\n"
    }

    private func json(_ verdicts: [Verdict]) -> String {
        OutputJSON.object([
            (
                "tapes",
                .array(
                    verdicts.map { verdict in
                        .object([
                            ("tape", .string(verdict.path)), ("holds", .bool(verdict.code == 0)),
                            ("doubt", .text(verdict.doubt)),
                            (
                                "failures",
                                .array(
                                    verdict.failures.map {
                                        .object([
                                            ("step", .int($0.step)), ("screen", .string($0.screen)),
                                            ("check", .string($0.sentence)), ("problem", .string($0.problem)),
                                        ])
                                    })
                            ),
                        ])
                    })
            )
        ]).text + "\n"
    }
}
