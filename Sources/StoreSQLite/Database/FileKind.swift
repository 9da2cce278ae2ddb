import GRDB
import StoreDomain

/// What makes an SQLite file ours: its mark, its migrations and what a person calls it.
struct FileKind: Sendable {
    /// SQLite's `application_id`.
    let applicationID: Int32
    /// Completes "… is not a …".
    let noun: String
    /// Numbered, frozen once landed. The number of the last is the file's `user_version`.
    let migrations: [Migration]
    /// What an empty file is given at once, in place of the first migrations; nil where it goes through all of them.
    var beginning: Beginning?

    /// What a number of migrations leave in an empty file.
    struct Beginning: Sendable {
        /// How many migrations it stands for.
        let version: Int
        let statements: String
    }

    struct Migration: Sendable {
        let name: String
        /// Tables that others refer to can be made anew; references are checked at the end.
        var rebuildsTables = false
        /// The policy is that of the program that migrates: what a store without one of its own is given.
        let run: @Sendable (Database, _ settings: ShopPolicy) throws -> Void
    }

    /// A shop's store. "STOR".
    static let store = FileKind(
        applicationID: 0x5354_4F52, noun: "storefront store",
        migrations: [
            Migration(name: "1 first schema") { db, _ in try db.execute(sql: SchemaV1.statements) },
            Migration(name: "2 server", rebuildsTables: true) { db, _ in
                try SchemaV2.migrate(db)
            },
            Migration(name: "3 counter", rebuildsTables: true) { db, settings in
                try SchemaV3.migrate(db, settings: settings)
            },
            Migration(name: "4 catalogue", rebuildsTables: true) { db, settings in
                try SchemaV4.migrate(db, settings: settings)
            },
            Migration(name: "5 search") { db, _ in try SchemaV5.migrate(db) },
            Migration(name: "6 visitors") { db, _ in try db.execute(sql: SchemaV6.statements) },
            Migration(name: "7 shifts") { db, _ in try SchemaShifts.migrate(db) },
            Migration(name: "8 voids") { db, _ in try SchemaVoids.migrate(db) },
            Migration(name: "9 rights") { db, _ in try db.execute(sql: SchemaRights.statements) },
            Migration(name: "10 people") { db, _ in try db.execute(sql: SchemaPeople.statements) },
            Migration(name: "11 cards", rebuildsTables: true) { db, _ in try SchemaCards.migrate(db) },
            Migration(name: "12 exchanges") { db, _ in try db.execute(sql: SchemaExchanges.statements) },
            Migration(name: "13 setup") { db, _ in try SchemaSetup.migrate(db) },
            Migration(name: "14 reports") { db, _ in try db.execute(sql: SchemaReports.statements) },
            Migration(name: "15 office") { db, _ in try db.execute(sql: SchemaOffice.statements) },
            Migration(name: "16 desk", rebuildsTables: true) { db, _ in try SchemaDesk.migrate(db) },
            Migration(name: "17 cost") { db, _ in try db.execute(sql: SchemaCost.statements) },
            Migration(name: "18 dates") { db, _ in try db.execute(sql: SchemaDates.statements) },
        ], beginning: SchemaBeginning.sixteen)

    var version: Int { migrations.count }

    /// Brings an empty database to this version.
    ///
    /// - Parameter settings: what the migrations are told.
    func make(in writer: some DatabaseWriter, settings: ShopPolicy) throws {
        if let beginning {
            try writer.write { db in
                try db.execute(sql: beginning.statements)
                for migration in migrations.prefix(beginning.version) {
                    try db.execute(
                        sql: "INSERT INTO grdb_migrations (identifier) VALUES (?)",
                        arguments: [migration.name])
                }
                try db.execute(sql: "PRAGMA user_version = \(beginning.version)")
            }
            guard beginning.version < version else { return }
        }
        try migrator(settings: settings).migrate(writer)
    }

    /// - Parameter settings: what the migrations are told.
    func migrator(settings: ShopPolicy) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (index, migration) in migrations.enumerated() {
            migrator.registerMigration(
                migration.name, foreignKeyChecks: migration.rebuildsTables ? .deferred : .immediate
            ) { db in
                try migration.run(db, settings)
                try db.execute(sql: "PRAGMA user_version = \(index + 1)")
            }
        }
        return migrator
    }
}
