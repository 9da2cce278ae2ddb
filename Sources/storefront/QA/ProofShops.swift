import Foundation
import ProgramKit
import StoreDomain
import StoreService
import StoreSQLite
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit

/// Makes the throw-away shops that tapes are proved in: as the tape's own was, one for each proof.
enum ProofShops {
    /// Proves a tape in a new shop.
    static func prove(_ tape: Tape, _ answers: Proof.Answers) async throws -> ProofResult {
        try await withShop(for: tape.header) { shop in
            var proof = Proof(tape, in: shop, answers: answers)
            return await proof.run()
        }
    }

    /// Lets a random hand use a new shop.
    static func explore(_ exploration: Exploration, _ heard: (String) -> Void) async throws -> ProofResult {
        try await withShop(for: exploration.header) { shop in
            var explorer = Explorer(exploration, in: shop)
            return await explorer.run(heard)
        }
    }

    /// Makes a shop as the tape's own was, and throws it away.
    ///
    /// - Throws: `CommandFailure` for a masked tape, whose shop is not here.
    static func withShop(
        for header: TapeHeader, _ body: (ProofShop) async -> ProofResult
    ) async throws -> ProofResult {
        try TapeFile.requireShop(of: header, named: "The tape")
        let facts = header.facts
        let themes = header.themes(else: TapeFile.theme)
        let ids = SeededIDs(seed: facts.seed)
        let zones = TapeZones(header)
        let faults = StoreFaults(clock: facts.clock, zone: zones.machine)
        let context = header.state?.desk.context
        let store = try LocalStore.demoInMemory(
            products: facts.products,
            purpose: context?.kiosk == nil
                ? .till(context?.till ?? Till.standard) : .kiosk(visitor: visitor),
            policy: header.state?.desk.policy ?? ShopPolicy(), clock: faults, zones: zones, ids: ids,
            hasher: hasher)
        let shop = ProofShop(
            outside: Outside(
                services: faults.wrap(services(of: store, context, ids)), ids: ids,
                ports: ProofPorts(themes: themes),
                zones: zones),
            checked: CheckedShop(store.services) { () throws(StoreError) in
                try await StoreVerifier(store.database, zones: SystemZones.shared).verify().map(\.sentence)
            },
            faults: faults, zones: zones, secret: secret, themes: themes)
        let result = await body(shop)
        try store.close()
        return result
    }

    /// In a kiosk those that its visitors have.
    private static func services(of store: LocalStore, _ context: AppContext?, _ ids: any IDSource)
        -> StoreServices
    {
        guard context?.kiosk != nil else { return store.services }
        return store.services.forVisitors(
            VisitorLimits(), registrations: VisitTally(),
            identity: context?.visitor.map {
                store.visitors.service(for: $0.key, visitor: visitor, ids: ids)
            }
        ) { _ in }
    }

    private static let visitor = "proof"

    /// Each proof signs in the same people.
    private static let hasher = RememberingHasher()

    /// What is typed where a tape has a password: the demo's, unless the environment names another one.
    static var secret: Secret {
        Secret(ProcessInfo.processInfo.environment["STOREFRONT_QA_SECRET"] ?? AppContext.demoPassword)
    }
}

/// Printer, files and themes of a proof: everything works and nothing leaves the program.
private struct ProofPorts: RuntimePorts {
    let themes: @Sendable (String) -> Theme?

    func openDrawer() async throws(StoreError) {}
    func printReceipt(_ page: PrintedPage) async throws(StoreError) {}
    func mailReceipt(_ text: String, subject: String, to recipient: Email) async throws(StoreError) {}
    func setUp(_ country: Country) async throws(StoreError) -> ShopPolicy {
        throw .unsupported("another country")
    }
    func saveReceipt(_ text: String, orderID: Int64) async throws(StoreError) -> String {
        "receipt-\(orderID).txt"
    }
    func saveReport(_ text: String, named name: String, ending: String)
        async throws(StoreError) -> String
    { "\(name).\(ending)" }
    func copyThroughTmux(_ text: String) async throws(StoreError) {}
    func exportOrders(_ orders: [Order]) async throws(StoreError) -> String { "orders.csv" }
    func saveExport(_ export: CustomerExport) async throws(StoreError) -> String {
        "customer-\(export.user.id).json"
    }
    func saveJournal(
        of chain: String,
        _ records: @escaping @Sendable (_ number: Int) async throws(StoreError) -> [JournalRecord]
    ) async throws(StoreError) -> String { "journal-\(chain).jsonl" }
    func keepMacro(_ macro: TillMacro) async throws(StoreError) -> MacroShelf {
        throw .unsupported("keeping macros")
    }
    func reconnect(attempt: Int) async -> Bool { true }
    func loadDemoData(progress: @escaping @Sendable (Int, Int) -> Void) async throws(StoreError) {
        throw .unsupported("demo data")
    }
    func findShop(at address: String) async throws(StoreError) -> String { throw .unsupported("servers") }
    func keepTheme(named name: String) throws(StoreError) {}
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
    func theme(named name: String) throws(StoreError) -> Theme {
        guard let theme = themes(name) else { throw .unsupported("the theme \(name)") }
        return theme
    }
    func saveScreen(_ surface: Surface, as form: PictureForm, title: String) async throws(StoreError)
        -> String
    {
        "screen.\(form.ending)"
    }
}
