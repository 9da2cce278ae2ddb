import StoreDomain
import Testing

@testable import StoreTransfer

@Suite("Text files of every make") struct TextFileTests {
    private let rows = [
        ["name", "sku", "price", "stock"], ["Größe, \"XL\"", "GR-1", "12.50", "4"],
        ["Čaj 茶", "CA-1", "3.00", "9"],
    ]

    private func text(_ delimiter: String, quoted: Bool = true) -> String {
        rows.map { row in
            row.map { quoted ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 }.joined(separator: delimiter)
        }.joined(separator: "\r\n") + "\r\n"
    }

    private func check(_ bytes: some Sequence<UInt8>, _ delimiter: Delimiter, _ encoding: TextEncoding) throws
    {
        let file = try TestCatalog.read(bytes)
        #expect(file.products.map(\.draft.name) == ["Größe, \"XL\"", "Čaj 茶"])
        #expect(file.products.map(\.draft.price.minorUnits) == [1250, 300])
        #expect(file.delimiter == delimiter && file.encoding == encoding)
    }

    private func utf16(_ text: String, isLittle: Bool, mark: Bool) -> [UInt8] {
        ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
            let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return isLittle ? bytes : bytes.reversed()
        }
    }

    @Test(arguments: Delimiter.allCases) func theDelimiterIsRecognised(delimiter: Delimiter) throws {
        let sign = String(delimiter.rawValue)
        try check(text(sign).utf8, delimiter, .utf8)
        try check(("\u{FEFF}" + text(sign)).utf8, delimiter, .utf8)
        try check(("sep=\(sign)\r\n" + text(sign)).utf8, delimiter, .utf8)
        for isLittle in [true, false] {
            for mark in [true, false] {
                let encoding: TextEncoding = isLittle ? .utf16LittleEndian : .utf16BigEndian
                try check(utf16(text(sign), isLittle: isLittle, mark: mark), delimiter, encoding)
            }
        }
    }

    @Test func theHeaderDecidesWhereCountingWouldNot() throws {
        let file = try TestCatalog.read("name;price;\"size, colour, make, year\"\nMug;9,50;x\n")
        #expect(file.products.map(\.draft.price.minorUnits) == [950])
        #expect(file.ignoredColumns == ["size, colour, make, year"])
        #expect(try TestCatalog.read("name;price, net, gross;price\nMug;1;9,50\n").products.count == 1)
    }

    @Test func westernTextIsRecognised() throws {
        let bytes = Array("name;price\n".utf8) + [0x43, 0x61, 0x66, 0xE9, 0x20, 0x80, 0x3B, 0x31, 0x0A]
        let file = try TestCatalog.read(bytes)
        #expect(file.products.map(\.draft.name) == ["Café €"])
        #expect(file.encoding == .windows1252)
    }

    @Test func whatIsNoTextIsNamed() {
        // A zip archive, as a workbook is; Cyrillic in Windows-1251; Japanese in Shift-JIS.
        let cyrillic: [UInt8] = [0xCA, 0xF0, 0xF3, 0xE6, 0xEA, 0xE0]
        let japanese: [UInt8] = [0x83, 0x4A, 0x83, 0x62, 0x83, 0x76]
        for bytes in [[0x50, 0x4B, 3, 4, 20, 0], Array("name,price\n".utf8) + cyrillic, japanese] {
            #expect(TestCatalog.problems(bytes).count == 1)
        }
        #expect(
            TestCatalog.problems(utf16("name,price\nA,1\n", isLittle: true, mark: true).dropLast()).count == 1
        )
    }

    @Test func aRowWithoutAnyTextIsNone() throws {
        let file = try TestCatalog.read(
            ",,,\n\n \u{A0} \nname,sku,price,stock,,\nTeapot,TP-1,12.50,4\n,,,\n   \n\"\",\" \",,\nCup,CU-1,3,9,,,,\n"
        )
        #expect(file.products.map(\.draft.name) == ["Teapot", "Cup"])
        #expect(file.products.map(\.row) == [5, 9])
        #expect(file.products.map(\.draft.stock) == [4, 9])
    }

    @Test func cellsWithoutTextMayBeManyOrFew() throws {
        let file = try TestCatalog.read("name,price,stock,category\nA,1\nB,2,3,,, ,\n")
        #expect(file.products.map(\.draft.stock) == [.untracked, 3])
        #expect(
            TestCatalog.problems("name,price\nA,1,x\n") == [
                "row 2, column 3: has text, but the header ends with column 2"
            ])
        #expect(TestCatalog.problems("name,price,,\nA,1,,\nB,1,,x\n").count == 1)
    }

    @Test func itDoesNotCareHowTheBytesArrive() throws {
        let western = Array("sep=;\nname;price\n".utf8) + [0x43, 0xE9, 0x3B, 0x31, 0x0A]
        for bytes in [Array(text(";").utf8), utf16("\n" + text("\t"), isLittle: false, mark: false), western]
        {
            let whole = try TestCatalog.read(bytes)
            for size in 1...7 {
                var reader = CatalogReader(options: ImportOptions(now: TestCatalog.now))
                for start in stride(from: 0, to: bytes.count, by: size) {
                    reader.consume(bytes[start..<min(bytes.count, start + size)])
                }
                #expect(try reader.finish() == whole)
            }
        }
    }
}
