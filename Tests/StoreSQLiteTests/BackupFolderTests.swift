import Foundation
import GRDB
import StoreDomain
import StoreService
import Testing

@testable import StoreSQLite

@Suite("Folders of copies", .serialized)
struct BackupFolderTests {
    private static let uuid = "11111111-2222-4333-8444-555555555555"

    private func stamps(_ times: [(day: String, hours: [String])]) -> [String] {
        times.flatMap { time in time.hours.map { "2026-\(time.day)T\($0)0000Z" } }
    }

    // MARK: - What is kept

    @Test("Nothing said keeps all, and the latest is always kept")
    func all() {
        let all = stamps([("01-01", ["01", "02"]), ("02-01", ["01"])])
        #expect(BackupRetention().superseded(all).isEmpty)
        #expect(BackupRetention(last: 1).superseded(["2026-01-01T010000Z"]).isEmpty)
        #expect(BackupRetention(days: 1).superseded(all).sorted() == Array(all.prefix(2)))
        #expect(BackupRetention(last: 3).superseded([]).isEmpty)
    }

    @Test("The latest, the last of days and the last of months are kept, whichever rule wants them")
    func rules() {
        let all = stamps([
            ("01-30", ["01", "23"]), ("01-31", ["01", "12"]), ("03-01", ["08", "09"]),
            ("03-02", ["07", "08"]),
        ])
        let left = { (retention: BackupRetention) in
            all.filter { !Set(retention.superseded(all.shuffled())).contains($0) }
        }
        #expect(left(BackupRetention(last: 3)) == stamps([("03-01", ["09"]), ("03-02", ["07", "08"])]))
        // Days without a copy do not count.
        #expect(
            left(BackupRetention(days: 3))
                == stamps([("01-31", ["12"]), ("03-01", ["09"]), ("03-02", ["08"])]))
        #expect(left(BackupRetention(months: 5)) == stamps([("01-31", ["12"]), ("03-02", ["08"])]))
        #expect(
            left(BackupRetention(last: 2, days: 2, months: 2))
                == stamps([("01-31", ["12"]), ("03-01", ["09"]), ("03-02", ["07", "08"])]))
    }

    // MARK: - The folder

    @Test("Copies are found by their names; those of other shops and whatever else lies there stay")
    func prune() throws {
        let directory = try TemporaryDirectory()
        let folder = BackupFolder(directory.file("copies/inner"))
        #expect(throws: StoreError.self) { try folder.copies() }
        try folder.prepare()
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
        #expect(throws: StoreError.self) { try folder.latest(of: nil) }

        let own = (0..<4).map { folder.place(for: Self.uuid, at: Timestamp(seconds: 1_767_323_045 + $0)) }
        #expect(own.first == "\(folder.path)/shop-11111111-2026-01-02T030405Z.db")
        let other = folder.place(for: "9999-99990000", at: Timestamp(seconds: 1_767_400_000))
        let strange = ["notes.txt", "shop-11111111-2026-01-02T030405Z.db.old", "shop-2026-01-02T030405Z.db"]
            .map { "\(folder.path)/\($0)" }
        for path in own + [other] + strange { try Data("x".utf8).write(to: URL(fileURLWithPath: path)) }
        // A link by such a name is nobody's copy.
        let link = "\(folder.path)/shop-11111111-2030-01-02T030405Z.db"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: strange[0])

        #expect(try folder.copies(of: Self.uuid).map(\.path) == own.reversed())
        #expect(try folder.latest(of: Self.uuid) == own.last)
        #expect(try folder.latest(of: nil) == other)
        let gone = try folder.prune(Self.uuid, BackupRetention(last: 1))
        #expect(gone.sorted() == Array(own.dropLast()))
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
            "\(folder.path)/\($0)"
        }
        #expect(left.sorted() == ([own[3], other, link] + strange).sorted())
    }

    @Test("What a kill left of an unfinished copy is taken away, one in the making is not")
    func leftovers() throws {
        let directory = try TemporaryDirectory()
        let folder = BackupFolder(directory.path)
        let place = folder.place(for: Self.uuid, at: .test)
        for end in ["", "-journal"] {
            try directory.write(Data(), to: "shop-11111111-2026-01-02T030405Z.db.0a0a0a0a.part\(end)")
        }
        try directory.write(Data(), to: "mine.txt.0a0a0a0a.part")
        let draft = try BackupDraft(beside: place)
        let making = try directory.names().filter { !$0.contains(".0a0a0a0a.") }
        #expect(making.count == 1)
        _ = try folder.prune(Self.uuid, BackupRetention())
        #expect(try directory.names() == (making + ["mine.txt.0a0a0a0a.part"]).sorted())
        withExtendedLifetime(draft) {}
    }

    // MARK: - Rehearsing

    private func rehearse(_ path: String) async throws -> BackupRehearsal {
        try await BackupRehearsal.run(path, at: .test, settings: ShopPolicy(), zones: OnlyUTC())
    }

    @Test("A copy is put back, opened, verified and found to be an earlier state of its shop")
    func rehearsal() async throws {
        let store = try await TestStore()
        _ = try await store.sell(1, 2, key: "a")
        let path = store.directory.file("copy.db")
        try StoreBackup.write(store.database, to: path)
        let before = try store.directory.bytes("copy.db")
        _ = try await store.sell(1, 1, key: "b")

        let rehearsal = try await rehearse(path)
        #expect(rehearsal.violations.isEmpty && rehearsal.standing.uuid == Self.uuid)
        #expect(rehearsal.standing.rows["orders"] == 1 && rehearsal.standing.rows["product"] == 3)
        #expect(rehearsal.standing.journal.values.map(\.number).max() ?? 0 > 0)
        let comparison = try await store.database.comparison(with: rehearsal.standing)
        #expect(comparison.differences.isEmpty && rehearsal.isGood(comparison) && rehearsal.isGood(nil))
        #expect(comparison.standing.rows["orders"] == 2)
        let lines = rehearsal.lines(comparedWith: comparison)
        #expect(lines.contains("orders: 1, in the shop now 2"), "\(lines)")
        #expect(try store.directory.bytes("copy.db") == before)
        #expect(try store.directory.names().filter { $0.hasPrefix("copy") } == ["copy.db"])
    }

    @Test("A shop that was set back since, and another shop, are told")
    func setBack() async throws {
        let store = try await TestStore()
        let old = store.directory.file("old.db")
        try StoreBackup.write(store.database, to: old)
        _ = try await store.sell(1, 2, key: "a")
        let new = store.directory.file("new.db")
        try StoreBackup.write(store.database, to: new)
        let path = store.database.path
        try store.database.close()
        _ = try StoreBackup.restore(from: old, to: path, at: .test)

        let reopened = try StoreDatabase.open(at: path, createdAs: .test())
        let rehearsal = try await rehearse(new)
        let comparison = try await reopened.comparison(with: rehearsal.standing)
        #expect(!rehearsal.isGood(comparison))
        #expect(
            comparison.differences.contains("The copy has 1 rows of orders, the shop 0."),
            "\(comparison.differences)")
        #expect(comparison.differences.contains { $0.contains("journal") }, "\(comparison.differences)")
        try reopened.close()

        let other = try StoreDatabase.open(
            at: store.directory.file("other.db"),
            createdAs: StoreSeed(policy: ShopPolicy(), uuid: "another", now: .test))
        #expect(
            try await other.comparison(with: rehearsal.standing).differences == [
                "The copy is of another shop."
            ])
        try other.close()
    }

    @Test("A copy whose books do not add up is no good, and a damaged one cannot be put back")
    func bad() async throws {
        let store = try await TestStore()
        _ = try await store.sell(1, 2, key: "a")
        try store.tamper("UPDATE product SET stock = stock + 1 WHERE id = 1")
        let path = store.directory.file("copy.db")
        try StoreBackup.write(store.database, to: path)
        let rehearsal = try await rehearse(path)
        #expect(rehearsal.violations.map(\.check) == [.stock] && !rehearsal.isGood(nil))
        #expect(rehearsal.lines(comparedWith: nil).contains("verify: 1 violation"))

        var bytes = try store.directory.bytes("copy.db")
        for offset in 4096..<12_288 { bytes[offset] = 0xA5 }
        try store.directory.write(bytes, to: "damaged.db")
        await #expect(throws: StoreError.self) { try await rehearse(store.directory.file("damaged.db")) }
    }

    @Test("A shop that is no store file is copied whole or not at all")
    func rows() async throws {
        let store = try await TestStore()
        _ = try await store.sell(2, 1, key: "a")
        let path = store.directory.file("copy.db")
        try SQLiteShop.read(store.database.path, settings: ShopPolicy()) { shop in
            try StoreBackup.write(to: path) { _ = try ShopCopy.run(from: shop, to: $0) { _ in } }
        }
        let rehearsal = try await rehearse(path)
        #expect(rehearsal.isGood(try await store.database.comparison(with: rehearsal.standing)))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let names = try store.directory.names()
        #expect(throws: StoreError.self) { try StoreBackup.write(to: path) { _ in } }
        #expect(throws: StoreError.unsupported("this")) {
            try StoreBackup.write(to: path, overwrite: true) { _ in throw StoreError.unsupported("this") }
        }
        #expect(try store.directory.names() == names)
        #expect(try await rehearse(path).isGood(nil))
    }
}
