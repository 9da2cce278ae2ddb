import StoreDomain
import Testing

@testable import StoreTransfer

@Suite struct PlainCatalogTests {
    @Test func takesColumnsInAnyOrderAndCase() throws {
        let file = try TestCatalog.read("\u{FEFF}Price,NAME,shelf\r\n\"1,234.50\",Desk,B2\r\n0.5,Pen,\r\n")
        #expect(file.products.map(\.draft.price.minorUnits) == [123_450, 50])
        #expect(file.products.map(\.handle) == ["plain:Desk", "plain:Pen"])
        #expect(file.products.first?.keeps == Set(ImportedField.allCases))
        #expect(file.ignoredColumns == ["shelf"])
    }

    @Test func saysEverythingThatIsWrongAtOnce() {
        #expect(
            TestCatalog.problems(
                "sku,name,price,stock\nA,,1,1\na,Pen,2,1\nB,Ink,x,1\nC,\"a\u{1B}[2J\",1,1\nD,E,1,1,,z\nE,F,1,\"1\"2\n"
            )
                == [
                    "row 2, column \"name\": must be 1 to 255 characters",
                    "row 3, column \"sku\": \"a\" stands in row 2 too",
                    "row 4, column \"price\": \"x\" is not an amount such as 50 or 50.00",
                    "row 5, column \"name\": must not contain control characters",
                    "row 6, column 6: has text, but the header ends with column 4",
                    "row 7, column \"stock\": has text behind its closing quote",
                ])
        #expect(TestCatalog.problems("") == ["The file is empty"])
        #expect(
            TestCatalog.problems("name,price,Name\n").first
                == "row 1, column \"name\": stands there more than once")
        #expect(
            TestCatalog.problems("a,b\n1,2\n").first?.hasPrefix("row 1: is no header of a catalogue: ")
                == true)
        #expect(TestCatalog.problems("a,b\n\"1\"x,2\n3\n\"").count == 1)
        #expect(
            TestCatalog.problems(Array("name,price\né,1\n".utf8) + [0x4A, 0xFC, 0x2C, 0x31])
                == [
                    "row 3, column \"name\": is not UTF-8 text; save the file as UTF-8",
                    "row 3, column \"name\": must be 1 to 255 characters",
                ])
    }

    @Test func stopsListingAtTheLimitButCountsOn() {
        let text = "name,price\n" + String(repeating: "x,y\n", count: 250)
        do {
            _ = try TestCatalog.read(text)
            Issue.record("such a file must be refused")
        } catch let refusal as ImportRefusal {
            #expect(refusal.problems.count == ImportRefusal.limit)
            #expect(refusal.count == 250)
        } catch {
            Issue.record("unexpected \(error)")
        }
    }

    @Test func writesNoFormulas() {
        for risky in ["=1+1", "+1", "-1", "@x", "\tx", "'=1", "''", "\rx"] {
            let armed = FormulaGuard.armed(risky)
            #expect(armed.utf8.first == UInt8(ascii: "'"))
            #expect(FormulaGuard.disarmed(armed) == risky)
        }
        #expect(FormulaGuard.armed("don't") == "don't")
        #expect(FormulaGuard.disarmed("'tis") == "'tis")
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func whatIsWrittenIsReadBackUnchanged(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let products = try (1...25).map { try Self.product($0, &random) }
        let text = PlainCatalog.header + products.map(PlainCatalog.line).joined()
        let file = try TestCatalog.read(text)
        #expect(file.format == .plain)
        #expect(file.ignoredColumns.isEmpty)
        #expect(file.products.map(\.handle) == products.map(\.handle), "seed \(seed)")
        for (read, written) in zip(file.products, products) {
            let unchanged = try ProductPatch().applied(to: written.product)
            #expect(read.draft == unchanged, "seed \(seed)")
            #expect(read.keeps.isEmpty && read.damaged.isEmpty)
        }
    }

    private static func product(_ id: Int64, _ random: inout SeededGenerator) throws -> ExportedProduct {
        let pieces = [
            "a", "B", "é", "靴", "\"", "\"\"", ",", "'", "=", "+", "-", "@", " ", "👟", "#", ";", "\\", "1",
        ]
        let textPieces = pieces + ["\n", "\r\n", "\r", "\t", "\u{1B}", "\u{0}"]
        func text(_ pieces: [String], _ range: ClosedRange<Int>) -> String {
            (0..<Int.random(in: range, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
        }
        let name = text(pieces, 1...12).trimmedText
        let draft = try ProductDraft(
            name: name.isEmpty ? "x" : name, description: text(textPieces, 0...40),
            price: Money(minorUnits: .random(in: 0...Product.maximumPriceMinor, using: &random)),
            stock: Int.random(in: 0...5, using: &random) == 0
                ? .untracked : .counted(.random(in: 0...Product.maximumStock, using: &random)),
            category: text(pieces, 0...4),
            sku: Bool.random(using: &random) ? "\(text(pieces, 0...3))-\(id)" : nil,
            barcode: Bool.random(using: &random) ? "-\(id)\(text(pieces, 0...3))" : nil)
        let product = Product(
            id: id, sku: draft.sku, barcode: draft.barcode, name: draft.name, description: draft.description,
            price: draft.price, stock: draft.stock, category: draft.category,
            createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0))
        return ExportedProduct(product: product, handle: "store:00/\(id)")
    }
}
