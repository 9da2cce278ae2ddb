import Dispatch
import Foundation
import Logging
import StoreDomain
import StoreRemote
import StoreSQLite
import StoreTransfer
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit

/// The session's way to printer, files, themes and demo data.
struct SessionPorts: RuntimePorts {
    let printer: Printer?
    let drawer: Drawer?
    let mail: MailCommand?
    /// nil where nothing goes wrong on purpose.
    let faults: StoreFaults?
    let receiptDirectory: String
    let themes: ThemeCatalog
    let preferences: Preferences
    /// nil for a shop that keeps nothing.
    let signIns: SignInMemory?
    /// nil for a store file.
    let remote: RemoteStore?
    /// Asks a server for its shop.
    let check: @Sendable (ServerAddress) async throws(StoreError) -> Void
    /// nil for a shop without a back office.
    let imports: CatalogImports?
    let setUpFor: @Sendable (Country) async throws(StoreError) -> ShopPolicy
    let fillWithDemoData: @Sendable (@escaping @Sendable (Int, Int) -> Void) async throws(StoreError) -> Void
    /// nil where no macros are kept.
    let macros: MacroFile?
    let currency: Currency
    let keyMap: KeyMap
    let logger: Logger?
    let notices: AsyncStream<String>?
    /// nil where nobody can look on.
    let audience: (any TillAudience)?

    func printReceipt(_ page: PrintedPage) async throws(StoreError) {
        guard let printer else { throw .unsupported("printing: printer.command is not set") }
        try await printer.print(page)
    }

    func mailReceipt(_ text: String, subject: String, to recipient: Email) async throws(StoreError) {
        guard let mail else { throw .unsupported("mail: mail.command is not set") }
        try await mail.send(text, subject: subject, to: recipient)
    }

    func arm(fault: String) {
        if let fault = TapedFault(fault) { faults?.arm(fault) }
    }

    var standingFaults: [String] { faults?.standing ?? [] }

    func heldBack<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value {
        if let faults { await faults.heldBack(body) } else { await body() }
    }

    func passEvent(waits: Bool) { faults?.passEvent(waits: waits) }

    func openDrawer() async throws(StoreError) {
        guard let drawer else { throw .unsupported("a drawer: drawer.command is not set") }
        try await drawer.open()
    }

    func saveReceipt(_ text: String, orderID: Int64) async throws(StoreError) -> String {
        try write(text, named: "receipt-\(orderID)", ending: "txt", what: "receipts of order \(orderID)")
    }

    func saveReport(_ text: String, named name: String, ending: String)
        async throws(StoreError) -> String
    {
        try write(text, named: name, ending: ending, what: "reports \(name)")
    }

    func saveExport(_ export: CustomerExport) async throws(StoreError) -> String {
        try write(
            WireText.line(export), named: "customer-\(export.user.id)", ending: "json",
            what: "exports of customer \(export.user.id)")
    }

    func saveJournal(
        of chain: String,
        _ records: @escaping @Sendable (_ number: Int) async throws(StoreError) -> [JournalRecord]
    ) async throws(StoreError) -> String {
        let new = try newFile(
            named: "journal-\(chain.filter { $0.isLetter || $0.isNumber })", ending: "jsonl", what: "journals"
        )
        var next = 1
        while true {
            let some = try await records(next)
            guard let last = some.last else { break }
            try new.add(some.map { WireText.line($0) }.joined())
            next = last.number + 1
        }
        return try new.finish()
    }

    func copyThroughTmux(_ text: String) async throws(StoreError) {
        try await TmuxBuffer().load(Sanitizer.harmless(text, keepNewlines: true))
    }

    func exportOrders(_ orders: [Order]) async throws(StoreError) -> String {
        try write(OrderTable.text(orders), named: "orders", ending: "csv", what: "exports of orders")
    }

    func saveScreen(
        _ surface: Surface, as form: PictureForm, title: String
    ) async throws(StoreError) -> String {
        try write(
            surface.export(as: form.surfaceForm, title: title), named: "screen", ending: form.ending,
            what: "screens")
    }

    /// Writes a new file where receipts go.
    ///
    /// - Parameter what: what there would be too many of.
    private func write(
        _ text: String, named name: String, ending: String, what: String
    ) throws(StoreError) -> String {
        let new = try newFile(named: name, ending: ending, what: what)
        try new.add(text)
        return try new.finish()
    }

    /// A file of a name that is not there yet, where receipts go.
    private func newFile(named name: String, ending: String, what: String) throws(StoreError) -> NewFile {
        do {
            try FileManager.default.createDirectory(
                atPath: receiptDirectory, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .device(
                "\(receiptDirectory) cannot be made; set receipt.directory to one that can be written")
        }
        let base = "\(receiptDirectory)/\(name)"
        for attempt in 1...1000 {
            let path = attempt == 1 ? "\(base).\(ending)" : "\(base)-\(attempt).\(ending)"
            if !FileManager.default.fileExists(atPath: path) { return try NewFile(path) }
        }
        throw .device("\(receiptDirectory) has too many \(what)")
    }

    /// A file that is there under its name once all of it is written.
    private struct NewFile {
        private let file: OutputFile
        private let path: String

        init(_ path: String) throws(StoreError) {
            self.path = path
            do { file = try OutputFile(path) } catch { throw Self.trouble(path) }
        }

        func add(_ text: String) throws(StoreError) {
            do { try file.write(text) } catch { throw Self.trouble(path) }
        }

        /// Returns the path.
        func finish() throws(StoreError) -> String {
            do { try file.finish() } catch { throw Self.trouble(path) }
            return path
        }

        private static func trouble(_ path: String) -> StoreError {
            .device("\(path) cannot be written; set receipt.directory to a place that can")
        }
    }

    func setUp(_ country: Country) async throws(StoreError) -> ShopPolicy { try await setUpFor(country) }

    func loadDemoData(progress: @escaping @Sendable (Int, Int) -> Void) async throws(StoreError) {
        try await fillWithDemoData(progress)
    }

    func lookAtCatalog(_ file: String, _ choices: ImportChoices, as principal: Principal)
        async throws(StoreError) -> ImportPreview
    {
        guard let imports else { throw .unsupported("catalogue files") }
        return try await imports.look(at: file, choices, as: principal)
    }

    func importCatalog(
        _ preview: ImportPreview, _ choices: ImportChoices, as principal: Principal,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(StoreError) -> ImportOutcome {
        guard let imports else { throw .unsupported("catalogue files") }
        return try await imports.carryOut(preview, choices, as: principal, progress: progress)
    }

    func readDelivery(_ file: String) async throws(StoreError) -> DeliveryNote {
        let currency = currency
        // On a thread of its own: the program goes on meanwhile.
        let note = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(StoreError) in try DeliveryNote.read(file, currency) })
            }
        }
        return try note.get()
    }

    func findShop(at address: String) async throws(StoreError) -> String {
        let server = try ServerAddress(address)
        try await check(server)
        return server.text
    }

    func theme(named name: String) throws(StoreError) -> Theme {
        do {
            return try themes.theme(named: name)
        } catch {
            throw .device(error.description)
        }
    }

    var connectionChanges: AsyncStream<ConnectionState>? { remote?.health.changes }

    func reconnect(attempt: Int) async -> Bool { await remote?.reconnect(attempt: attempt) ?? true }

    func keepTheme(named name: String) throws(StoreError) { try preferences.keep(theme: name) }

    func keepMacro(_ macro: TillMacro) async throws(StoreError) -> MacroShelf {
        guard let macros else { throw .unsupported("keeping macros") }
        return try macros.add(macro, currency, keyMap)
    }

    func keepEmail(_ email: String) async throws(StoreError) { try await signIns?.keep(email) }
}
