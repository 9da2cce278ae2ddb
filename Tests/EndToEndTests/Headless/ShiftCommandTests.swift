import Foundation
import Testing

/// A day at a till without a screen.
@Suite struct ShiftCommandTests {
    private static let clock = ["STOREFRONT_FIXED_CLOCK": "2026-11-22T14:05:09Z"]

    @Test func aDayAtATillWithoutAScreen() throws {
        let program = try Program()
        try program.run(
            "user", "add", "--role", "admin", "ada@example.com", input: "correct-horse\n",
            environment: Self.clock)
        func shift(_ arguments: String...) throws -> Program.Run {
            try program.run(["shift"] + arguments, environment: Self.clock)
        }
        // A drawer is somebody's.
        #expect(try shift("open", "200").complaints.first?.contains("--as") == true)
        #expect(try shift("open", "--as", "ada@example.com").code == 1)
        let opened = try shift("open", "200", "--as", "ADA@example.com", "--json").json()
        #expect(opened["float"] as? Double == 200 && opened["stage"] as? String == "open")
        #expect(try shift("open", "1", "--as", "ada@example.com").code == 1)
        #expect(try shift("in", "40", "--reason", "coins", "--as", "ada@example.com").code == 0)
        #expect(try shift("out", "18.50", "--reason", "milk", "--as", "ada@example.com").code == 0)
        let x = try shift("x", "--json").json()
        #expect(x["expected"] as? Double == 221.5)
        let paper = try shift("x").output
        #expect(paper.contains("X REPORT") && paper.split(separator: "\n").allSatisfy { $0.count <= 42 })

        let counted = try shift("count", "100=2", "20=1", "0.5=1", "--as", "ada@example.com", "--json").json()
        #expect(counted["variance"] as? Double == -1 && counted["off"] as? Bool == true)
        #expect(try shift("drop", "1", "--reason", "late", "--as", "ada@example.com").code == 1)
        #expect(try shift("close", "--as", "ada@example.com").complaints.first?.contains("-$1.00") == true)
        let closed = try shift(
            "close", "--next-float", "200", "--reason", "miscounted", "--as", "ada@example.com")
        #expect(closed.output.contains("Z REPORT Z1-000001") && closed.output.contains("$20.50"))
        #expect(try shift("z").output.contains("COPY") == false)
        #expect(try shift("z", "z1-1").output.contains("COPY 1"))
        #expect(try shift("show", "Z1-000001").output.contains("COPY") == false)
        #expect(try shift("z", "Z1-000009").code == 1)
        let list = try shift("list", "--json").json()
        #expect(list["count"] as? Int == 1)
        #expect(try shift("list", "--till", "9").complaints == ["No shifts"])
        // What was left is the next float.
        #expect(try shift("open", "--as", "ada@example.com").output.contains("$200.00"))
        #expect(try program.run("till", "list").output.contains("open"))
        #expect(try program.run("verify", environment: Self.clock).code == 0)
    }

    @Test func theJournalIsListedCheckedAndExported() throws {
        let program = try Program()
        try program.run(
            "user", "add", "--role", "admin", "ada@example.com", input: "correct-horse\n",
            environment: Self.clock)
        try program.run("shift", "open", "200", "--as", "ada@example.com", environment: Self.clock)
        #expect(try program.run("journal", "list").output == "shell\n")
        let records = try program.run("journal", "list", "shell", "--json").json()
        let kinds = (records["records"] as? [[String: Any]])?.compactMap { $0["kind"] as? String }
        #expect(kinds == ["account.added", "shift.open"])
        #expect(try program.run("journal", "verify").code == 0)
        let lines = try program.run("journal", "export").output.split(separator: "\n")
        #expect(lines.count == 2 && lines.allSatisfy { $0.contains("\"hash\"") })
        #expect(try program.run("journal", "export", "nine").code == 1)
        let verified = try program.run("journal", "verify", "--json").json()
        #expect(verified["count"] as? Int == 0)
    }
}
