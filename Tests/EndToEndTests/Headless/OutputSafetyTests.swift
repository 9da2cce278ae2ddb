import Foundation
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
