import Foundation
import GRDB
import StoreDomain
import StoreService

extension StoreDatabase {
    /// Opens the store at `path`; `.existingOrNew` makes it (0600, missing directories 0700) from `seed`.
    ///
    /// - Throws: `storage`, the file untouched: not a store, of a newer schema, unreadable, damaged (looked
    ///   at when the last program that had it open did not end well), in a place that cannot be written,
    ///   busy, disk full.
    ///
    /// - Parameter told: what messages call the file; nil for its path.
    public static func open(
        at path: String, mode: OpenMode = .existingOrNew, createdAs seed: StoreSeed, told: String? = nil
    ) throws(StoreError) -> StoreDatabase {
        try open(at: path, kind: .store, mode: mode, settings: seed.policy, told: told) {
            try $0.insert(seed)
        }
    }

    /// A store of memory alone, filled by `create`.
    static func inMemory(_ create: (Database) throws -> Void) throws(StoreError) -> StoreDatabase {
        let opener = StoreOpener(
            path: "", kind: .store, durability: .none, settings: ShopPolicy(), migrates: true,
            told: "the shop in memory")
        do { return try opener.openInMemory(create) } catch { throw opener.errors.translate(error) }
    }

    /// The same for any kind of file.
    ///
    /// - Parameters:
    ///   - settings: the policy that an older store, which has none, is given.
    ///   - migrates: false leaves an older file as it is.
    ///   - told: what messages call the file; nil for its path.
    ///   - create: fills a new file, in the transaction of its birth.
    static func open(
        at path: String, kind: FileKind, mode: OpenMode, durability: Durability = .full,
        settings: ShopPolicy = ShopPolicy(), migrates: Bool = true, told: String? = nil,
        create: (Database) throws -> Void
    ) throws(StoreError) -> StoreDatabase {
        let opener = StoreOpener(
            path: path, kind: kind, durability: durability, settings: settings, migrates: migrates, told: told
        )
        do { return try opener.open(mode: mode, create: create) } catch {
            throw opener.errors.translate(error)
        }
    }
}
