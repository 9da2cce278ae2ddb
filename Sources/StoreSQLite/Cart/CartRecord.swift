import Foundation
import GRDB
import StoreDomain

/// Carts and checkouts as rows of the state file. A content is written once: the steps of undo are copies
/// that SQLite makes of the row as it was.
struct CartRecord {
    /// A cart, and the revision of the row that it was read from; 0 before there is one.
    struct Stored: Sendable {
        var cart: Cart
        var revision: Int64
    }

    /// What a change does to the steps of undo.
    enum Undo {
        /// The content as it was becomes the latest step.
        case push
        /// The latest step is used up.
        case pop
        case clear
    }

    private struct Content: Codable {
        var lines: [CartLine]
        var discountCode: String?
    }

    let db: Database
    let store: String
    let owner: Int64

    init(db: Database, store: String, owner: CartOwner) {
        self.db = db
        self.store = store
        switch owner {
        case .guest: self.owner = 0
        case .user(let id): self.owner = id
        }
    }

    /// - Parameter known: what was read or written last; given back when it is still what is stored.
    func load(known: Stored?) throws -> Stored {
        let statement = try db.cachedStatement(
            sql: "SELECT revision, content FROM cart WHERE store = ? AND owner = ?")
        guard let row = try Row.fetchOne(statement, arguments: [store, owner]) else {
            return Stored(cart: Cart(), revision: 0)
        }
        let revision: Int64 = row["revision"]
        if let known, known.revision == revision { return known }
        let content = try decode(Content.self, row["content"])
        let steps = try String.fetchAll(
            db.cachedStatement(
                sql: "SELECT content FROM cart_undo WHERE store = ? AND owner = ? ORDER BY revision"),
            arguments: [store, owner])
        let cart = Cart(
            lines: content.lines, discountCode: content.discountCode,
            undoSteps: try steps.map { step in
                let content = try decode(Content.self, step)
                return .restore(content.lines, discountCode: content.discountCode)
            })
        return Stored(cart: cart, revision: revision)
    }

    /// Stores what became of `before`.
    func save(_ cart: Cart, over before: Stored, undo: Undo) throws -> Stored {
        guard cart != before.cart else { return before }
        switch undo {
        case .push: try pushUndo()
        case .pop:
            try db.run(
                """
                DELETE FROM cart_undo WHERE store = ?1 AND owner = ?2 AND revision =
                    (SELECT MAX(revision) FROM cart_undo WHERE store = ?1 AND owner = ?2)
                """, [store, owner])
        case .clear: try db.run("DELETE FROM cart_undo WHERE store = ? AND owner = ?", [store, owner])
        }
        let revision = max(before.revision, 1) + 1
        try db.run(
            """
            INSERT INTO cart (store, owner, revision, content) VALUES (?, ?, ?, ?)
            ON CONFLICT (store, owner) DO UPDATE SET revision = excluded.revision, content = excluded.content
            """,
            [
                store, owner, revision,
                try encode(Content(lines: cart.lines, discountCode: cart.discountCode)),
            ])
        return Stored(cart: cart, revision: revision)
    }

    func checkout() throws -> PendingCheckout? {
        try db.value(
            String.self, "SELECT content FROM checkout WHERE store = ? AND owner = ?", [store, owner]
        )
        .map { try decode(PendingCheckout.self, $0) }
    }

    func save(_ checkout: PendingCheckout) throws {
        try db.run(
            """
            INSERT INTO checkout (store, owner, content) VALUES (?, ?, ?)
            ON CONFLICT (store, owner) DO UPDATE SET content = excluded.content
            """, [store, owner, try encode(checkout)])
    }

    func forgetCheckout() throws {
        try db.run("DELETE FROM checkout WHERE store = ? AND owner = ?", [store, owner])
    }

    private func pushUndo() throws {
        // What undo goes back to must have a row; an owner's first change goes back to the empty cart.
        try db.run(
            "INSERT INTO cart (store, owner, revision, content) VALUES (?, ?, 1, ?) ON CONFLICT DO NOTHING",
            [store, owner, try encode(Content(lines: []))])
        try db.run(
            "INSERT INTO cart_undo SELECT store, owner, revision, content FROM cart WHERE store = ? AND owner = ?",
            [store, owner])
        try db.run(
            """
            DELETE FROM cart_undo WHERE store = ?1 AND owner = ?2 AND revision <=
                (SELECT revision FROM cart_undo WHERE store = ?1 AND owner = ?2
                ORDER BY revision DESC LIMIT 1 OFFSET ?3)
            """, [store, owner, Cart.undoDepth])
    }

    private func encode(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    private func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        do { return try JSONDecoder().decode(type, from: Data(text.utf8)) } catch {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no \(type)")
        }
    }
}
