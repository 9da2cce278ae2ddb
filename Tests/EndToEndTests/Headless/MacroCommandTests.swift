import Foundation
import Testing

/// The till's macros: their file, the commands that change it, and playing them line by line.
@Suite(.timeLimit(.minutes(20))) struct MacroCommandTests {
    private static let file = "config/storefront/macros.txt"

    private func mode(_ program: Program) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: program.home.path(Self.file))
        return try #require(attributes[.posixPermissions] as? Int)
    }

    private func macros(_ program: Program) throws -> [[String: Any]] {
        let run = try program.run("macro", "list", "--json")
        let found = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]]
        return try #require(found, "\(run.output)\(run.errors)")
    }

    @Test func theyAreAddedShownListedAndTakenAway() throws {
        let program = try Program()
        #expect(try program.run("macro", "list").output == "There are no macros.\n")
        let add = try program.run("macro", "add", "--key", "F6", "coffee and cake", "3*", "CS-100", "20 cash")
        #expect(add.code == 0 && add.output == "[coffee and cake] F6\n3*\nCS-100\n20 cash\n", "\(add.errors)")
        #expect(try mode(program) == 0o600)
        try #require(program.run("macro", "add", "tea", "CS-102").code == 0)
        #expect(try macros(program).map { $0["name"] as? String } == ["coffee and cake", "tea"])
        #expect(try program.run("macro", "show", "TEA").output == "[tea]\nCS-102\n")
        for (arguments, word) in [
            (["macro", "add", "Tea", "CS-1"], "name"), (["macro", "add", "x", "--key", "F2", "CS-1"], "key"),
            (["macro", "add", "x", "--key", "F6", "CS-1"], "coffee and cake"),
            (["macro", "add", "x", "macro tea"], "line 2"), (["macro", "remove", "none"], "name"),
            (["macro", "show", "none"], "none"),
        ] {
            let run = try program.run(arguments)
            #expect(run.code == 1 && run.errors.contains(word), "\(arguments): \(run.errors)")
        }
        try #require(program.run("macro", "remove", "Coffee and cake").code == 0)
        #expect(try macros(program).map { $0["name"] as? String } == ["tea"])
        #expect(try mode(program) == 0o600)
    }

    @Test func whatOthersMayWriteIsNotPlayed() throws {
        let program = try Program()
        let path = program.home.path(Self.file)
        try program.home.file(Self.file, "[tea]\nCS-102\n")
        for unsafe in [0o620, 0o602, 0o666] {
            try FileManager.default.setAttributes([.posixPermissions: unsafe], ofItemAtPath: path)
            let run = try program.run("macro", "list", "--json")
            #expect(run.code == 1 && run.output == "[]\n" && run.errors.contains("chmod 600 \(path)"))
            #expect(try program.run("macro", "add", "x", "CS-1").code == 1)
            let doctor = try program.run("doctor")
            #expect(doctor.code == 1 && doctor.complaints.contains { $0.contains(path) }, "\(doctor.errors)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(try macros(program).count == 1)
        #expect(try program.run("doctor").code == 0)
    }

    @Test func doctorNamesTheLineThatIsWrong() throws {
        let program = try Program()
        try program.home.file(Self.file, "# mine\n[tea] F6\nCS-102\n\n[bad]\nmacro tea\n")
        let run = try program.run("doctor", "--json")
        #expect(
            run.code == 1 && run.errors.contains("\(program.home.path(Self.file)), line 6: "), "\(run.errors)"
        )
        let section = try #require(try run.json()["macros"] as? [String: Any])
        #expect(section["found"] as? [String] == ["tea (F6)"])
    }

    @Test func theyArePlayedAndRecordedLineByLine() throws {
        let program = try Program()
        let db = program.home.path("shop.db")
        try #require(program.run("demo", "--db", db, "--products", "20").code == 0)
        let products = try program.run("product", "list", "--json", "--db", db)
        let list = try #require(try products.json()["products"] as? [[String: Any]], "\(products.output)")
        let product = try #require(list.first { ($0["stock"] as? Int ?? 0) > 3 })
        let sku = try #require(product["sku"] as? String)
        try #require(program.run("macro", "add", "two", sku, "2*", "cash").code == 0)
        let lines = [
            ":sign in", "staff@example.com", "storefront-demo", ":till", "macro two", "record", sku, "more",
            "1000 cash", "y", "record", "my own", "-", "macro my own", "y", "macro none", ":help", ":quit",
        ]
        let run = try program.run("--plain", "--db", db, input: lines.joined(separator: "\n") + "\n")
        #expect(run.code == 0, "\(run.output)")
        for text in ["Recording, 0 steps", "my own is kept, 3 lines", "macro two: ", "There is no macro"] {
            #expect(run.output.contains(text), "\(text) is not in\n\(run.output)")
        }
        let receipts = run.output.components(separatedBy: "Sold: R1-").dropFirst().map { $0.prefix(6) }
        #expect(Set(receipts).count == 3, "\(run.output)")
        #expect(try macros(program).last?["words"] as? [String] == [sku, "more", "1000.00 cash"])
        let after = try program.run("product", "list", "--json", "--db", db)
        let left =
            try #require(try after.json()["products"] as? [[String: Any]])
            .first { $0["sku"] as? String == sku }?["stock"] as? Int
        #expect(left == (product["stock"] as? Int).map { $0 - 6 })
    }
}
