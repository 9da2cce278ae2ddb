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
        #expect(text.output == "plain CSV: 3 products\nadded 1, updated 1, unchanged 1\n")
        let pen = try program.run("product", "show", "A", "--json").json()
        #expect(pen["price"] as? Double == 1.5)
        #expect(pen["stock"] as? Int == 9)
        #expect(pen["description"] as? String == "Blue ink")
        #expect(try program.run("verify").code == 0)
    }

    @Test func whatCannotBeTakenIsNamedAndNothingIsDone() throws {
        let program = try Program()
        let run = try program.run(
            "product", "import", "-", input: "name,price,stock\nPen,x,1\nInk,1\nCup,1,\"2\n")
        #expect(run.code == 1)
        #expect(run.output.isEmpty)
        #expect(
            run.complaints == [
                "storefront: row 2, column \"price\": \"x\" is not an amount",
                "storefront: row 3, column \"stock\": is missing: the row has 2 cells, the header 3",
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

    @Test func checkChangesNothing() throws {
        let program = try Program()
        let run = try program.run("product", "import", "-", "--check", input: "name,price,shelf\nPen,1,B\n")
        #expect(run.output == "plain CSV: 1 products\nnote: columns passed over: shelf\n")
        #expect(!program.home.exists("data"))
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
