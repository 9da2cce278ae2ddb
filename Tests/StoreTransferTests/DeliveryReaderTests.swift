import StoreDomain
import Testing

@testable import StoreTransfer

/// Suppliers' lists of deliveries, as they come from suppliers.
@Suite struct DeliveryReaderTests {
    private func read(_ text: String) throws -> [DeliveryNote.Line] { try read(Array(text.utf8)) }

    private func read(_ bytes: [UInt8]) throws -> [DeliveryNote.Line] {
        var reader = DeliveryReader(currency: .eur)
        // A file may come in however small pieces.
        for byte in bytes { reader.consume([byte]) }
        return try reader.finish(named: "note.csv").lines
    }

    private func problems(_ text: String) -> [String] {
        do {
            _ = try read(text)
            return []
        } catch let refusal as ImportRefusal {
            return refusal.problems.map(\.text)
        } catch {
            return ["\(error)"]
        }
    }

    @Test(arguments: [
        "sku,quantity,cost\nA-1,3,4.30\nB-2,1,\n", "\u{FEFF}Qty;Unit Cost;SKU\r\n3;4,30;A-1\r\n1;;B-2\r\n",
        "sep=;\nArtikelnummer;Liefermenge;EK\nA-1;3 Stk;4,30 €\n\nB-2;1;\n",
        "Name\tCode\tPieces\tCost\nPen\tA-1\t3.0\t4.30\nInk\tB-2\t1\t\n",
    ])
    func takesColumnsByName(_ text: String) throws {
        let lines = try read(text)
        #expect(lines.map(\.codes) == [["A-1"], ["B-2"]])
        #expect(lines.map(\.pieces) == [3, 1])
        #expect(lines.map { $0.unitCost?.minorUnits } == [430, nil])
    }

    @Test func aBarcodeIsLookedUpBeforeASuppliersOwnNumber() throws {
        let lines = try read("item no,ean,quantity\n100,4006381333931.0,2\n101,,1\n")
        #expect(lines.map(\.codes) == [["4006381333931", "100"], ["101"]])
        #expect(lines.map(\.row) == [2, 3])
    }

    @Test func whatComesLaterIsNoLine() throws {
        #expect(try read("sku,shipped\nA,0\nB,2\n").map(\.codes) == [["B"]])
    }

    @Test func whatGoodsAreSoldForIsNoCost() throws {
        #expect(try read("sku,quantity,price\nA,1,9.90\n").map(\.unitCost) == [nil])
    }

    @Test func readsWhatOldProgramsWrite() throws {
        let bytes = Array("Artikel;Menge\nM".utf8) + [0xFC] + Array("sli;2\n".utf8)
        #expect(try read(bytes).map(\.codes) == [["Müsli"]])
    }

    @Test func saysEverythingThatIsWrongAtOnceWithItsRow() {
        let found = problems("sku,quantity,cost\n,1,1\nA,x,1\nB,-1,1\nC,1,y\n4.00638E+12,1,1\nD,1,1,z\n")
        #expect(found.count == 6, "\(found)")
        for (index, problem) in found.enumerated() {
            #expect(problem.hasPrefix("row \(index + 2)"), "\(problem)")
        }
        #expect(problems("name,price\nA,1\n").first?.hasPrefix("row 1: is no header") == true)
        #expect(problems("sku,quantity,SKU\nA,1,B\n").first?.hasPrefix("row 1") == true)
        #expect(problems("").count == 1 && problems("sku,quantity\n").count == 1)
    }
}
