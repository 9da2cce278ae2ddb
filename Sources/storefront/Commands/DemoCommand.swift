import ArgumentParser
import ProgramKit
import StoreDomain
import StoreService
import StoreSQLite

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Make a store file with demo data, to keep.",
        discussion: """
            Its accounts are admin@example.com, staff@example.com and customer@example.com, all with the \
            password \(DemoData.password.revealed).
            """)

    static let productRange = 1...DemoData.maximumProducts

    @OptionGroup var place: StoreOptions

    @Option(help: ArgumentHelp("How many products, 1 to 1000000.", valueName: "n"))
    var products = DemoData.defaultProducts

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard Self.productRange.contains(products) else {
            throw ValidationError("--products must be 1 to 1000000")
        }
        if place.db == nil { throw ValidationError("A demo store needs a file to be made: --db PATH") }
    }

    func run() async throws {
        let settings = try await Settings.load(SettingTable.all, flags: place.flags, in: .current()).checked()
        try settings.requireWriting()
        guard let db = place.db else { return }
        guard !FileStatus.exists(db) else {
            throw CommandFailure("\(db) exists already; name a new file for the demo store")
        }
        let now = settings.clock.now()
        let database = try StoreDatabase.open(
            at: db,
            createdAs: StoreSeed(
                policy: settings.policy, isDemo: true,
                uuid: SystemIDs().idempotencyKey().text, now: now))
        let progress = SharedProgress("filling", of: products)
        defer { progress.finish() }
        do {
            try await DemoData.fill(database, products: products, now: now) { progress.show($0) }
        } catch {
            try? database.close()
            FileStatus.removeStore(db)
            throw error
        }
        try database.close()
        progress.finish()
        Outcome.print(
            "\(db) has \(products.counted("product")); sign in as admin@example.com with "
                + DemoData.password.revealed,
            [("store", .string(db)), ("products", .int(products))], output)
    }
}
