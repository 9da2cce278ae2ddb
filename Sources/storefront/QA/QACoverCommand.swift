import ArgumentParser
import StoreDomain
import StorefrontCore
import StorefrontTape
import TerminalKit

/// `storefront qa cover`: what of the program tapes have tried, and what not.
struct QACoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cover", abstract: "Say what of the program tapes have tried, and what not.",
        discussion: """
            Plays the tapes in new shops, each request answered at once. A command counts on each screen that it \
            belongs to: done, or refused with its reason. Requests count as done, and as failed with each error; \
            further the overlays, the looks (width, theme, signs), and sessions on a screen and in lines. What none has \
            tried is named with the stage of qa record that is nearest to it.
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
            coverage += try await ProofShops.prove(try TapeFile.readForProof(path), .atOnce).coverage
        }
        Console.write(output.json ? json(coverage).text + "\n" : text(coverage))
    }

    private func rows(_ coverage: Coverage) -> [(Coverage.Place, Coverage.Tries)] {
        let all = Set(Coverage.places).union(coverage.commands.keys).sorted()
        return all.map { ($0, coverage.commands[$0] ?? Coverage.Tries()) }
            .filter { !missing || $0.1 == Coverage.Tries() }
    }

    private func looks(_ coverage: Coverage) -> [(look: String, isTried: Bool)] {
        let tried = Set(coverage.looks.map { "\($0.size) \($0.theme) \($0.glyphs)" })
        let all = Coverage.Look.sizes.flatMap { size in
            TapeFile.themes().flatMap { theme in
                Coverage.Look.glyphs.map { "\(size) \(theme) \($0)" }
            }
        }
        return Set(all).union(tried).sorted().map { ($0, tried.contains($0)) }
            .filter { !missing || !$0.1 }
    }

    private func text(_ coverage: Coverage) -> String {
        var table = TextTable([
            .init("Screen"), .init("Command"), .init("Done", .right), .init("Refused", .right),
            .init("Nearest stage"),
        ])
        var text = table.lines(
            rows(coverage).map { place, tries in
                let stage = tries.done == 0 ? Stage.nearest(to: place.screen).rawValue : ""
                return [place.screen, place.command, "\(tries.done)", "\(tries.refused)", stage]
            })
        var looks = TextTable([.init("Look"), .init("Tried")])
        text += "\n" + looks.lines(self.looks(coverage).map { [$0.look, $0.isTried ? "yes" : "no"] })
        if !missing { text += "\n" + requests(coverage) + "\n" + overlays(coverage) }
        let tried = coverage.commands.count { Coverage.places.contains($0.key) }
        return text
            + "\n\(tried) of \(Coverage.places.count) commands on their screens, "
            + "\(coverage.screens.count) of \(ScreenKind.allCases.count) screens"
            + (coverage.missingScreens.isEmpty
                ? ", " : " (not \(coverage.missingScreens.map(\.description).joined(separator: ", "))), ")
            + "\(coverage.requests.count.counted("kind")) of requests, "
            + "\(coverage.failures.count.counted("kind")) of failures, "
            + "\(coverage.screenSessions.counted("session")) on a screen and \(coverage.lineSessions) in lines\n"
    }

    private func requests(_ coverage: Coverage) -> String {
        var table = TextTable([.init("Request"), .init("Answer"), .init("Times", .right)])
        return table.lines(
            coverage.requests.sorted { $0.key < $1.key }.flatMap { name, tries in
                [[name, "done", "\(tries.done)"]]
                    + coverage.failures.filter { $0.key.request == name }.sorted { $0.key < $1.key }.map {
                        [name, $0.key.error, "\($0.value)"]
                    }
            })
    }

    private func overlays(_ coverage: Coverage) -> String {
        var table = TextTable([.init("Over a screen"), .init("Times", .right)])
        return table.lines(coverage.overlays.sorted { $0.key < $1.key }.map { [$0.key, "\($0.value)"] })
    }

    private func json(_ coverage: Coverage) -> OutputJSON {
        let commands = rows(coverage).map { place, tries -> OutputJSON in
            .object([
                ("screen", .string(place.screen)), ("command", .string(place.command)),
                ("done", .int(tries.done)), ("refused", .int(tries.refused)),
                ("nearest_stage", .string(Stage.nearest(to: place.screen).rawValue)),
            ])
        }
        let requests = coverage.requests.sorted { $0.key < $1.key }.map { name, tries -> OutputJSON in
            let errors = coverage.failures.filter { $0.key.request == name }.sorted { $0.key < $1.key }
            return .object([
                ("request", .string(name)), ("done", .int(tries.done)), ("failed", .int(tries.refused)),
                ("errors", .object(errors.map { ($0.key.error, .int($0.value)) })),
            ])
        }
        return .object([
            ("commands", .array(commands)),
            ("screens", .array(coverage.screens.sorted().map { .string($0) })),
            ("screens_missing", .array(coverage.missingScreens.map { .string($0.description) })),
            ("requests", .array(requests)),
            (
                "overlays",
                .object(coverage.overlays.sorted { $0.key < $1.key }.map { ($0.key, .int($0.value)) })
            ),
            (
                "looks",
                .array(
                    looks(coverage).map {
                        .object([("look", .string($0.look)), ("tried", .bool($0.isTried))])
                    })
            ),
            ("screen_sessions", .int(coverage.screenSessions)),
            ("line_sessions", .int(coverage.lineSessions)),
        ])
    }
}
