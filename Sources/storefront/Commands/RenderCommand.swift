import ArgumentParser
import BuildFacts
import Foundation
import ProgramKit
import StoreDomain
import StoreSQLite
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Draws a screen of the demo shop without a terminal: for documents, and to look at a theme or a size.
struct RenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Draw a screen of the demo shop, without a terminal.",
        discussion: "The screens are \(screens). The same arguments give the same picture.")

    @Argument(help: ArgumentHelp("The screen: \(screens).", valueName: "screen"))
    var screen: String

    @Option(help: ArgumentHelp("Columns and rows, such as 120x40.", valueName: "size"))
    var size = "80x24"

    @Option(name: .customLong("as"), help: "text, ansi or svg.")
    var form = PictureForm.text

    @Option(help: "How many colours: none, 8, 16, 256 or direct.")
    var depth = ColorChoice.direct

    @Option(help: ArgumentHelp("A new file to write it to.", valueName: "path"))
    var output: String?

    @OptionGroup var place: StoreOptions
    @OptionGroup var look: LookOptions

    /// The screens that a tour leads to.
    private static var kinds: [ScreenKind] { ScreenKind.allCases.filter { ScreenTour(to: $0) != nil } }
    private static var screens: String { kinds.map(\.description).joined(separator: ", ") }
    /// What is drawn, whenever it is.
    private static let now = Timestamp(seconds: 1_795_356_309)

    private struct Still: RuntimePorts {
        func openDrawer() async throws(StoreError) { throw .unsupported("a drawer") }
        func mailReceipt(_ text: String, subject: String, to recipient: Email) async throws(StoreError) {
            throw .unsupported("mail")
        }
        func printReceipt(_ page: PrintedPage) async throws(StoreError) { throw .unsupported("printing") }
        func saveReceipt(_ text: String, orderID: Int64) async throws(StoreError) -> String {
            throw .unsupported("saving")
        }
        func saveReport(_ text: String, named name: String, ending: String)
            async throws(StoreError) -> String
        {
            throw .unsupported("saving")
        }
        func copyThroughTmux(_ text: String) async throws(StoreError) { throw .unsupported("copying") }
        func exportOrders(_ orders: [Order]) async throws(StoreError) -> String {
            throw .unsupported("saving")
        }
        func saveExport(_ export: CustomerExport) async throws(StoreError) -> String {
            throw .unsupported("saving")
        }
        func saveJournal(
            of chain: String,
            _ records: @escaping @Sendable (_ number: Int) async throws(StoreError) -> [JournalRecord]
        ) async throws(StoreError) -> String { throw .unsupported("saving") }
        func keepMacro(_ macro: TillMacro) async throws(StoreError) -> MacroShelf {
            throw .unsupported("keeping macros")
        }
        func reconnect(attempt: Int) async -> Bool { true }
        func setUp(_ country: Country) async throws(StoreError) -> ShopPolicy {
            throw .unsupported("a country")
        }
        func loadDemoData(progress: @escaping @Sendable (Int, Int) -> Void) async throws(StoreError) {
            throw .unsupported("demo data")
        }
        func findShop(at address: String) async throws(StoreError) -> String { throw .unsupported("servers") }
        func keepTheme(named name: String) throws(StoreError) { throw .unsupported("themes") }
        func keepEmail(_ email: String) async throws(StoreError) {}
        func lookAtCatalog(_ file: String, _ choices: ImportChoices, as principal: Principal)
            async throws(StoreError) -> ImportPreview
        {
            throw .unsupported("catalogue files")
        }
        func importCatalog(
            _ preview: ImportPreview, _ choices: ImportChoices, as principal: Principal,
            progress: @escaping @Sendable (Int, Int) -> Void
        ) async throws(StoreError) -> ImportOutcome {
            throw .unsupported("catalogue files")
        }
        func readDelivery(_ file: String) async throws(StoreError) -> DeliveryNote {
            throw .unsupported("lists of deliveries")
        }
        func theme(named name: String) throws(StoreError) -> Theme { throw .unsupported("themes") }
        func saveScreen(_ surface: Surface, as form: PictureForm, title: String) async throws(StoreError)
            -> String
        {
            throw .unsupported("saving")
        }
    }

    private struct StandingClock: StoreClock {
        func now() -> Timestamp { RenderCommand.now }
    }

    func validate() throws {
        guard kind != nil else {
            throw ValidationError("There is no screen \(screen); there are \(Self.screens)")
        }
        guard extent != nil else {
            throw ValidationError("--size must be like 80x24, from 40x12 to 1000x400")
        }
        if place.db != nil || place.remote != nil {
            throw ValidationError("render draws the demo shop and so takes no --db and no --remote")
        }
    }

    private var kind: ScreenKind? {
        Self.kinds.first { $0.description.lowercased() == screen.lowercased() }
    }

    private var extent: Size? {
        let parts = size.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let width = parts[0], let height = parts[1], (40...1_000).contains(width),
            (12...400).contains(height)
        else { return nil }
        return Size(width: width, height: height)
    }

    func run() async throws {
        guard let kind, let extent, let tour = ScreenTour(to: kind) else { return }
        let places = Places.current()
        let settings = try await Settings.load(SettingTable.all, flags: look.flags, in: places).checked()
        let themes = ThemeCatalog(directories: places.themeDirectories)
        let name = settings[SettingTable.theme]
        let theme: Theme
        do { theme = try themes.theme(named: name) } catch { throw CommandFailure(error.description) }
        let depth = look.noColor ? ColorDepth.mono : self.depth.depth ?? .direct
        let text = try await picture(tour, extent, theme, depth, isASCII: settings[SettingTable.ascii])
        guard let output else {
            FileHandle.standardOutput.write(Data(text.utf8))
            return
        }
        let file = try OutputFile(output)
        try file.write(text)
        try file.finish()
    }

    private func picture(
        _ tour: ScreenTour, _ extent: Size, _ theme: Theme, _ depth: ColorDepth, isASCII: Bool
    ) async throws -> String {
        let policy = ShopPolicy()
        let store = try LocalStore.temporaryDemo(
            policy: policy, clock: StandingClock(), zones: OnlyUTC(), ids: SystemIDs())
        defer { try? store.close() }
        var context = AppContext(
            policy: policy, isDemo: true, isThrowAway: true, storeLabel: "demo", version: Build.version,
            themes: [theme.name], theme: theme.name)
        context.hasTill = true
        var runtime = StillRuntime(
            state: AppState(context: context, start: tour.start), services: store.services, ids: SystemIDs(),
            ports: Still(), zones: OnlyUTC())
        await runtime.perform([.resized(AppView.viewport(extent)), .started] + tour.actions)
        let view = ViewContext(
            render: RenderContext(theme: theme, glyphs: isASCII ? .ascii : .unicode, colors: depth),
            reducedMotion: true)
        let frame = AppView.render(runtime.state.withoutSecrets, size: extent, context: view)
        return frame.surface.export(as: form.surfaceForm, title: AppView.title(runtime.state))
    }
}

extension PictureForm: ExpressibleByArgument {}
extension ColorChoice: ExpressibleByArgument {}
