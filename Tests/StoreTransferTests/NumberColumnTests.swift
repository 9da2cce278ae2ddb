import StoreDomain
import Testing

@testable import StoreTransfer

@Suite("Numbers of a file are read alike") struct NumberColumnTests {
    private func prices(_ written: [String]) throws -> [Int64] {
        let rows = written.enumerated().map { "P\($0),\"\($1)\"\n" }.joined()
        return try TestCatalog.read("name,price\n" + rows).products.map(\.draft.price.minorUnits)
    }

    @Test func whatCanBeReadInOneWayDecidesForTheRest() throws {
        #expect(try prices(["1,250", "12,50"]) == [125, 1250])
        #expect(try prices(["1,250", "12.50"]) == [125_000, 1250])
        #expect(try prices(["1.250", "1.234.567,00"]) == [125_000, 123_456_700])
        #expect(try prices(["12,50", "12.50", "7"]) == [1250, 1250, 700])
        #expect(
            try prices(["12.50 $", "$ 1'234.50", "29.990000000000002", "9.9e1"]) == [
                1250, 123_450, 2999, 9900,
            ])
        let told = try TestCatalog.read("name,price,stock\nA,\"1,250\",3\nB,\"2,5\",4\n")
        #expect(told.warnings[.decimalComma]?.first == [Tally.Example(row: 2, text: "1,250")])
    }

    @Test func whatNothingDecidesIsRefusedWithBothReadings() {
        for file in ["name,price\nA,\"1,250\"\nB,7\n", "name,price\nA,\"1,250\"\nB,\"2,5\"\nC,2.5\n"] {
            let problems = TestCatalog.problems(file)
            #expect(problems.count == 1)
            #expect(problems.first?.contains("1.250") == true && problems.first?.contains("1250") == true)
        }
        #expect(TestCatalog.problems("name,price\nA,12 €\n").count == 1)
    }

    @Test func stocksAreWholeHoweverTheyAreWritten() throws {
        let file = try TestCatalog.read(
            "name,price,qty on hand\nA,1,\"2,0\"\nB,1,5 pcs\nC,1,\"1,200\"\nD,1,12.0000\nE,1,-3\nF,1,\n")
        #expect(file.products.map(\.draft.stock) == [2, 5, 1200, 12, 0, .untracked])
        #expect(TestCatalog.problems("name,price,stock\nA,1,1.5\nB,1,5 kg\nC,1,12.000\n").count == 3)
    }

    @Test(arguments: ["qty", "Quantity", "ON HAND", "on_hand", "inventory", "Lagerbestand", "在庫"])
    func aStockIsKnownByManyNames(name: String) throws {
        let file = try TestCatalog.read("name,price,\(name)\nMug,9,40\n")
        #expect(file.products.map(\.draft.stock) == [40])
        #expect(file.ignoredColumns.isEmpty)
    }

    @Test func aMissingStockIsNotNone() throws {
        let file = try TestCatalog.read("name,price\nMug,9\n")
        #expect(file.products.map(\.draft.stock) == [.untracked])
        #expect(file.products.first?.keeps.contains(.stock) == true)
        #expect(file.warnings.mapValues(\.count) == [.untracked: 1])
    }
}

@Suite("Codes that went through a spreadsheet") struct WrittenCodeTests {
    @Test(arguments: [
        ("4006381333931", WrittenCode.clean("4006381333931")), ("'4006381333931", .clean("4006381333931")),
        ("=\"4006381333931\"", .repaired("4006381333931")), ("4006381333931.0", .repaired("4006381333931")),
        ("4006381333931,00", .repaired("4006381333931")), ("4 006381 333931", .repaired("4006381333931")),
        ("4-006381-333931", .repaired("4006381333931")), ("4.00638E+12", .damaged("4.00638E+12")),
        ("4,00638E+12", .damaged("4,00638E+12")), ("ABC-123", .clean("ABC-123")),
        ("12-34-56", .clean("12-34-56")),
        ("", .none),
    ])
    func barcode(text: String, code: WrittenCode) {
        #expect(WrittenCode.barcode(text) == code)
    }

    @Test(arguments: [
        ("1E5", WrittenCode.clean("1E5")), ("1.00E+05", .damaged("1.00E+05")), ("12-Mar", .damaged("12-Mar")),
        ("Mar-12", .damaged("Mar-12")), ("12. Mrz", .damaged("12. Mrz")), ("12-mars", .damaged("12-mars")),
        ("3/12/2026", .damaged("3/12/2026")), ("12-MAR", .clean("12-MAR")), ("3-12", .clean("3-12")),
        ("Set-12", .clean("Set-12")), ("A 1-2", .clean("A 1-2")), ("='A'", .clean("='A'")),
        ("'00123", .clean("00123")),
        ("12.50", .clean("12.50")),
    ])
    func sku(text: String, code: WrittenCode) {
        #expect(WrittenCode.sku(text) == code)
    }
}
