import StoreDomain
import StoreRemote
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// A visitor's way to the world beside the shop: there is a printer, if the owner wants it, and nothing else.
struct KioskPorts: RuntimePorts {
    let printer: DeviceCommand?
    let themes: ThemeCatalog
    /// nil for a store of this host.
    let remote: RemoteStore?
    /// What the owner wants; nil where nobody can say it.
    let ownersWishes: AsyncStream<AppAction>?
    /// Takes a picture of the screen for the owner.
    let showOwner: @Sendable (String) throws(StoreError) -> Void

    func openDrawer() async throws(StoreError) { throw .unsupported("a drawer") }

    func mailReceipt(_ text: String, subject: String, to recipient: Email) async throws(StoreError) {
        throw .unsupported("mail")
    }
    func printReceipt(_ page: PrintedPage) async throws(StoreError) {
        guard let printer else { throw .unsupported("printing") }
        do {
            try await printer.send(page.text)
        } catch {
            // What the command complained of is for the owner.
            throw .device("The receipt could not be printed; ask at the counter")
        }
    }

    func saveReceipt(_ text: String, orderID: Int64) async throws(StoreError) -> String {
        throw .unsupported("files")
    }

    func saveReport(_ text: String, named name: String, ending: String)
        async throws(StoreError) -> String
    {
        throw .unsupported("files")
    }

    func exportOrders(_ orders: [Order]) async throws(StoreError) -> String { throw .unsupported("files") }

    func saveExport(_ export: CustomerExport) async throws(StoreError) -> String {
        throw .unsupported("files")
    }
    func saveJournal(
        of chain: String,
        _ records: @escaping @Sendable (_ number: Int) async throws(StoreError) -> [JournalRecord]
    ) async throws(StoreError) -> String { throw .unsupported("files") }
    func keepMacro(_ macro: TillMacro) async throws(StoreError) -> MacroShelf {
        throw .unsupported("keeping macros")
    }

    /// A visitor has no command for it: it is the owner who looks.
    func saveScreen(
        _ surface: Surface, as form: PictureForm, title: String
    ) async throws(StoreError) -> String {
        try showOwner(surface.export(as: form.surfaceForm, title: title))
        return ""
    }

    func copyThroughTmux(_ text: String) async throws(StoreError) { throw .unsupported("tmux") }

    func setUp(_ country: Country) async throws(StoreError) -> ShopPolicy {
        throw .unsupported("a country")
    }
    func loadDemoData(progress: @escaping @Sendable (Int, Int) -> Void) async throws(StoreError) {
        throw .unsupported("demo data")
    }

    func lookAtCatalog(_ file: String, _ choices: ImportChoices, as principal: Principal)
        async throws(StoreError) -> ImportPreview
    { throw .unsupported("catalogue files") }

    func importCatalog(
        _ preview: ImportPreview, _ choices: ImportChoices, as principal: Principal,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(StoreError) -> ImportOutcome { throw .unsupported("catalogue files") }

    func readDelivery(_ file: String) async throws(StoreError) -> DeliveryNote {
        throw .unsupported("lists of deliveries")
    }

    func findShop(at address: String) async throws(StoreError) -> String {
        throw .unsupported("other servers")
    }

    func theme(named name: String) throws(StoreError) -> Theme {
        do { return try themes.theme(named: name) } catch { throw .device("This theme cannot be shown") }
    }

    /// The next visitor begins with the usual one.
    func keepTheme(named name: String) throws(StoreError) {}
    func keepEmail(_ email: String) async throws(StoreError) {}

    var connectionChanges: AsyncStream<ConnectionState>? { remote?.health.changes }
    func reconnect(attempt: Int) async -> Bool { await remote?.reconnect(attempt: attempt) ?? true }
}
