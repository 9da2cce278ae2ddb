import Foundation
import GRDB
import StoreDomain

/// A basket as rows of the state file. A content is written once: the steps of undo and redo are copies that
/// SQLite makes of the row as it was.
struct BasketRecord {
    /// A cart, and the row and revision that it was read from.
    struct Stored: Sendable {
        let id: Int64
        var cart: Cart
        var revision: Int64
    }

    /// What a change does to the steps.
    enum Step {
        /// The content as it was becomes the latest step of undo, and there is nothing to make again.
        case change
        /// The latest step of undo is used up, and the content as it was becomes the latest of redo.
        case undo
        /// The other way round.
        case redo
        /// There is nothing to go back to.
        case forget
    }

    struct Content: Codable {
        var lines: [CartLine]
        var discountCode: String?
        var terms: SaleTerms?

        init(_ cart: Cart) {
            lines = cart.lines
            discountCode = cart.discountCode
            terms = cart.addedTerms
        }
    }

    let db: Database
    let id: Int64

    /// Makes the row of an empty basket that a session has.
    static func make(
        _ db: Database, store: String, owner: CartOwner, session: Int64, at now: Timestamp
    ) throws -> BasketRecord {
        try db.run(
            """
            INSERT INTO basket (store, owner, session, is_held, changed_at, revision, content)
            VALUES (?, ?, ?, 1, ?, 1, ?)
            """,
            [store, owner.number, session, now.milliseconds, try encode(Content(Cart()))])
        return BasketRecord(db: db, id: db.lastInsertedRowID)
    }

    /// - Parameter known: what was read or written last; given back when it is still what is stored.
    func load(known: Stored?) throws -> Stored {
        let statement = try db.cachedStatement(sql: "SELECT revision, content FROM basket WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no basket \(id)")
        }
        let revision: Int64 = row["revision"]
        if let known, known.id == id, known.revision == revision { return known }
        let content = try Self.decode(Content.self, row["content"])
        let cart = Cart(
            lines: content.lines, discountCode: content.discountCode, terms: content.terms,
            undoSteps: try steps(redo: false), redoSteps: try steps(redo: true))
        return Stored(id: id, cart: cart, revision: revision)
    }

    private func steps(redo: Bool) throws -> [CartChange] {
        try String.fetchAll(
            db.cachedStatement(
                sql: "SELECT content FROM basket_step WHERE basket = ? AND is_redo = ? ORDER BY revision"),
            arguments: [id, redo]
        ).map { step in
            let content = try Self.decode(Content.self, step)
            return .restore(content.lines, discountCode: content.discountCode, terms: content.terms)
        }
    }

    /// Stores what became of `before`.
    func save(_ cart: Cart, over before: Stored, step: Step, at now: Timestamp) throws -> Stored {
        guard cart != before.cart else { return before }
        switch step {
        case .change:
            try push(redo: false)
            try db.run("DELETE FROM basket_step WHERE basket = ? AND is_redo = 1", [id])
        case .undo:
            try push(redo: true)
            try pop(redo: false)
        case .redo:
            try push(redo: false)
            try pop(redo: true)
        case .forget: try db.run("DELETE FROM basket_step WHERE basket = ?", [id])
        }
        let revision = before.revision + 1
        try db.run(
            "UPDATE basket SET revision = ?, content = ?, changed_at = ? WHERE id = ?",
            [
                revision, try Self.encode(Content(cart)), now.milliseconds, id,
            ])
        return Stored(id: id, cart: cart, revision: revision)
    }

    func delete() throws { try db.run("DELETE FROM basket WHERE id = ?", [id]) }

    // The column holds a checkout, the sale of a till or its parking, which are told by their keys.

    func checkout() throws -> PendingCheckout? {
        try pending(
            PendingCheckout.self,
            where: "checkout ->> '$.saleKey' IS NULL AND checkout ->> '$.parkingKey' IS NULL")
    }

    func sale() throws -> PendingSale? {
        try pending(PendingSale.self, where: "checkout ->> '$.saleKey' IS NOT NULL")
    }

    func parking() throws -> PendingParking? {
        try pending(PendingParking.self, where: "checkout ->> '$.parkingKey' IS NOT NULL")
    }

    private func pending<T: Decodable>(_ type: T.Type, where condition: String) throws -> T? {
        try db.value(String?.self, "SELECT checkout FROM basket WHERE id = ? AND \(condition)", [id])
            .flatMap { $0 }.map { try Self.decode(type, $0) }
    }

    /// - Throws: `keyBusy` where a sale or its parking is stored.
    func save(_ checkout: PendingCheckout) throws {
        guard try sale() == nil, try parking() == nil else { throw StoreError.keyBusy }
        try keep(checkout)
    }

    /// - Throws: `keyBusy` where a checkout is stored that was confirmed, or the parking of the sale.
    func save(_ sale: PendingSale) throws {
        if let checkout = try checkout(), checkout.isConfirmed { throw StoreError.keyBusy }
        guard try parking() == nil else { throw StoreError.keyBusy }
        try keep(sale)
    }

    /// - Throws: `keyBusy` where a sale is stored, or a checkout that was confirmed.
    func save(_ parking: PendingParking) throws {
        if let checkout = try checkout(), checkout.isConfirmed { throw StoreError.keyBusy }
        guard try sale() == nil else { throw StoreError.keyBusy }
        try keep(parking)
    }

    private func keep(_ pending: some Encodable) throws {
        try db.run("UPDATE basket SET checkout = ? WHERE id = ?", [try Self.encode(pending), id])
    }

    func forgetCheckout() throws { try db.run("UPDATE basket SET checkout = NULL WHERE id = ?", [id]) }

    /// Keeps the content as it is as the latest step, and no more than undo goes back.
    private func push(redo: Bool) throws {
        try db.run(
            """
            INSERT INTO basket_step (basket, is_redo, revision, content)
            SELECT id, ?, revision, content FROM basket WHERE id = ?
            """, [redo, id])
        try db.run(
            """
            DELETE FROM basket_step WHERE basket = ?1 AND is_redo = ?2 AND revision <=
                (SELECT revision FROM basket_step WHERE basket = ?1 AND is_redo = ?2
                ORDER BY revision DESC LIMIT 1 OFFSET ?3)
            """, [id, redo, Cart.undoDepth])
    }

    private func pop(redo: Bool) throws {
        try db.run(
            """
            DELETE FROM basket_step WHERE basket = ?1 AND is_redo = ?2 AND revision =
                (SELECT MAX(revision) FROM basket_step WHERE basket = ?1 AND is_redo = ?2)
            """, [id, redo])
    }

    static func encode(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    static func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        do { return try JSONDecoder().decode(type, from: Data(text.utf8)) } catch {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no \(type)")
        }
    }
}

extension CartOwner {
    /// As the state file has it: an account's id, or 0 for guests.
    var number: Int64 {
        switch self {
        case .guest: 0
        case .user(let id): id
        }
    }

    init(number: Int64) { self = number == 0 ? .guest : .user(number) }
}
