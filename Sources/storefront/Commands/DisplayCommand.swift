import ArgumentParser
import Foundation
import ProgramKit
import StoreDomain
import StorefrontTUI
import TerminalKit
import TerminalNcurses

/// Shows customers what a till sells.
struct DisplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "display", abstract: "Show the customers of a till what is sold, in large figures.",
        discussion: """
            For a second screen of the till's machine: it shows the lines of the sale, what is to be paid and the \
            change, and between two sales the text of the setting display.text or the shop's name. It looks for \
            the till of this account, on the store or the server of the settings; it waits while that is not \
            open, and goes on by itself when it is. q ends it.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var look: LookOptions
    @OptionGroup var at: TillOptions

    @Option(help: "What stands there while nothing is sold.")
    var text: String?

    func run() async throws {
        let places = Places.current()
        let settings = try await Settings.load(
            SettingTable.all, flags: place.flags.merging(look.flags) { $1 }, in: places
        ).checked()
        let till = try at.till(settings)
        let idleText = text ?? settings[SettingTable.displayText]
        try await Looking(
            till: till, viewer: .customer, view: .customer(idleText: idleText), settings: settings,
            places: places, noColor: look.noColor, writesJSON: false
        ).run()
    }
}

/// Shows an owner what happens at a till.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Look on at a till, without touching it.",
        discussion: """
            For the shop's owner, on the till's machine: who sells, on which screen, what is in the sale and what \
            was sold last. It takes the right to see reports, over --remote that of the account that is signed \
            in. It waits while the till is not open. q ends it.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var look: LookOptions
    @OptionGroup var at: TillOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let places = Places.current()
        let settings = try await Settings.load(
            SettingTable.all, flags: place.flags.merging(look.flags) { $1 }, in: places
        ).checked()
        let till = try at.till(settings)
        try await ShopContext.with(place) { context in try context.principal.require(.seeReports) }
        try await Looking(
            till: till, viewer: .owner, view: .owner, settings: settings, places: places,
            noColor: look.noColor, writesJSON: output.json
        ).run()
    }
}

extension TillOptions {
    /// - Throws: `invalid` for what names no till.
    fileprivate func till(_ settings: Settings) throws(StoreError) -> String {
        let till = till ?? settings[SettingTable.till]
        guard Till.isName(till) else {
            throw .invalid([FieldProblem("till", "must be 1 to 20 lower-case letters or digits")])
        }
        return till
    }
}

/// Looking at a till from a terminal of one's own, until somebody ends it.
private struct Looking {
    let till: String
    let viewer: TillBroadcast.Viewer
    let view: DisplayView.Viewer
    let settings: Settings
    let places: Places
    let noColor: Bool
    let writesJSON: Bool

    func run() async throws {
        let lookout = try TillLookout(TillPlace(till: till, settings, places), as: viewer)
        if writesJSON || settings[SettingTable.plain] || NcursesTerminal.problem != nil {
            return await inLines(lookout)
        }
        let reason = try await fullScreen(lookout)
        lookout.end()
        if let reason { throw reason.exitCode }
    }

    /// Until the program is ended: a line dialogue that nobody talks in.
    private func inLines(_ lookout: TillLookout) async {
        var text = DisplayText(till: till, isForOwner: viewer == .owner)
        for await scene in lookout.scenes {
            if writesJSON {
                Console.write((scene.map(OutputJSON.scene) ?? .null).text + "\n")
            } else {
                for line in text.lines(scene) { Console.line(line) }
            }
        }
    }

    private func fullScreen(_ lookout: TillLookout) async throws -> EndReason? {
        let executor = StorefrontMain.executor
        let themes = ThemeCatalog(directories: places.themeDirectories)
        let name =
            settings.isDefault(SettingTable.theme)
            ? themes.name(for: places.background) : settings[SettingTable.theme]
        let theme: Theme
        do { theme = try themes.theme(named: name) } catch { throw CommandFailure(error.description) }
        let options = NcursesOptions(
            forcedColors: noColor ? .mono : nil, configuredColors: settings[SettingTable.color].depth,
            mouse: false, asciiOnly: settings[SettingTable.ascii])
        let terminal: NcursesTerminal
        do { terminal = try NcursesTerminal(options) } catch {
            throw CommandFailure("\(error.description); --plain works line by line")
        }
        defer { terminal.close() }
        let shown =
            terminal.abilities.colors == .mono && settings.isDefault(SettingTable.theme) ? Theme.mono : theme
        let render = RenderContext(
            theme: shown, glyphs: terminal.abilities.glyphs, colors: terminal.abilities.colors)
        let runtime = DisplayRuntime(
            terminal: terminal, view: DisplayView(for: view, till: till, render: render), executor: executor)
        return await runtime.run(lookout.scenes)
    }
}

extension OutputJSON {
    /// What an owner sees of a till.
    fileprivate static func scene(_ scene: TillScene) -> OutputJSON {
        func figure(_ figure: TillScene.Figure) -> OutputJSON {
            .object([("title", .string(figure.title)), ("amount", .money(figure.amount))])
        }
        let (stage, receipt): (String, String?) =
            switch scene.stage {
            case .idle: ("idle", nil)
            case .selling: ("selling", nil)
            case .sold(let receipt): ("sold", receipt)
            }
        return .object([
            ("till", .string(scene.till)), ("stage", .string(stage)), ("receipt", .text(receipt)),
            ("cashier", .text(scene.staff?.cashier)), ("shift", scene.staff?.shift.map { .int($0) } ?? .null),
            ("screen", .text(scene.staff?.screen)), ("customer", .text(scene.staff?.customer)),
            (
                "lines",
                .array(
                    scene.lines.map {
                        .object([
                            ("quantity", .int($0.quantity)), ("name", .string($0.name)),
                            ("amount", .money($0.amount)),
                        ])
                    })
            ),
            ("figures", .array(scene.figures.map(figure))), ("main", scene.main.map(figure) ?? .null),
        ])
    }
}
