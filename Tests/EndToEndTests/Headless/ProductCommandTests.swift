import Foundation
import Testing

@Suite struct ProductCommandTests {
    private static let clock = ["STOREFRONT_FIXED_CLOCK": "2026-11-22T14:05:09Z"]

    @Test func addsShowsAndChanges() throws {
        let program = try Program()
        let added = try program.run(
            "product", "add", "--name", "Café crème", "--price", "0.10", "--stock", "3", "--sku", "C-1",
            "--category", "Drinks", "--description", "One\nTwo \u{1B}[31mred", "--json",
            environment: Self.clock)
        #expect(
            added.output == """
                {"id":1,"name":"Café crème","description":"One\\nTwo \\u001b[31mred","price":0.10,"stock":3,\
                "tracks_stock":true,"tax_class":null,"category":"Drinks","sku":"C-1","barcode":null,"created_at":"2026-11-22T14:05:09Z",\
                "updated_at":"2026-11-22T14:05:09Z","is_archived":false,"version":"327c7357fb32f859.3"}

                """)
        let shown = try program.run("product", "show", "c-1")
        #expect(shown.output.contains("price     $0.10\n"))
        #expect(shown.output.contains("created   2026-11-22 14:05\n"))
        #expect(!shown.output.utf8.contains(0x1B))

        let changed = try program.run("product", "edit", "1", "--price", "1,234.5", "--sku", "", "--json")
            .json()
        #expect(changed["price"] as? Double == 1234.5)
        #expect(changed["sku"] is NSNull)
        #expect(try program.run("product", "show", "id:1").output.contains("price     $1,234.50\n"))
        #expect(
            try program.run("product", "show", "C-1").complaints == [
                "storefront: No product has the code C-1"
            ])

        try program.run("product", "edit", "1", "--archived")
        #expect(try program.run("product", "list").complaints == ["No products"])
        #expect(try program.run("product", "edit", "1", "--no-archived").code == 0)
        #expect(try program.run("product", "list", "--json").json()["total"] as? Int == 1)
    }

    @Test func listsPagesAndSearches() throws {
        let program = try Program()
        let rows = (1...7).map { "S\($0),Tea \($0) 茶,\($0).00,\($0),\($0 < 5 ? "Green" : "Black")\n" }
        try program.run("product", "import", "-", input: "sku,name,price,stock,category\n" + rows.joined())
        let list = try program.run(
            "product", "list", "--sort", "price-down", "--per-page", "2", "--page", "2")
        #expect(
            list.output == """
                ID  SKU  Name      Category  Price  Stock
                 5  S5   Tea 5 茶  Black     $5.00      5
                 4  S4   Tea 4 茶  Green     $4.00      4

                """)
        #expect(list.complaints == ["3–4 of 7 · page 2 of 4"])
        let page = try program.run("product", "list", "--category", "Black", "--json", "--per-page", "2")
            .json()
        #expect(page["total"] as? Int == 3)
        #expect(page["pages"] as? Int == 2)
        let all = try program.run("product", "list", "--all", "--json", "--sort", "name").json()
        #expect((all["products"] as? [[String: Any]])?.count == 7)
        #expect(try program.run("product", "search", "te", "3").output.contains("S3"))
        #expect(try program.run("product", "search", "coffee").complaints == ["No products"])
        #expect(try program.run("product", "search", "coffee", "--json").output.hasPrefix("{\"products\":[]"))
        let unknown = try program.run("product", "list", "--category", "Grey")
        #expect(unknown.code == 1)
        #expect(unknown.complaints == ["storefront: No category is called Grey"])
    }

    @Test func refusesWhatBreaksARule() throws {
        let program = try Program()
        try program.run("product", "add", "--name", "A", "--price", "1", "--sku", "2")
        try program.run("product", "add", "--name", "B", "--price", "1")
        let cases: [([String], String)] = [
            (["add", "--name", " ", "--price", "1"], "name must be 1 to 255 characters"),
            (
                ["add", "--name", "x", "--price", "1.005"],
                "price \"1.005\" can be read as 1.005 or as 1005: write it without a mark between thousands"
            ),
            (
                ["add", "--name", "x", "--price", "1", "--sku", "2"],
                "Another product or code already has sku 2"
            ),
            (["edit", "1", "--stock=-1"], "stock must be 0 to 1,000,000,000"),
            (["edit", "1"], "nothing to change; name a field, such as --price 9.99"),
            (["show", "2"], "2 is the id of B and a code of A; say id:2 or code:2"),
            (["show", "9"], "Product 9 not found"),
        ]
        for (arguments, complaint) in cases {
            let run = try program.run(["product"] + arguments)
            #expect(run.code == 1)
            #expect(run.complaints == ["storefront: \(complaint)"])
            #expect(run.output.isEmpty)
        }
        #expect(try program.run("product", "show", "code:2", "--json").json()["name"] as? String == "A")
    }

    @Test func endsInSilenceWhenNobodyReads() throws {
        let program = try Program()
        let rows = (1...3000).map { "Product number \($0),1\n" }.joined()
        try program.run("product", "import", "-", input: "name,price\n" + rows)
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let run = try program.run("product", "list", "--all", output: pipe.fileHandleForWriting)
        #expect(run.code != 0)
        #expect(run.errors.isEmpty)
        let full = try program.run("product", "list", output: FileHandle(forWritingAtPath: "/dev/full"))
        #expect(full.code == 1)
        #expect(full.complaints == ["storefront: standard output: No space left on device"])
    }

    /// The first program that is started on the day has the prices begin, and end, though none was there at midnight.
    @Test func pricesWithDaysHoldOnThem() throws {
        let program = try Program()
        func at(_ day: String) -> [String: String] { ["STOREFRONT_FIXED_CLOCK": "\(day)T09:00:00Z"] }
        let demo = try program.run("demo", "--db", "s.db", "--products", "12", environment: at("2026-11-22"))
        #expect(demo.code == 0)
        func price(on day: String) throws -> Double? {
            try program.run("product", "show", "3", "--json", "--db", "s.db", environment: at(day))
                .json()["price"] as? Double
        }
        let before = try #require(try price(on: "2026-11-22"))
        let plan = try program.run(
            "product", "price", "3", "--percent", "-10", "--from", "2026-12-01", "--until", "2026-12-24",
            "--json",
            "--db", "s.db", environment: at("2026-11-22"))
        let line = try #require((plan.json()["lines"] as? [[String: Any]])?.first)
        #expect(line["old"] as? Double == before)
        #expect(try plan.json()["from"] as? String == "2026-12-01T00:00:00Z", "\(plan.output)")
        #expect(try price(on: "2026-11-30") == before)
        #expect(try price(on: "2026-12-01") == line["new"] as? Double)
        #expect(try price(on: "2026-12-25") == before)
        #expect(try program.run("verify", "--db", "s.db", environment: at("2026-12-25")).code == 0)
        let wrong = try program.run(
            "product", "price", "3", "--percent", "5", "--from", "Monday", "--db", "s.db",
            environment: at("2026-12-25"))
        #expect(wrong.code == 1 && wrong.complaints.first?.contains("from") == true)
        // What is wrong with a day is said of its option, and nothing is changed.
        func days(_ first: String, _ last: String) throws -> Program.Run {
            try program.run(
                "product", "price", "3", "--percent", "5", "--from", first, "--until", last, "--db", "s.db",
                environment: at("2026-12-25"))
        }
        #expect(try days("2027-01-05", "2027-01-15").code == 0)
        for (first, last) in [("2027-01-10", "2027-01-20"), ("2027-02-02", "2027-02-01")] {
            let refused = try days(first, last)
            #expect(refused.code == 1 && refused.complaints.first?.contains("--until") == true)
        }
        // A heading and the two that were agreed to.
        let batches = try program.run(
            "product", "price-batches", "--db", "s.db", environment: at("2026-12-25"))
        #expect(batches.output.split(separator: "\n").count == 3, "\(batches.output)")
    }
}
