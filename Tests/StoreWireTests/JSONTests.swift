import StoreDomain
import StoreWire
import Testing

@Suite struct JSONTests {
    private func text(_ json: JSON) -> String {
        String(decoding: JSONWriter.bytes { $0.value(json) }, as: UTF8.self)
    }

    @Test(arguments: [
        "{}", "[]", "0", "-0.5e+10", "\"\"", "[1,[2,{\"a\":[]}],null,true,false]",
        "{\"b\":1,\"a\":29.99}", "29.990000000000002", "\"é 漢 😀\"", "\"\\u007f\\u0001\\n\\\"\\\\\"",
    ])
    func readsAndWritesTheSame(_ source: String) throws {
        #expect(text(try JSONParser.parse(source.utf8)) == source)
    }

    @Test func understandsSpaceAndEscapes() throws {
        let source = " { \"a\" : \"\\u00e9\\ud83d\\ude00\\/\\b\\f\\r\\t\" , \"b\" : [ 1 , 2 ] } \n"
        #expect(
            text(try JSONParser.parse(source.utf8)) == "{\"a\":\"é😀/\\u0008\\u000c\\r\\t\",\"b\":[1,2]}")
    }

    @Test(arguments: [
        ("", 1, 1), ("{", 1, 2), ("{\"a\" 1}", 1, 6), ("[1,]", 1, 4), ("{\"a\":1,}", 1, 8), ("01", 1, 2),
        ("1.", 1, 3), ("1e", 1, 3), ("-", 1, 2), ("+1", 1, 1), ("\"a", 1, 1), ("\"\\x\"", 1, 2),
        ("\"\\ud800\"", 1, 2), ("\"\\ud800\\u0041\"", 1, 2), ("\"\\u00g0\"", 1, 2), ("nul", 1, 1),
        ("[1\n,\n x]", 3, 2), ("1 2", 1, 3), ("\"\t\"", 1, 2), ("NaN", 1, 1), ("{a:1}", 1, 2),
    ])
    func saysWhereItBroke(_ source: String, line: Int, column: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(source.utf8) }
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test func refusesWhatIsNotUTF8() {
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse([0xFE]) }
    }

    @Test func refusesDepthAndEndlessNumbers() {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(deep) }
        let long = [UInt8](repeating: UInt8(ascii: "9"), count: 10_000)
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(long) }
    }

    @Test(arguments: [
        (2999, "29.99"), (0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-123_456, "-1234.56"),
        (Int64.max, "92233720368547758.07"), (Int64.min, "-92233720368547758.08"),
    ])
    func writesMoneyExactly(_ minor: Int64, _ expected: String) {
        let bytes = JSONWriter.bytes { $0.value(Money(minorUnits: minor)) }
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test func writesTimesAsTheDomainDoes() {
        for milliseconds in [0, 1, 999, 1_795_355_553_000, -62_135_596_800_000, 253_402_300_799_999] {
            let time = Timestamp(milliseconds: Int64(milliseconds))
            let bytes = JSONWriter.bytes { $0.value(time) }
            #expect(String(decoding: bytes, as: UTF8.self) == "\"\(time.rfc3339)\"")
        }
    }
}
