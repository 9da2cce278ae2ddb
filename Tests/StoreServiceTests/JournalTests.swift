import StoreContracts
import StoreDomain
import Testing

@Suite("A chain of the journal")
struct JournalTests {
    private let chain = JournalChain(digest: PlainDigest.of)

    @Test("Records are canonical JSON: sorted, without blanks, whole numbers")
    func canonical() {
        let record = chain.record(
            JournalEntry(.shiftOpened, ["float": .integer(20_000)]), chain: "1",
            after: chain.start(storeID: "x"), at: Timestamp(milliseconds: 1_763_974_800_000), by: 7)
        #expect(
            record.text
                == #"{"at":1763974800000,"by":7,"data":{"float":20000},"kind":"shift.open","n":1,"till":"1"}"#
        )
        #expect(CanonicalJSON.text("a\"b\\c\n\u{1}é").text == #""a\"b\\c\n\u0001é""#)
        #expect(
            CanonicalJSON.object(["b": .null, "a": .array([.bool(true)])]).text == #"{"a":[true],"b":null}"#)
    }

    @Test("A record that is changed, left out or put elsewhere breaks the chain at its place")
    func breaks() {
        var head = chain.start(storeID: "x")
        let records = (1...5).map { number in
            let record = chain.record(
                JournalEntry(.cashMoved, ["amount": .integer(Int64(number))]), chain: "1", after: head,
                at: Timestamp(seconds: Int64(number)), by: nil)
            head = JournalHead(number: record.number, hash: record.hash)
            return record
        }
        let start = chain.start(storeID: "x")
        #expect(chain.firstBreak(in: records, after: start) == nil)
        #expect(chain.firstBreak(in: records, after: chain.start(storeID: "y")) == 1)
        var changed = records
        let old = changed[2]
        changed[2] = JournalRecord(
            chain: old.chain, number: old.number, at: old.at, by: old.by, kind: old.kind,
            text: old.text.replacing("3", with: "4"), hash: old.hash)
        #expect(chain.firstBreak(in: changed, after: start) == 3)
        #expect(chain.firstBreak(in: records[0...1] + records[3...], after: start) == 4)
        var swapped = records
        swapped.swapAt(1, 3)
        #expect(chain.firstBreak(in: swapped, after: start) == 4)
    }
}
