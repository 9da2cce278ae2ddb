import ArgumentParser
import ProgramKit
import StoreDomain
import StorePostgres
import StoreService
import StoreSQLite

/// `storefront-server copy`: a whole shop from one store to another.
struct ServerCopy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copy a whole shop from SQLite to PostgreSQL or back.",
        discussion: """
            Both are a store file, an address such as postgresql://USER@HOST:PORT/NAME, or DATABASE_URL for the address that \
            the variable of that name has: one with a password is not taken from the command line, which everybody on the \
            machine can read. The shop may be open meanwhile: what is copied is what it held at the start. It goes into a file that is not there, or an empty \
            database: whole, and compared on both sides, or not at all.

            The carts of terminals are no part of a store and stay where they are.
            """)

    @Option(help: ArgumentHelp("The store to copy.", valueName: "store"))
    var from: String

    @Option(help: ArgumentHelp("Where to.", valueName: "store"))
    var to: String

    func run() async throws {
        let settings = try await Settings.load(ServerTable.all, flags: [:], in: Places.current()).checked()
        let progress = ServerProgress()
        let report: ShopCopy.Report
        do {
            defer { progress.finish() }
            report = try await copy(
                try DatabaseAddress.named(from, option: "--from", settings),
                try DatabaseAddress.named(to, option: "--to", settings),
                settings.policy, progress)
        }
        for (table, count) in report.rows { ServerConsole.line("\(table): \(count)") }
        for (chain, head) in report.journal.sorted(by: { $0.key < $1.key }) {
            ServerConsole.line("journal \(chain): \(head.number) records, the last \(head.hash)")
        }
        ServerConsole.line("Copied. Rows, sums and the journal's last hashes are the same on both sides.")
    }

    private func copy(
        _ source: DatabaseAddress, _ target: DatabaseAddress, _ policy: ShopPolicy, _ progress: ServerProgress
    ) async throws -> ShopCopy.Report {
        @Sendable func run(_ source: any ShopSource, _ target: any ShopTarget) throws -> ShopCopy.Report {
            let report = try ShopCopy.run(from: source, to: target) { step in
                progress.show("copying \(step.table)", step.done, of: step.total)
            }
            progress.show("writing it to disk")
            return report
        }
        switch (source, target) {
        case (.file(let old), .file(let new)):
            return try SQLiteShop.read(old, settings: policy) { old in
                try SQLiteShop.write(new) { try run(old, $0) }
            }
        case (.file(let old), .postgres(let new, _)):
            return try await PostgresShop.write(new) { new in
                try SQLiteShop.read(old, settings: policy) { try run($0, new) }
            }
        case (.postgres(let old, _), .file(let new)):
            return try await PostgresShop.read(old) { old in try SQLiteShop.write(new) { try run(old, $0) } }
        case (.postgres, .postgres):
            throw ProgramFailure("From PostgreSQL to PostgreSQL a shop is copied by pg_dump and pg_restore")
        }
    }
}
