import ArgumentParser
import StoreDomain
import StorefrontTape
import TerminalKit

/// `storefront qa cover`: what of the program tapes have tried, and what not.
struct QACoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cover", abstract: "Say which commands and requests tapes have tried, and which not.",
        discussion: """
            Plays the tapes in new shops, each request answered at once. A command counts on each screen that it \
            belongs to: done, or refused with its reason. Requests count as done, or failed.
            """)

    @Argument(help: ArgumentHelp("Tapes, or folders of tapes.", valueName: "path"))
    var paths: [String]

    @Flag(help: "Name only what no tape has tried.")
    var missing = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if paths.isEmpty { throw ValidationError("Name a tape or a folder of tapes") }
    }

    func run() async throws {
        var coverage = Coverage()
        for path in try paths.flatMap(TapeFile.paths) {
            coverage += try await ProofShops.prove(try TapeFile.read(path), .atOnce).coverage
        }
        Console.write(output.json ? json(coverage).text + "\n" : text(coverage))
    }

    private func rows(_ coverage: Coverage) -> [(Coverage.Place, Coverage.Tries)] {
        let all = Set(Coverage.places).union(coverage.commands.keys).sorted()
        return all.map { ($0, coverage.commands[$0] ?? Coverage.Tries()) }
            .filter { !missing || $0.1 == Coverage.Tries() }
    }

    private func text(_ coverage: Coverage) -> String {
        var table = TextTable([
            .init("Screen"), .init("Command"), .init("Done", .right), .init("Refused", .right),
        ])
        var text = table.lines(
            rows(coverage).map { place, tries in
                [place.screen, place.command, "\(tries.done)", "\(tries.refused)"]
            })
        if !missing {
            var requests = TextTable([.init("Request"), .init("Done", .right), .init("Failed", .right)])
            text +=
                "\n"
                + requests.lines(
                    coverage.requests.sorted { $0.key < $1.key }.map { name, tries in
                        [name, "\(tries.done)", "\(tries.refused)"]
                    })
        }
        let tried = coverage.commands.count { Coverage.places.contains($0.key) }
        return text
            + "\n\(tried) of \(Coverage.places.count) commands on their screens, "
            + "\(coverage.screens.count.counted("screen")), "
            + "\(coverage.requests.count.counted("kind")) of requests\n"
    }

    private func json(_ coverage: Coverage) -> OutputJSON {
        .object([
            (
                "commands",
                .array(
                    rows(coverage).map { place, tries in
                        .object([
                            ("screen", .string(place.screen)), ("command", .string(place.command)),
                            ("done", .int(tries.done)), ("refused", .int(tries.refused)),
                        ])
                    })
            ),
            (
                "requests",
                .array(
                    coverage.requests.sorted { $0.key < $1.key }.map { name, tries in
                        .object([
                            ("request", .string(name)), ("done", .int(tries.done)),
                            ("failed", .int(tries.refused)),
                        ])
                    })
            ),
        ])
    }
}
