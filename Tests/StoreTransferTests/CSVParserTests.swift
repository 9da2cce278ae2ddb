import Testing

@testable import StoreTransfer

@Suite struct CSVParserTests {
    private struct Recorder: CSVSink {
        var rows: [[String?]] = []
        var numbers: [Int] = []
        var faults: [CSVFault] = []

        mutating func take(_ row: CSVRow) {
            rows.append((0..<row.cellCount).map { row.text($0) })
            numbers.append(row.number)
        }

        mutating func take(_ fault: CSVFault) { faults.append(fault) }
    }

    private func parse(_ bytes: some Sequence<UInt8>) -> Recorder {
        var parser = CSVParser()
        var recorder = Recorder()
        parser.consume(bytes, into: &recorder)
        parser.finish(into: &recorder)
        return recorder
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func endsRowsAtEveryKindOfLineEnd(end: String) {
        let text = ["a,b", "\"1\nx\",\"say \"\"hi\"\"\"", "", "é,"].joined(separator: end)
        for tail in ["", end, end + end] {
            let recorder = parse((text + tail).utf8)
            #expect(recorder.rows == [["a", "b"], ["1\nx", "say \"hi\""], ["é", ""]])
            #expect(recorder.numbers == [1, 2, 4])
            #expect(recorder.faults.isEmpty)
        }
    }

    @Test func keepsQuotesInsideUnquotedCells() {
        #expect(parse("5\" pipe,\"\",x\"\"y".utf8).rows == [["5\" pipe", "", "x\"\"y"]])
    }

    @Test func namesWhatIsNoRow() {
        #expect(
            parse("a,b\n1,\"x\"y\n".utf8).faults == [CSVFault(kind: .textAfterQuote, row: 2, column: 1)])
        #expect(parse("a\n\"x\n\n".utf8).faults == [CSVFault(kind: .unclosedQuote, row: 2, column: 0)])
        let endless = String(repeating: "x", count: CSVParser.longestRow + 10)
        let recorder = parse("a\n\(endless)\nb".utf8)
        #expect(recorder.faults == [CSVFault(kind: .tooLong, row: 2, column: 0)])
        #expect(recorder.rows == [["a"], ["b"]])
    }

    @Test func saysWhichCellsAreNotText() {
        #expect(parse(Array("a,b\n".utf8) + [0xFF, 0x2C, 0x62]).rows == [["a", "b"], [nil, "b"]])
    }

    @Test func doesNotCareHowTheBytesArrive() {
        let text = "a,\"b\r\n\"\"c\"\"\",d\r\n\r\nü,,\"\"\r\n"
        let whole = parse(text.utf8)
        for size in 1...9 {
            var parser = CSVParser()
            var recorder = Recorder()
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                parser.consume(bytes[start..<min(bytes.count, start + size)], into: &recorder)
            }
            parser.finish(into: &recorder)
            #expect(recorder.rows == whole.rows)
            #expect(recorder.numbers == whole.numbers)
        }
        #expect(whole.rows == [["a", "b\r\n\"c\"", "d"], ["ü", "", ""]])
    }
}
