import Foundation
import GRDB
import TerminalKit
import Testing

/// What comes from data reaches a terminal only as harmless cells, and a file exactly as it is.
@Suite struct OutputSafetyTests {
    @Test(arguments: [("--price", "-5"), ("--stock", "-4")])
    func aNegativeFigureIsNamed(_ option: String, _ value: String) throws {
        let program = try Program()
        try program.run("demo", "--products", "1", "--db", program.home.path("shop.db"))
        var arguments = [
            "product", "add", "--db", program.home.path("shop.db"), "--name", "x", option, value,
        ]
        if option != "--price" { arguments += ["--price", "1"] }
        let refused = try program.run(arguments)
        #expect(refused.code == 1)
        #expect(
            refused.complaints.first?.hasPrefix("storefront: \(option.dropFirst(2)) must be 0") == true,
            "\(refused.complaints)")
    }

    @Test func bytesThatAreNoTextAreMarked() throws {
        let program = try Program()
        let path = program.home.path("shop.db")
        try program.run("demo", "--products", "2", "--db", path)
        try DatabaseQueue(path: path).write { db in
            try db.execute(sql: "UPDATE product SET name = CAST(x'4f6464ff20e697' AS TEXT) WHERE id = 1")
        }
        let list = try program.run("product", "list", "--db", path)
        let lines = list.output.split(separator: "\n")
        #expect(list.code == 0 && lines.contains { $0.contains("Odd\u{FFFD} \u{FFFD}") }, "\(list.output)")
        let ends = lines.suffix(2).compactMap { line in
            line.range(of: ".").map { TextWidth.width(of: String(line[..<$0.lowerBound])) }
        }
        #expect(ends.count == 2 && ends[0] == ends[1], "the prices stand below each other\n\(list.output)")
        #expect(try program.run("verify", "--db", path).code == 0)
    }

    @Test func aBackupIntoNowhereNamesTheDirectory() throws {
        let program = try Program()
        try program.run("demo", "--products", "1", "--db", program.home.path("shop.db"))
        let target = program.home.path("nowhere/copy.db")
        let refused = try program.run("backup", target, "--db", program.home.path("shop.db"))
        #expect(refused.code == 1)
        #expect(
            refused.complaints.first?.contains("Make that directory first") == true, "\(refused.complaints)")
    }

    @Test func passwdSpeaksJSON() throws {
        let program = try Program()
        try program.run(
            "user", "add", "admin@example.com", "--name", "The Admin", "--role", "admin",
            input: "storefront-demo\n")
        let changed = try program.run("user", "passwd", "ADMIN@example.com", "--json", input: "another-one\n")
        #expect(changed.code == 0)
        #expect(try changed.json()["email"] as? String == "admin@example.com")
    }
}
