import Foundation
import Testing

@Suite struct TransferCommandTests {
    private static let shared = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data")

    private static func path(_ name: String) -> String { shared.appendingPathComponent(name).path }
    private static func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    @Test(arguments: [
        ("shopify/bicycles.csv", 950), ("shopify/home-and-garden.csv", 21), ("shopify/jewelery.csv", 23),
        ("woocommerce/sample_products.csv", 20),
    ])
    func importsRealFilesOnce(file: String, count: Int) throws {
        guard Self.has(file) else { return }
        let program = try Program()
        let first = try program.run("product", "import", Self.path(file), "--json")
        #expect(first.code == 0)
        #expect(first.errors.isEmpty)
        #expect(try first.json()["added"] as? Int == count)
        let second = try program.run("product", "import", Self.path(file), "--json").json()
        #expect(second["unchanged"] as? Int == count)
        #expect(second["added"] as? Int == 0)
        #expect(try program.run("verify").code == 0)
    }

    @Test(.enabled(if: has("shopify/bicycles.csv")))
    func everyBicycleCanBeFoundAndComesBackFromAnExport() throws {
        let program = try Program()
        try program.run("product", "import", Self.path("shopify/bicycles.csv"))
        let all = try program.run(
            "product", "import", Self.path("shopify/bicycles.csv"), "--include-unpublished", "--json")
        #expect(try all.json()["added"] as? Int == 171)
        #expect(try all.json()["unchanged"] as? Int == 950)
        #expect(try program.run("product", "search", "wrench", "15mm").output.contains("15mm Combo Wrench"))

        #expect(
            try program.run("product", "export", "out.csv").complaints == [
                "1,121 products written to out.csv"
            ])
        let back = try program.run("product", "import", "out.csv", "--json").json()
        #expect(back["unchanged"] as? Int == 1121)
        #expect(back["updated"] as? Int == 0)

        let elsewhere = try program.run("product", "import", "out.csv", "--db", "other.db", "--json").json()
        #expect(elsewhere["added"] as? Int == 1121)
        #expect(
            try program.run("product", "import", "out.csv", "--db", "other.db", "--json").json()["unchanged"]
                as? Int == 1121)
        let taken = try program.run("product", "export", "out.csv")
        #expect(taken.code == 1)
        #expect(
            taken.complaints == [
                "storefront: out.csv exists already; name another file or take it away first"
            ])
    }

    @Test func changedPricesAndStockAreTakenOver() throws {
        let program = try Program()
        try program.run(
            "product", "import", "-",
            input: "sku,name,description,price,stock\nA,Pen,Blue ink,1,5\n,Cap,,2,7\n")
        let text = try program.run(
            "product", "import", "-", input: "name,price,stock,sku\nPen,1.50,9,a\nCap,2,7,\nHat,3,1,\n")
        #expect(text.output.hasPrefix("plain CSV: 3 products\nadded 1, updated 1, unchanged 1\n"))
        let pen = try program.run("product", "show", "A", "--json").json()
        #expect(pen["price"] as? Double == 1.5)
        #expect(pen["stock"] as? Int == 9)
        #expect(pen["description"] as? String == "Blue ink")
        #expect(try program.run("verify").code == 0)
    }

    @Test func whatCannotBeTakenIsNamedAndNothingIsDone() throws {
        let program = try Program()
        let run = try program.run(
            "product", "import", "-", input: "name,price,stock\nPen,x,1\nInk,1,,x\nCup,1,\"2\n")
        #expect(run.code == 1)
        #expect(run.output.isEmpty)
        #expect(
            run.complaints == [
                "storefront: row 2, column \"price\": \"x\" is not an amount such as 50 or 50.00",
                "storefront: row 3, column 4: has text, but the header ends with column 3",
                "storefront: row 4, column \"stock\": has a quote that is never closed",
                "storefront: nothing was imported",
            ])
        #expect(!program.home.exists("data"))

        try program.run("product", "add", "--name", "Pen", "--price", "1", "--barcode", "123", "--sku", "P")
        let before = try program.run("product", "export").output
        let taken = try program.run(
            "product", "import", "-", input: "sku,name,price,barcode\nQ,First,1,\nR,Other,1,123\n")
        #expect(taken.code == 1)
        #expect(
            taken.complaints == [
                "storefront: row 3: another product of the store already has the barcode 123; nothing was imported"
            ])
        #expect(try program.run("product", "export").output == before)
    }

    @Test(arguments: [
        ("no-such-file.csv", "no-such-file.csv: No such file or directory"), (".", ".: Is a directory"),
    ])
    func namesFilesThatCannotBeRead(file: String, complaint: String) throws {
        let run = try Program().run("product", "import", file)
        #expect(run.code == 1)
        #expect(run.complaints == ["storefront: \(complaint)"])
    }

    /// A server's shop takes files from wherever somebody sits who may change its products.
    @Test func aServersShopIsExportedAndImported() throws {
        let server = try DemoServer()
        let program = try Program()
        let guest = try program.run("product", "export", "--remote", server.url)
        #expect(guest.code == 1 && guest.output.isEmpty, "\(guest.output)")
        #expect(
            try program.run(
                "sign-in", "admin@example.com", "--remote", server.url, input: "storefront-demo\n"
            ).code == 0)
        let out = try program.run("product", "export", "out.csv", "--remote", server.url)
        #expect(out.complaints == ["30 products written to out.csv"])
        let same = try program.run(
            "product", "import", "out.csv", "--check", "--json", "--remote", server.url)
        #expect(try same.code == 3 && same.json()["unchanged"] as? Int == 30, "\(same.errors)")
        let new = try program.run(
            "product", "import", "-", "--json", "--remote", server.url,
            input: "name,price,stock,sku\nNib,1.25,7,NIB-1\n")
        #expect(try new.json()["added"] as? Int == 1, "\(new.errors)")
        let table = try program.run("product", "export", "--remote", server.url).output
        let barcode = try #require(
            table.split(separator: "\n").dropLast().last?.split(separator: ",").first {
                $0.count == 13 && Int($0) != nil
            })
        let taken = try program.run(
            "product", "import", "-", "--remote", server.url,
            input: "sku,name,price,barcode\nQ,First,1,\nR,Other,1,\(barcode)\n")
        #expect(taken.code == 1 && taken.errors.contains("row 3"), "\(taken.errors)")
        #expect(table.split(separator: "\n").count == 32)
        #expect(try program.run("product", "export", "--remote", server.url).output == table)
    }

    @Test func checkChangesNothing() throws {
        let program = try Program()
        let file = "name,price,stock,shelf\nPen,1,2,B\nCup,2,0,\nInk,2,0,\n"
        let run = try program.run("product", "import", "-", "--check", input: file)
        #expect(run.code == 0)
        #expect(run.output.hasPrefix("Caution: most of these products would be sold out: 2 of 3\n"))
        #expect(run.output.contains("columns passed over: shelf"))
        #expect(!program.home.exists("data"))

        try program.run("product", "import", "-", input: file)
        let before = try program.run("product", "export").output
        let again = try program.run("product", "import", "-", "--check", input: file)
        #expect(again.code == 3)
        let changed = try program.run(
            "product", "import", "-", "--check", "--json", input: "name,price,stock\nPen,1,3\nHat,1,1\n")
        #expect(changed.code == 0)
        #expect(try changed.json()["added"] as? Int == 1)
        #expect(try changed.json()["updated"] as? Int == 1)
        let lost = try program.run(
            "product", "import", "-", "--check", input: "name,price,barcode\nPot,1,4.00638E+12\n")
        #expect(lost.code == 1)
        #expect(try program.run("product", "export").output == before)
    }

    @Test func whatASpreadsheetSpoiltChangesNothing() throws {
        let program = try Program()
        let before =
            "name,sku,barcode,price,stock\nTeapot,00123,4006381333931,12.50,4\nSoup,SO-1,036000291452,1.50,40\n"
            + "Pen,1E5,96385074,1.00,9\nBolt,3-12,5901234123457,1.00,9\n"
        try program.run("product", "import", "-", input: before)
        let exported = try program.run("product", "export").output
        let after =
            "sku,name,description,price,stock,category,barcode,handle\n123,Teapot,,12.5,4,,4.00638E+12,plain:00123\n"
            + "SO-1,Soup,,1.5,40,,36000291452,plain:SO-1\n1.00E+05,Pen,,1,9,,96385074,plain:1E5\n"
            + "12-Mar,Bolt,,1,9,,5.90123E+12,plain:3-12\n"
        let run = try program.run("product", "import", "-", "--json", input: after).json()
        #expect(run["unchanged"] as? Int == 4)
        #expect((run["kept_codes"] as? [Any])?.count == 6)
        #expect(try program.run("product", "export").output == exported)
    }

    @Test func amountsAreTypedAsPeopleWriteThem() throws {
        let program = try Program()
        #expect(
            try program.run("product", "add", "--name", "Pen", "--price", "12,50", "--stock", "12,0").code
                == 0)
        let two = try program.run("product", "add", "--name", "Cup", "--price", "1,250")
        #expect(two.code == 1)
        #expect(
            two.complaints.first?.contains("1.250") == true && two.complaints.first?.contains("1250") == true)
        #expect(try program.run("discount", "add", "TEN", "--percent", "7,5 %").code == 0)
        #expect(try program.run("policy", "set", "tax.rate", "8,1").code == 0)
    }

    @Test func showsProgressToWhoeverWatches() throws {
        let program = try Program()
        let rows = (1...500).map { "Product \($0),1\n" }.joined()
        let file = try program.home.file("many.csv", "name,price\n" + rows)
        let terminal = try PseudoTerminal()
        let process = try program.process(["product", "import", file.path])
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = terminal.program
        try process.run()
        try terminal.wait(for: "importing 100 of 500")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try program.run("product", "import", file.path).errors.isEmpty)
    }
}
