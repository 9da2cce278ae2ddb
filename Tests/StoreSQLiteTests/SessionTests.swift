import Foundation
import GRDB
import StoreContracts
import StoreDomain
import Testing

@testable import StoreSQLite

/// Baskets belong to sessions. Each opening of the file is a session, as each program's is.
@Suite("Baskets of several programs on one state file", .serialized)
struct SessionTests {
    private let directory: TemporaryDirectory
    private let clock = TestClock()
    private let owner = CartOwner.user(1)

    init() throws { directory = try TemporaryDirectory() }

    private func line(_ id: Int64) -> CartLine {
        CartLine(productID: id, name: "Product \(id)", unitPriceMinor: 100, knownStock: 9_999, quantity: 0)
    }

    private struct Program {
        let state: StateDatabase
        let carts: SQLiteCartService
    }

    private func start(_ store: String = "a") throws -> Program {
        let state = try StateDatabase.open(at: directory.file("state.db"))
        return Program(state: state, carts: SQLiteCartService(state: state, store: store, clock: clock))
    }

    /// A program that put a product into its basket and ended.
    private func leave(_ product: Int64, by owner: CartOwner) async throws {
        let program = try start()
        _ = try await program.carts.apply(.add(line(product), by: Int(product)), to: owner)
        try program.state.close()
    }

    private func products(_ carts: SQLiteCartService, _ owner: CartOwner) async throws -> [Int64] {
        try await carts.cart(of: owner).lines.map(\.productID)
    }

    @Test("What one puts in, the other does not have, user or guest", arguments: [CartOwner.guest, .user(1)])
    func apart(owner: CartOwner) async throws {
        let (one, two) = (try start(), try start())
        _ = try await one.carts.apply(.add(line(1), by: 1), to: owner)
        #expect(try await two.carts.open(for: owner) == OpenedBasket(cart: Cart()))
        _ = try await two.carts.apply(.add(line(2), by: 1), to: owner)
        #expect(try await products(one.carts, owner) == [1])
        #expect(try await products(two.carts, owner) == [2])
        #expect(try await two.carts.leftBehind(by: owner).isEmpty)
        #expect(try await one.carts.undo(owner).isEmpty)
        #expect(try await products(two.carts, owner) == [2])
        try one.state.close()
        try two.state.close()
    }

    @Test("A checkout belongs to its basket")
    func checkouts() async throws {
        let (one, two) = (try start(), try start())
        for program in [one, two] { _ = try await program.carts.apply(.add(line(1), by: 2), to: owner) }
        let draft = try await one.carts.cart(of: owner).orderDraft()
        let checkout = PendingCheckout(orderKey: try .of("k"), draft: draft, paysLater: true)
        try await one.carts.save(checkout, for: owner)
        #expect(try await two.carts.checkout(of: owner) == nil)
        #expect(try await two.carts.finishCheckout(of: owner, keepingCart: false).pieces == 2)
        #expect(try await one.carts.checkout(of: owner) == checkout)
        try one.state.close()
        // It goes where the basket goes, also with nothing in it.
        let next = try start()
        let left = try await next.carts.leftBehind(by: owner)
        #expect(left.map(\.hasCheckout) == [true])
        #expect(try await next.carts.open(for: owner).origin == .takenUp)
        #expect(try await next.carts.checkout(of: owner) == checkout)
        try next.state.close()
        try two.state.close()
    }

    @Test("The only basket left behind is taken up, once")
    func only() async throws {
        try await leave(1, by: owner)
        try await leave(2, by: .user(2))
        let (one, two) = (try start(), try start())
        #expect(try await one.carts.open(for: owner).origin == .takenUp)
        #expect(try await products(one.carts, owner) == [1])
        #expect(try await two.carts.open(for: owner) == OpenedBasket(cart: Cart()))
        // Opening again changes nothing.
        #expect(try await one.carts.open(for: owner).origin == .own)
        #expect(try await products(one.carts, owner) == [1])
        try one.state.close()
        try two.state.close()
    }

    @Test("Of several none is guessed; each can be taken up, and what was in hand is left behind")
    func several() async throws {
        try await leave(1, by: owner)
        clock.advance(bySeconds: 60)
        try await leave(2, by: owner)
        try await leave(3, by: .guest)
        let (one, two) = (try start(), try start())
        #expect(try await one.carts.open(for: owner) == OpenedBasket(cart: Cart(), leftBehind: 2))
        let left = try await one.carts.leftBehind(by: owner)
        #expect(left.map(\.cart.pieces) == [2, 1], "the latest first")
        #expect(left.allSatisfy { $0.owner == owner && $0.changedAt != nil })

        _ = try await one.carts.apply(.add(line(5), by: 5), to: owner)
        #expect(try await one.carts.takeUp(left[1].id, for: owner)?.pieces == 1)
        #expect(try await two.carts.takeUp(left[1].id, for: owner) == nil, "the other was faster")
        #expect(try await two.carts.leftBehind(by: owner).map(\.cart.pieces).sorted() == [2, 5])
        #expect(try await two.carts.takeUp(left[0].id, for: .user(2)) == nil, "it is not theirs")
        #expect(try await one.carts.undo(owner).isEmpty, "its steps come along")
        // A guest's basket becomes the user's.
        let guests = try await two.carts.leftBehind(by: .guest)
        #expect(try await two.carts.takeUp(try #require(guests.first).id, for: owner)?.pieces == 3)
        #expect(try await products(two.carts, owner) == [3])
        #expect(try await two.carts.leftBehind(by: .guest).isEmpty)
        try one.state.close()
        try two.state.close()
    }

    @Test("Signing in goes on with the basket left behind, and the guest's joins it")
    func adopted() async throws {
        try await leave(1, by: owner)
        let program = try start()
        _ = try await program.carts.apply(.add(line(2), by: 2), to: .guest)
        let (opened, notes) = try await program.carts.adopt(guestCartFor: 1)
        #expect(opened.origin == .takenUp && opened.joined == 2 && notes.isEmpty)
        #expect(opened.cart.lines.map(\.productID) == [1, 2])
        #expect(try await program.carts.cart(of: .guest) == Cart())
        #expect(try await program.carts.undo(owner).lines.map(\.productID) == [1])
        try program.state.close()
    }

    @Test("Another session's guest does not join")
    func guestsApart() async throws {
        let (one, two) = (try start(), try start())
        _ = try await one.carts.apply(.add(line(1), by: 1), to: .guest)
        #expect(try await two.carts.adopt(guestCartFor: 1).0 == OpenedBasket(cart: Cart()))
        #expect(try await products(one.carts, .guest) == [1])
        try one.state.close()
        try two.state.close()
    }

    @Test("What a session lets go of comes back to it, unless another has taken it: then it is told")
    func letGo() async throws {
        try await leave(1, by: owner)
        try await leave(2, by: owner)
        let (one, two) = (try start(), try start())
        _ = try await one.carts.apply(.add(line(5), by: 5), to: owner)
        try await one.carts.letGo(owner)
        #expect(try await one.carts.cart(of: owner) == Cart())
        let again = try await one.carts.adopt(guestCartFor: 1).0
        #expect(again.origin == .takenUp && again.cart.pieces == 5 && again.leftBehind == 2)
        try await one.carts.letGo(owner)
        let left = try await two.carts.leftBehind(by: owner)
        let ours = try #require(left.first { $0.cart.pieces == 5 })
        #expect(try await two.carts.takeUp(ours.id, for: owner)?.pieces == 5)
        let gone = try await one.carts.open(for: owner)
        #expect(gone == OpenedBasket(cart: Cart(), origin: .elsewhere, leftBehind: 2))
        try one.state.close()
        try two.state.close()
    }

    @Test("An emptied basket's steps are there after a restart, and empty ones do not pile up")
    func emptied() async throws {
        for _ in 0..<5 {
            let program = try start()
            _ = try await program.carts.open(for: owner)
            _ = try await program.carts.apply(.add(line(1), by: 3), to: owner)
            _ = try await program.carts.apply(.clear, to: owner)
            try program.state.close()
        }
        let program = try start()
        let opened = try await program.carts.open(for: owner)
        #expect(opened.origin == .own && opened.leftBehind == 0 && opened.cart.canUndo)
        #expect(try await program.carts.undo(owner).pieces == 3)
        let rows = try await program.state.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM basket") }
        #expect(rows == 1)
        try program.state.close()
    }

    @Test("A number is never given twice, whatever becomes of the file and of those who have one")
    func numbers() async throws {
        let one = try start()
        let first = try await one.state.session()
        try one.state.close()
        let two = try start()
        let second = try await two.state.session()
        #expect(second > first)
        #expect(try await two.state.session() == second)
        // As if the file had been put back from before the second began.
        try await two.state.write { try $0.execute(sql: "UPDATE session_number SET last = 0") }
        let three = try start()
        let third = try await three.state.session()
        #expect(third != second)
        #expect(three.state.isLive(second) && two.state.isLive(third) && !three.state.isLive(second + 1))
        try two.state.close()
        #expect(!three.state.isLive(second), "it has ended")
        try three.state.close()
    }

    @Test("The carts of an earlier build are baskets left behind")
    func earlierBuild() async throws {
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/state-1.db")
        try directory.write(try Data(contentsOf: fixture), to: "state.db")
        let state = try StateDatabase.open(at: directory.file("state.db"))
        let carts = SQLiteCartService(
            state: state, store: "e8da462d8f6d9cb1bc6fac6efcb6d6bd", clock: clock)
        #expect(
            try FileInspection(path: directory.file("state.db-before-2"))
                == .sqlite(applicationID: 0x5354_5354, version: 1))
        #expect(try await carts.leftBehind(by: .guest).map(\.cart.pieces) == [3])
        let left = try await carts.leftBehind(by: .user(3))
        #expect(left.map(\.cart.pieces) == [7] && left.allSatisfy { $0.hasCheckout && $0.changedAt == nil })

        let opened = try await carts.open(for: .user(3))
        #expect(opened.origin == .takenUp && opened.leftBehind == 0)
        #expect(opened.cart.lines.map(\.quantity) == [3, 4])
        let checkout = try #require(try await carts.checkout(of: .user(3)))
        #expect(checkout.orderKey == "917f449baa2667afb86131adf5800a79")
        #expect(opened.cart.undoSteps.count == 4)
        #expect(try await carts.undo(.user(3)).lines.map(\.quantity) == [3, 1])
        #expect(try await carts.open(for: .guest).cart.pieces == 3)
        try state.close()
    }
}
