import Foundation
import Testing

@Suite struct DemoCommandTests {
    @Test func makesTheSameShopEveryTime() throws {
        let program = try Program()
        let clock = ["STOREFRONT_FIXED_CLOCK": "2026-11-22T14:05:09Z"]
        for name in ["one.db", "two.db"] {
            let made = try program.run("demo", "--db", name, "--json", environment: clock)
            #expect(try made.json()["products"] as? Int == 240)
        }
        let one = try program.run("product", "list", "--all", "--json", "--db", "one.db").output
        #expect(try program.run("product", "list", "--all", "--json", "--db", "two.db").output == one)
        let orders = try program.run("order", "list", "--all", "--json", "--db", "one.db", environment: clock)
        #expect(
            try program.run("order", "list", "--all", "--json", "--db", "two.db", environment: clock).output
                == orders.output)
        #expect(try #require(orders.json()["count"] as? Int) > 50)
        #expect(try program.run("user", "list", "--db", "one.db").output.contains("staff@example.com"))
        #expect(try program.run("verify", "--db", "one.db").code == 0)
    }

    @Test func leavesAloneWhatIsThere() throws {
        let program = try Program()
        let file = try program.home.file("notes.txt", "notes")
        let run = try program.run("demo", "--db", "notes.txt")
        #expect(run.code == 1)
        #expect(
            run.complaints == ["storefront: notes.txt exists already; name a new file for the demo store"])
        #expect(try String(contentsOf: file, encoding: .utf8) == "notes")
    }

    @Test func makesAsManyProductsAsAskedFor() throws {
        let program = try Program()
        try program.run("demo", "--db", "d.db", "--products", "1234")
        #expect(try program.run("product", "list", "--json", "--db", "d.db").json()["total"] as? Int == 1234)
        #expect(try program.run("demo", "--db", "e.db", "--products", "1000001").code == 64)
        #expect(!program.home.exists("e.db"))
    }
}
