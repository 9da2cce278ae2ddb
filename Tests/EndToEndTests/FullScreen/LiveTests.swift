import Foundation
import PostgresTesting
import PtyTesting
import StoreContracts
import StoreDomain
import StoreSQLite
import StoreTesting
import Testing

/// Real programs: what one does is on the others' screens, although nobody touches them.
@Suite(.serialized, .timeLimit(.minutes(20))) struct LiveTests {
    /// Draws the screen anew until it shows the text: the program writes only what differs.
    private func see(_ text: String, on shop: PtyShop) throws {
        let deadline = ContinuousClock.now + PtySession.limit
        repeat {
            shop.session.forgetOutput()
            shop.session.send(PtyShop.ctrlL)
            while shop.session.pump(milliseconds: 200) {
                if shop.text.contains(text) { return }
            }
        } while ContinuousClock.now < deadline
        Issue.record("\(text) did not come; there is\n\(shop.text)")
    }

    /// From the cart, with the first of the round amounts.
    private func pay(_ seller: PtyShop) throws {
        try seller.press("o", "Cash given")
        try seller.press("\u{1b}[17~")
        try seller.press("\r", "Change")
    }

    @Test func twoProgramsOnAFileSeeEachOthersSales() throws {
        let program = try Program()
        let db = try PtyShop.store(program)
        let product = try newestProduct(program, ["--db", db])
        #expect(try program.run("product", "edit", product, "--stock", "4321", "--db", db).code == 0)
        let (seller, watcher) = (try PtyShop(program, ["--db", db]), try PtyShop(program, ["--db", db]))
        try seller.signIn("staff@example.com")
        try watcher.see("E-mail")
        try watcher.press(PtyShop.f7, "4321")

        try seller.press("+", "Cart 1")
        try seller.press(PtyShop.f3, "Subtotal")
        try pay(seller)
        try see("4320", on: watcher)
        // A command of the shell is one more program.
        #expect(try program.run("product", "edit", product, "--name", "Seen by both", "--db", db).code == 0)
        try see("Seen by both", on: watcher)
        watcher.session.send("q")
        #expect(try watcher.exit() == .code(0))
        seller.session.signal(SIGTERM)
        _ = try seller.exit()
        #expect(try program.run("verify", "--db", db).code == 0)
    }

    /// Two terminals on one store: the one whose person is signed out everywhere asks for the password, without a key
    /// being pressed there, and the sale that was begun is still there. The other one goes on.
    @Test func whoIsSignedOutEverywhereIsSoAtTheTerminal() throws {
        let program = try Program()
        let db = try PtyShop.store(program)
        let (seller, owner) = (try PtyShop(program, ["--db", db]), try PtyShop(program, ["--db", db]))
        try seller.signIn("staff@example.com")
        try owner.signIn("admin@example.com")
        try seller.addOne()
        #expect(try program.run("user", "sign-out", "staff@example.com", "--db", db).code == 0)
        try see("Your session has ended", on: seller)
        try seller.press("\(DemoData.password.revealed)\r", "Welcome back")
        try see("Cart 1", on: seller)
        // A password that somebody else sets does so as well.
        let changed = try program.run(
            "user", "passwd", "staff@example.com", "--db", db, input: "another-password\n")
        #expect(changed.code == 0, "\(changed.errors)")
        try see("Your session has ended", on: seller)
        try seller.press("another-password\r", "Welcome back")
        try see("Cart 1", on: seller)
        try owner.addOne()
        #expect(!owner.text.contains("Your session has ended"))
        for shop in [seller, owner] {
            shop.session.signal(SIGTERM)
            _ = try shop.exit()
        }
        #expect(try program.run("verify", "--db", db).code == 0)
    }

    /// The one who looks around asks for no orders, and touches nothing.
    @Test func whatAnUnpaidOrderHeldIsOnSaleAgainWhenItIsDue() async throws {
        let program = try Program()
        let db = try PtyShop.store(program)
        let product = try newestProduct(program, ["--db", db])
        #expect(try program.run("product", "edit", product, "--stock", "4321", "--db", db).code == 0)
        try await place(product, 20, in: db, dueIn: 8)
        let watcher = try PtyShop(program, ["--db", db])
        try watcher.see("E-mail")
        try watcher.press(PtyShop.f7, "43")
        try see("4321", on: watcher)
        watcher.session.send("q")
        #expect(try watcher.exit() == .code(0))
        #expect(try program.run("verify", "--db", db).code == 0)
    }

    /// Places an order of a customer as long ago as it takes to be due in so many seconds.
    private func place(_ product: String, _ pieces: Int, in db: String, dueIn seconds: Int64) async throws {
        let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        let store = try LocalStore(
            path: db, statePath: nil, policy: ShopPolicy(),
            clock: TestClock(now.advanced(bySeconds: seconds - 3_600)),
            zones: TestZones(), ids: CountingIDs())
        let customer = try await store.services.auth.signIn(
            email: "customer@example.com", password: DemoData.password)
        let order = try await store.services.orders.place(
            OrderDraft(lines: [OrderDraft.Line(productID: try #require(Int64(product)), quantity: pieces)]),
            key: try #require(IdempotencyKey("due-by-the-clock")), as: .user(customer))
        #expect(order.status == .pending)
        try store.close()
    }

    @Test func twoServersOnOnePostgreSQLShowEachOthersSales() async throws {
        let database = try await TestDatabase(isEmpty: true)
        let environment = ["DATABASE_URL": database.uri]
        let one = try DemoServer(["--port", "0"], environment: environment)
        let other = try DemoServer(["--port", "0"], environment: environment)
        let added = try one.run(
            ["user", "add", "admin@example.com", "--name", "Ada", "--role", "admin"],
            environment: environment, input: "\(DemoData.password.revealed)\n")
        #expect(added == 0)

        let (first, second) = (try Program(), try Program())
        let signedIn = try first.run(
            "sign-in", "admin@example.com", "--remote", one.url, input: "\(DemoData.password.revealed)\n")
        #expect(signedIn.code == 0, "\(signedIn.errors)")
        let added1 = try first.run(
            "product", "add", "--name", "Mug", "--price", "5", "--stock", "4321", "--remote", one.url)
        #expect(added1.code == 0, "\(added1.errors)")

        // The first is signed in by now; the second looks around as a guest, at the other server.
        let seller = try PtyShop(first, ["--remote", one.url])
        try seller.see("Mug", "4321")
        let watcher = try PtyShop(second, ["--remote", other.url])
        try watcher.see("E-mail")
        try watcher.press(PtyShop.f7, "4321")

        try seller.press("+", "Cart 1")
        try seller.press(PtyShop.f3, "Subtotal")
        try pay(seller)
        try see("4320", on: watcher)
        let renamed = try first.run("product", "edit", "1", "--name", "Seen by both", "--remote", one.url)
        #expect(renamed.code == 0, "\(renamed.errors)")
        try see("Seen by both", on: watcher)
        for shop in [seller, watcher] { shop.session.signal(SIGTERM) }
        _ = try (seller.exit(), watcher.exit())
        withExtendedLifetime((one, other)) {}
    }

    private func newestProduct(_ program: Program, _ place: [String]) throws -> String {
        let list = try program.run(["product", "list", "--json"] + place).json()
        let products = try #require(list["products"] as? [[String: Any]])
        return "\(try #require(products.first?["id"] as? Int))"
    }
}
