import ArgumentParser
import BuildFacts
import Foundation
import ProgramKit
import StorefrontTape

/// `storefront qa open`: a defect that somebody else has handed over, on this machine.
struct QAOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "See whether a defect that was handed over is here, too.",
        discussion: """
            Proves the bundle's tape in a new shop. Exits with 1 when it fails here, with 0 when its check holds, with \
            2 when this build does something else than the tape says. Where another build has recorded it, the first \
            difference between the two is told.
            """)

    @Argument(
        help: ArgumentHelp("The folder or zip file that storefront qa report wrote.", valueName: "path"))
    var path: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let bundle = try BundleFiles.read(path)
        let outcome = try await bundle.open(ProofShops.prove)
        let (words, code, sentence) = tell(outcome, bundle.manifest)
        Outcome.print(
            sentence,
            [
                ("outcome", .string(words)), ("check", .text(bundle.manifest.check)),
                ("problem", .text(outcome.failure?.problem)),
                ("step", outcome.failure.map { .int($0.step) } ?? .null),
                ("reported_with", .string(bundle.manifest.program)), ("build", .string(Build.line)),
                ("difference", .text(difference(bundle)?.sentence)),
            ], output)
        if !output.json, let difference = difference(bundle) {
            Console.line(
                "It was recorded by another build; " + String(difference.sentence.prefix { $0 != "\n" }))
        }
        if code != 0 { throw ExitCode(code) }
    }

    private func tell(_ outcome: DefectBundle.Outcome, _ manifest: BundleManifest) -> (String, Int32, String)
    {
        switch outcome {
        case .fails(let failure):
            (
                "fails", 1,
                "It is here, too: step \(failure.step) on \(failure.screen): \(failure.title): "
                    + failure.problem
            )
        case .failsOtherwise(let failure):
            (
                "fails_otherwise", 1,
                "Something else fails here: step \(failure.step) on \(failure.screen): "
                    + "\(failure.title): \(failure.problem)"
            )
        case .holds:
            (
                "holds", 0,
                manifest.check.map { "It is not here: \(Check.title(of: $0)) holds" }
                    ?? "Every check holds here, too"
            )
        case .unproved:
            (
                "unproved", 2,
                "It cannot be told: the shop of this tape is not here; storefront qa play shows what happened"
            )
        case .differs(let difference):
            ("differs", 2, "It cannot be told: \(difference.sentence)")
        }
    }

    /// What this build does otherwise in the whole session; nil where it has recorded it, or cannot show it.
    private func difference(_ bundle: DefectBundle) -> Film.Difference? {
        guard bundle.session.header.facts.program != Build.line,
            var film = try? TapeFile.film(bundle.session)
        else { return nil }
        film.go(to: film.steps)
        return film.differences.first
    }
}

extension DefectBundle.Outcome {
    fileprivate var failure: ProofResult.Failure? {
        switch self {
        case .fails(let failure), .failsOtherwise(let failure): failure
        case .holds, .differs, .unproved: nil
        }
    }
}
