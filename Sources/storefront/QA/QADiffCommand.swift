import ArgumentParser
import BuildFacts
import Foundation
import ProgramKit
import StorefrontTape
import TerminalKit

/// `storefront qa diff`: the pictures of a tape, by this build and by another one.
struct QADiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Compare the pictures of a tape between two builds, or two themes.",
        discussion: """
            Each build plays the tape as a film, from the same keys. What differs at one place is one finding, however \
            many pictures have it. --with names the program of the other build, or a file that its \
            storefront qa export --as pictures has written. Exits with 0 when all pictures are the same, 1 when \
            they are not, 2 when that cannot be told.
            """)

    @Argument(help: ArgumentHelp("The tape.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The other build: its program, or a file of its pictures.", valueName: "path"))
    var with: String?

    @Option(help: ArgumentHelp("Compare with the same tape in this theme.", valueName: "name"))
    var withTheme: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if (with == nil) == (withTheme == nil) {
            throw ValidationError("Name another build by --with, or a theme by --with-theme")
        }
    }

    func run() async throws {
        let tape = try TapeFile.read(file)
        let here = try TapeFile.film(tape).pictures()
        let other: (name: String, pictures: [TapedPicture])
        if let with {
            other = try await pictures(of: with)
        } else {
            other = try themed(tape)
        }
        let comparison = PictureComparison(other.pictures, here)
        Console.write(output.json ? json(comparison, other.name) : words(comparison, other.name))
        if !comparison.isSame { throw ExitCode(1) }
    }

    private func themed(_ tape: Tape) throws -> (String, [TapedPicture]) {
        let name = withTheme ?? ""
        guard TapeFile.theme(named: name) != nil else {
            throw CommandFailure("There is no theme \(name); storefront doctor names the folders of themes")
        }
        return ("theme \(tape.header.theme)", try TapeFile.film(tape, in: name).pictures())
    }

    // MARK: - The other build

    private func pictures(of path: String) async throws -> (String, [TapedPicture]) {
        guard FileManager.default.isExecutableFile(atPath: path) else { return try read(path) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "pictures-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let pictures = folder.appending(path: "pictures").path
        let program = path.contains("/") ? path : "./\(path)"
        let outcome = await ShellCommand(
            arguments: [program, "qa", "export", file, "--as", "pictures", "--output", pictures]
        ).run(input: [], within: .seconds(600))
        switch outcome {
        case .exited(code: 0, _): return try read(pictures)
        case .exited(let code, let complaint): try doubt("\(path) ended with \(code): \(complaint)")
        case .killed(let signal): try doubt("\(path) was ended by signal \(signal)")
        case .outOfTime: try doubt("\(path) was still at it after 10 minutes")
        case .notStarted: try doubt("\(path) cannot be started")
        }
    }

    private func read(_ path: String) throws -> (String, [TapedPicture]) {
        var bytes: [UInt8] = []
        try InputFile.read(path) { bytes += $0 }
        do throws(TapeProblem) {
            return try PictureFile.read(String(decoding: bytes, as: UTF8.self))
        } catch {
            try doubt("\(path): \(error.description)")
        }
    }

    private func doubt(_ sentence: String) throws -> Never {
        Console.complain(sentence)
        throw ExitCode(2)
    }

    // MARK: - Telling

    private func words(_ comparison: PictureComparison, _ name: String) -> String {
        guard !comparison.isSame else {
            return "\(comparison.pictures.counted("picture")), all the same as with \(name)\n"
        }
        var text = "- \(name)\n+ \(withTheme.map { "theme \($0)" } ?? Build.line)\n"
        for finding in comparison.findings {
            text += "\n\(finding.sentence(of: comparison.pictures))\n"
            text += "- \(Sanitizer.harmless(finding.expected))\n+ \(Sanitizer.harmless(finding.got))\n"
        }
        if comparison.unmatched > 0 {
            text += "\n\(comparison.unmatched.counted("picture")) more in one of them\n"
        }
        return text
    }

    private func json(_ comparison: PictureComparison, _ name: String) -> String {
        OutputJSON.object([
            ("with", .string(name)), ("same", .bool(comparison.isSame)),
            ("pictures", .int(comparison.pictures)), ("unmatched", .int(comparison.unmatched)),
            (
                "findings",
                .array(
                    comparison.findings.map { finding in
                        .object([
                            ("kind", .string(finding.kind.rawValue)), ("row", .int(finding.row + 1)),
                            ("from", .int(finding.columns.lowerBound + 1)),
                            ("to", .int(finding.columns.upperBound + 1)),
                            ("steps", .array(finding.steps.map { .int($0) })),
                            ("screens", .array(finding.screens.sorted().map { .string($0) })),
                            ("expected", .string(finding.expected)), ("got", .string(finding.got)),
                        ])
                    })
            ),
        ]).text + "\n"
    }
}
