import ArgumentParser
import BuildFacts
import Foundation
import ProgramKit
import StorefrontTUI
import StorefrontTape
import TerminalKit

/// `storefront qa diff`: the pictures of a tape, by this build and by another one, or against themselves.
struct QADiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare the pictures of a tape between two builds, two themes, two sizes, or with lines.",
        discussion: """
            Each build plays the tape as a film, from the same keys. What differs at one place is one finding, however \
            many pictures have it. --with names the program of the other build, or a file that its \
            storefront qa export --as pictures has written; --accept writes this build's pictures to that file, which \
            are right from then on. --with-size and --with-plain compare the tape with itself: which words of its pictures are \
            not on a screen of that size, and which amounts, numbers and codes a session in lines does not tell. Exits \
            with 0 when all is the same, 1 when it is not, 2 when that cannot be told.
            """)

    @Argument(help: ArgumentHelp("The tape.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The other build: its program, or a file of its pictures.", valueName: "path"))
    var with: String?

    @Option(help: ArgumentHelp("Compare with the same tape in this theme.", valueName: "name"))
    var withTheme: String?

    @Option(help: ArgumentHelp("Compare with the same tape on a screen such as 80x24.", valueName: "size"))
    var withSize: String?

    @Flag(help: "Compare with what a session in lines tells.")
    var withPlain = false

    @Flag(help: "Also print the first pictures that differ next to each other.")
    var sideBySide = false

    @Flag(help: "Write this build's pictures to the file that --with names.")
    var accept = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard [with != nil, withTheme != nil, withSize != nil, withPlain].count(where: { $0 }) == 1 else {
            throw ValidationError(
                "Name another build by --with, a theme by --with-theme or a size by --with-size, or say --with-plain"
            )
        }
        if withSize != nil, screen == nil {
            throw ValidationError("--with-size must be like 80x24, at least 40x12")
        }
        if accept, with == nil { throw ValidationError("--accept needs --with, which names the file") }
        if sideBySide, output.json {
            throw ValidationError("--side-by-side prints pictures, and --json none")
        }
    }

    /// The size that is asked for.
    private var screen: Size? {
        let parts = (withSize ?? "").split(separator: "x").compactMap { Int($0) }
        guard parts.count == 2, (AppView.minimumSize.width...1_000).contains(parts[0]),
            (AppView.minimumSize.height...400).contains(parts[1])
        else { return nil }
        return Size(width: parts[0], height: parts[1])
    }

    func run() async throws {
        let tape = try TapeFile.read(file)
        if withSize != nil || withPlain { return try compareWithItself(tape) }
        let here = try TapeFile.film(tape).pictures()
        if accept { return try accept(here) }
        let other: (name: String, pictures: [TapedPicture])
        if let with {
            other = try await pictures(of: with)
        } else {
            other = try themed(tape)
        }
        let comparison = PictureComparison(other.pictures, here)
        Console.write(output.json ? json(comparison, other.name) : words(comparison, other.name))
        if sideBySide {
            for step in Set(comparison.findings.compactMap(\.steps.first)).sorted() {
                guard let one = other.pictures.first(where: { $0.step == step }),
                    let two = here.first(where: { $0.step == step })
                else { continue }
                Console.write("\nAfter step \(step), on \(two.screen):\n" + SideBySide.text(one, two))
            }
        }
        if !comparison.isSame { throw ExitCode(1) }
    }

    /// What this build shows is right from now on.
    private func accept(_ pictures: [TapedPicture]) throws {
        guard let with else { return }
        guard !FileManager.default.isExecutableFile(atPath: with) else {
            throw CommandFailure("\(with) is a program; --accept writes to a file of pictures")
        }
        if FileStatus.exists(with) {
            _ = try read(with)
            try FileManager.default.removeItem(atPath: with)
        }
        let file = try OutputFile(with)
        try file.write(PictureFile.text(of: pictures, program: Build.line))
        try file.finish()
        Outcome.print(
            "\(pictures.count.counted("picture")) of \(self.file) are right from now on, in \(with)",
            [("accepted", .string(with)), ("pictures", .int(pictures.count))], output)
    }

    private func themed(_ tape: Tape) throws -> (String, [TapedPicture]) {
        let name = withTheme ?? ""
        guard TapeFile.theme(named: name) != nil else {
            throw CommandFailure("There is no theme \(name); storefront doctor names the folders of themes")
        }
        return ("theme \(tape.header.theme)", try TapeFile.film(tape, in: name).pictures())
    }

    // MARK: - Itself

    private func compareWithItself(_ tape: Tape) throws {
        guard tape.header.lines == nil else {
            try doubt("\(file) is a session in lines, and has no pictures")
        }
        let clicks = tape.entries.contains { if case .event(.press) = $0.line { true } else { false } }
        if clicks, let size = withSize { try doubt("\(file) has clicks, which are elsewhere on \(size)") }
        var film = try TapeFile.film(tape)
        var other = try TapeFile.film(tape, in: nil, size: screen)
        let zones = TapeZones(tape.header)
        var comparison = WordComparison(withPlain ? .figures : .all)
        var pairs: [Int: (TapedPicture, [String])] = [:]
        repeat {
            let picture = film.picture
            let told = withPlain ? film.state.toldInLines(zones: zones) : other.picture.rows.map(\.text)
            let known = comparison.findings.count
            comparison.add(picture, told: told)
            if sideBySide, comparison.findings.count > known { pairs[picture.step] = (picture, told) }
            other.forward()
        } while film.forward()
        let name = withPlain ? "lines" : withSize ?? ""
        Console.write(output.json ? json(comparison, name) : words(comparison, name))
        for (step, pair) in pairs.sorted(by: { $0.key < $1.key }) {
            Console.write(
                "\nAfter step \(step), on \(pair.0.screen):\n"
                    + SideBySide.text(pair.0.rows.map(\.text), pair.1))
        }
        if !comparison.findings.isEmpty { throw ExitCode(1) }
    }

    private func words(_ comparison: WordComparison, _ name: String) -> String {
        guard !comparison.findings.isEmpty else {
            return "\(comparison.pictures.counted("picture")), and nothing of them is missing in \(name)\n"
        }
        return "not in \(name):\n"
            + comparison.findings.map { Sanitizer.harmless($0.sentence(of: comparison.pictures)) + "\n" }
            .joined()
    }

    private func json(_ comparison: WordComparison, _ name: String) -> String {
        OutputJSON.object([
            ("with", .string(name)), ("same", .bool(comparison.findings.isEmpty)),
            ("pictures", .int(comparison.pictures)),
            (
                "missing",
                .array(
                    comparison.findings.map { finding in
                        .object([
                            ("word", .string(finding.word)),
                            ("steps", .array(finding.steps.map { .int($0) })),
                            ("screens", .array(finding.screens.sorted().map { .string($0) })),
                        ])
                    })
            ),
        ]).text + "\n"
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
