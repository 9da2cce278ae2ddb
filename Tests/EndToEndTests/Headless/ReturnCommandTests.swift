import Foundation
import Testing

/// Goods that come back, from the shell.
@Suite struct ReturnCommandTests {
    private static let clock = ["STOREFRONT_FIXED_CLOCK": "2026-11-22T14:05:09Z"]

    /// A demo store, and a paid order of it with several pieces.
    private func shop() throws -> (Program, order: [String: Any]) {
        let program = try Program()
        try program.run("demo", "--db", "d.db", environment: Self.clock)
        let list = try program.run(
            "order", "list", "--status", "paid", "--all", "--json", "--db", "d.db", environment: Self.clock
        ).json()
        let orders = try #require(list["orders"] as? [[String: Any]])
        let order = orders.first { order in
            let items = order["items"] as? [[String: Any]] ?? []
            return items.count > 1 && items.contains { ($0["quantity"] as? Int ?? 0) > 1 }
        }
        return (program, try #require(order))
    }

    private func minor(_ value: Any?) throws -> Int {
        Int((try #require(value as? NSNumber).doubleValue * 100).rounded())
    }

    @Test func whatACheckSaysIsWhatIsGivenAndTheRestGivesTheRest() throws {
        let (program, order) = try shop()
        let id = "\(try #require(order["id"] as? Int))"
        let items = try #require(order["items"] as? [[String: Any]])
        let row = 1 + (try #require(items.firstIndex { ($0["quantity"] as? Int ?? 0) > 1 }))
        func run(_ arguments: String...) throws -> Program.Run {
            try program.run(arguments + ["--db", "d.db"], environment: Self.clock)
        }
        let by = ["--as", "admin@example.com"]
        let line = ["--line", "\(row)=1", "--loss", "\(row)"]
        let check = try program.run(
            ["return", id, "--check", "--json", "--db", "d.db"] + by + line, environment: Self.clock
        ).json()
        let given = try program.run(
            ["return", id, "--reason", "broken", "--approval", "B-1", "--json", "--db", "d.db"] + by + line,
            environment: Self.clock
        ).json()
        #expect(try minor(given["amount"]) == minor(check["amount"]))
        let lines = try #require(given["lines"] as? [[String: Any]])
        #expect(lines.count == 1 && lines[0]["quantity"] as? Int == 1)
        #expect(lines[0]["restocks"] as? Bool == false)
        let number = try #require(given["number"] as? String)

        let rest = try program.run(
            ["return", number, "--reason", "all of it", "--approval", "B-2", "--json", "--db", "d.db"] + by,
            environment: Self.clock
        ).json()
        #expect(try minor(rest["amount"]) + minor(given["amount"]) == minor(order["total"]))
        let shown = try run("sale", "show", number, "--json").json()
        #expect((shown["order"] as? [String: Any])?["status"] as? String == "refunded")
        #expect((shown["refunds"] as? [[String: Any]])?.count == 2)
        #expect(try run("sale", "show", id).output.contains(number))
        #expect(try run("verify").code == 0)
    }

    @Test func whatCannotComeBackIsRefusedWithAReason() throws {
        let (program, order) = try shop()
        let id = "\(try #require(order["id"] as? Int))"
        func refusal(_ arguments: String...) throws -> String {
            let run = try program.run(arguments + ["--db", "d.db"], environment: Self.clock)
            #expect(run.code != 0 && run.output.isEmpty)
            return run.errors
        }
        #expect(try refusal("return", id, "--reason", "x").contains("--as"))
        #expect(try refusal("return", id, "--as", "admin@example.com").contains("--reason"))
        #expect(
            try refusal("return", id, "--reason", "x", "--as", "staff@example.com").contains("approv"))
        #expect(
            try refusal("return", "R9-9", "--reason", "x", "--as", "admin@example.com").contains("R9-000009"))
        #expect(
            try refusal("return", id, "--line", "nothing=1", "--reason", "x", "--as", "admin@example.com")
                .contains("no line nothing"))
        #expect(
            try refusal("return", id, "--line", "1=9999", "--reason", "x", "--as", "admin@example.com")
                .contains("can still come back"))
        #expect(
            try refusal("sale", "void", id, "--reason", "x", "--as", "admin@example.com").contains("shift"))
    }
}
