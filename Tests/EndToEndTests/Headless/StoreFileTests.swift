import Foundation
import ProgramKit
import StoreContracts
import StoreDomain
import StoreSQLite
import Testing

@testable import storefront

@Suite struct StoreFileTests {
    @Test func aMissingStoreIsNotMadeByLooking() throws {
        let program = try Program()
        for command in [
            ["product", "list"], ["order", "list"], ["user", "list"], ["verify"], ["backup", "b"],
        ] {
            let run = try program.run(command + ["--db", "nowhere/x.db"])
            #expect(run.code == 1)
            #expect(
                run.complaints == [
                    "storefront: nowhere/x.db does not exist. Check the name, or open the shop once to make it."
                ])
        }
        #expect(!program.home.exists("nowhere"))
        let doctor = try program.run("doctor", "--json")
        #expect(doctor.code == 0)
        #expect((try doctor.json()["store"] as? [String: Any])?["state"] as? String == "not made yet")
        #expect(!program.home.exists("data"))
    }

    @Test func whatIsNoStoreIsLeftAlone() throws {
        let program = try Program()
        let texts = try program.home.file("notes.txt", "just some notes")
        for command in [["product", "list"], ["product", "add", "--name", "x", "--price", "1"], ["verify"]] {
            let run = try program.run(command + ["--db", "notes.txt"])
            #expect(run.code == 1)
            #expect(
                run.complaints == ["storefront: notes.txt is not an SQLite database. Name another file."])
        }
        #expect(try String(contentsOf: texts, encoding: .utf8) == "just some notes")
        let directory = try program.run("product", "list", "--db", ".")
        #expect(directory.complaints == ["storefront: . is a directory. Name a file in it."])
        let under = try program.run("product", "add", "--name", "x", "--price", "1", "--db", "notes.txt/x.db")
        #expect(under.code == 1)
        #expect(under.complaints.count == 1)
        #expect(under.errors.contains("notes.txt/x.db"))
        #expect(try program.run("doctor", "--db", "notes.txt").code == 1)
    }

    @Test func aNewerStoreIsLeftAlone() throws {
        let program = try Program()
        try program.run("product", "add", "--name", "x", "--price", "1")
        let file = URL(fileURLWithPath: program.storePath)
        var bytes = try Data(contentsOf: file)
        // SQLite keeps user_version, the number of the last migration, at offset 60.
        bytes.replaceSubrange(60..<64, with: [0, 0, 3, 231])
        try bytes.write(to: file)
        let run = try program.run("product", "list")
        #expect(run.code == 1)
        #expect(
            run.complaints == [
                "storefront: \(program.storePath) was made by a newer storefront. Update this program to open it."
            ])
        #expect(try Data(contentsOf: file) == bytes)
    }

    @Test func copiesAndPutsBack() throws {
        let program = try Program()
        try program.run("product", "add", "--name", "First", "--price", "1")
        #expect(try program.run("backup", "b.db", "--json").json()["backup"] as? String == "b.db")
        try program.run("product", "add", "--name", "Second", "--price", "1")
        let again = try program.run("backup", "b.db")
        #expect(again.code == 1)
        #expect(again.errors.contains("b.db exists already"))
        #expect(try program.run("backup", "b.db", "--overwrite").code == 0)
        try program.run("product", "add", "--name", "Third", "--price", "1")

        let restored = try program.run("restore", "b.db", "--json").json()
        #expect(try program.run("product", "list", "--json").json()["total"] as? Int == 2)
        let kept = try #require(restored["kept"] as? String)
        #expect(try program.run("product", "list", "--json", "--db", kept).json()["total"] as? Int == 3)

        try program.home.file("notes.txt", "no backup")
        let wrong = try program.run("restore", "notes.txt")
        #expect(wrong.code == 1)
        #expect(wrong.complaints == ["storefront: notes.txt is not an SQLite database. Name another file."])
        #expect(try program.run("product", "list", "--json").json()["total"] as? Int == 2)
        #expect(try program.run("verify").output == "\(program.storePath) is as it should be\n")
    }

    @Test func listsShowsAndCancelsOrders() async throws {
        let program = try Program()
        try program.run("product", "add", "--name", "Desk", "--price", "200", "--stock", "5", "--sku", "D")
        try program.run("user", "add", "c@example.com", "--role", "staff", input: "storefront-demo")
        try await placeOrders(in: program.storePath)

        let list = try program.run("order", "list", "--json").json()
        #expect(list["count"] as? Int == 2)
        let shown = try program.run("order", "show", "1")
        #expect(shown.output.contains("Desk     D           2  $200.00  $400.00"))
        #expect(shown.output.contains(/discount SAVE20 +-\$80\.00\n/))
        #expect(shown.output.contains(/tax 8\.5 % +\$34\.00\n/))
        #expect(shown.output.contains(/total +\$354\.00\n/))
        let order = try program.run("order", "show", "1", "--json").json()
        #expect(order["status"] as? String == "pending")
        #expect((order["items"] as? [[String: Any]])?.first?["product_name"] as? String == "Desk")
        #expect(try program.run("product", "show", "D", "--json").json()["stock"] as? Int == 1)
        let unpaid = try program.run("order", "show", "1", "--receipt")
        #expect(unpaid.complaints == ["storefront: order 1 is pending; a receipt comes with the payment"])
        // The shop's name is the store's own, whatever the settings of this program say.
        #expect(try program.run("policy", "set", "shop.name", "Desks").code == 0)
        let receipt = try program.run(
            "order", "show", "2", "--receipt", environment: ["STOREFRONT_SHOP_NAME": "Chairs"])
        #expect(receipt.output.contains("Desks"))
        #expect(receipt.output.contains("$354.00"))
        #expect(receipt.output.split(separator: "\n").allSatisfy { $0.count <= 42 })
        #expect(try program.run("order", "show", "2").output.contains("$400.00 given, $46.00 change"))
        #expect(try program.run("order", "cancel", "2").complaints == ["storefront: Order 2 is already paid"])

        #expect(try program.run("order", "cancel", "1", "--json").json()["status"] as? String == "cancelled")
        #expect(try program.run("order", "cancel", "1").code == 0)
        #expect(try program.run("product", "show", "D", "--json").json()["stock"] as? Int == 3)
        #expect(try program.run("order", "list", "--status", "pending").complaints == ["No orders"])
        #expect(try program.run("order", "show", "3").complaints == ["storefront: Order not found"])
        #expect(try program.run("verify").code == 0)
    }

    /// Two orders of two desks: the first is not paid, the second in cash.
    private func placeOrders(in path: String) async throws {
        let store = try LocalStore(
            path: path, statePath: nil, mode: .existing, policy: ShopPolicy(), clock: SystemClock(),
            zones: TestZones(),
            ids: SystemIDs())
        let users = try await store.services.accounts.accounts(as: .operatorOfStore)
        let seller = Principal.user(Session(user: try #require(users.first?.user)))
        let draft = try OrderDraft(
            lines: [OrderDraft.Line(productID: 1, quantity: 2)], discountCode: "SAVE20")
        for number: Int64 in [1, 2] {
            let order = try await store.services.orders.place(
                draft, key: SystemIDs().idempotencyKey(), as: seller)
            #expect(order.id == number)
        }
        _ = try await store.services.payments.pay(
            2, [PaymentRequest(methodID: "cash", tenderedMinor: 40_000)], key: SystemIDs().idempotencyKey(),
            as: seller)
        try store.close()
    }
}
