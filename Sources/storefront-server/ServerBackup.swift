import ArgumentParser
import Foundation
import ProgramKit
import StoreDomain
import StorePostgres
import StoreService
import StoreSQLite

struct ServerBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the store to a file, also while it is served.",
        discussion: """
            A store in PostgreSQL is copied into a store file, in one state; `storefront-server copy` brings it back into \
            an empty database. Without a file the copy goes into a folder, named by the shop and the time, and --keep, \
            --keep-days and --keep-months say which copies stay there. Nothing is taken away before the new copy is \
            checked and on disk. --rehearse shows that a copy can be put back: exit code 1 says that it cannot. \
            `storefront-server unit --backup` prints a unit that does both.
            """)

    @OptionGroup var place: ServerStore
    @OptionGroup var backup: BackupOptions

    func run() async throws {
        let places = Places.current()
        let settings = try await Settings.load(ServerTable.all, flags: place.flags, in: places).checked()
        let address = try DatabaseAddress.find(settings, places)
        let folder = backup.folder(in: address.folder(places))
        if backup.rehearse {
            try await rehearse(address, in: folder, settings)
        } else if let file = backup.file {
            try await copy(address, to: file, overwrite: backup.overwrite, settings)
        } else {
            try await copy(address, into: BackupFolder(folder), settings)
        }
    }

    // MARK: - Copying

    private func copy(_ address: DatabaseAddress, into folder: BackupFolder, _ settings: Settings)
        async throws
    {
        let uuid = try await address.read(settings) { try $0.standing().uuid }
        try folder.prepare()
        // One of the same second is no older.
        try await copy(
            address, to: folder.place(for: uuid, at: settings.clock.now()), overwrite: true, settings)
        let retention = BackupRetention(
            last: backup.kept.keep, days: backup.kept.keepDays, months: backup.kept.keepMonths)
        for path in try folder.prune(uuid, retention) { ServerConsole.line("\(path) was taken away") }
    }

    private func copy(_ address: DatabaseAddress, to file: String, overwrite: Bool, _ settings: Settings)
        async throws
    {
        let name: String
        switch address {
        case .file(let path):
            name = path
            let database = try StoreDatabase.open(
                at: path, mode: .existing,
                createdAs: StoreSeed(policy: settings.policy, uuid: "", now: settings.clock.now()))
            let result = Result { try StoreBackup.write(database, to: file, overwrite: overwrite) }
            try database.close()
            try result.get()
        case .postgres(let database, _):
            name = database.name
            let progress = ServerProgress()
            defer { progress.finish() }
            try await PostgresShop.read(database) { shop in
                try StoreBackup.write(to: file, overwrite: overwrite) { copy in
                    _ = try ShopCopy.run(from: shop, to: copy) { step in
                        progress.show("copying \(step.table)", step.done, of: step.total)
                    }
                }
            }
        }
        ServerConsole.line("\(name) was copied to \(file)")
    }

    // MARK: - Rehearsing

    private func rehearse(_ address: DatabaseAddress, in folder: String, _ settings: Settings) async throws {
        let progress = ServerProgress()
        defer { progress.finish() }
        let uuid = try await address.readIfThere(settings) { try $0.standing().uuid }
        let file = try backup.file ?? BackupFolder(folder).latest(of: uuid)
        let rehearsal = try await BackupRehearsal.run(
            file, at: settings.clock.now(), settings: settings.policy, zones: SystemZones.shared
        ) { progress.show("checking \($0.check.rawValue)") }
        let standing = rehearsal.standing
        let comparison = try await address.readIfThere(settings) { try ShopComparison($0, with: standing) }
        progress.finish()
        for line in rehearsal.lines(comparedWith: comparison) { ServerConsole.line(line) }
        if !rehearsal.isGood(comparison) { throw ExitCode.failure }
    }
}

extension DatabaseAddress {
    /// Where copies of it go unless another folder is named.
    fileprivate func folder(_ places: Places) -> String {
        switch self {
        case .file(let path):
            let folder = (path as NSString).deletingLastPathComponent
            return folder.isEmpty ? "." : folder
        case .postgres: return places.data
        }
    }

    /// Reads the shop in one state.
    fileprivate func read<Value: Sendable>(
        _ settings: Settings, _ body: @escaping @Sendable (any ShopSource) throws -> Value
    ) async throws -> Value {
        switch self {
        case .file(let path): try SQLiteShop.read(path, settings: settings.policy, body)
        case .postgres(let address, _): try await PostgresShop.read(address, body)
        }
    }

    /// The same; nil where the shop is gone, which a copy is there for.
    fileprivate func readIfThere<Value: Sendable>(
        _ settings: Settings, _ body: @escaping @Sendable (any ShopSource) throws -> Value
    ) async throws -> Value? {
        if case .file(let path) = self, access(path, F_OK) != 0 { return nil }
        do { return try await read(settings, body) } catch StoreError.storage(let fault)
            where fault.kind == .unreachable
        { return nil }
    }
}
