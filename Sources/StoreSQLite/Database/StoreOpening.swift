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
    public static func open(
        at path: String, mode: OpenMode = .existingOrNew, createdAs seed: StoreSeed
    ) throws(StoreError) -> StoreDatabase {
        try open(at: path, kind: .store, mode: mode, settings: seed.policy) { try $0.insert(seed) }
    }

    /// The same for any kind of file.
    ///
    /// - Parameters:
    ///   - settings: the policy that an older store, which has none, is given.
    ///   - migrates: false leaves an older file as it is.
    ///   - create: fills a new file, in the transaction of its birth.
    static func open(
        at path: String, kind: FileKind, mode: OpenMode, durability: Durability = .full,
        settings: ShopPolicy = ShopPolicy(), migrates: Bool = true, create: (Database) throws -> Void
    ) throws(StoreError) -> StoreDatabase {
        let opener = StoreOpener(
            path: path, kind: kind, durability: durability, settings: settings, migrates: migrates)
        do { return try opener.open(mode: mode, create: create) } catch {
            throw opener.errors.translate(error)
        }
    }
}
