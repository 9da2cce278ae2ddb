import StoreDomain

/// Takes the rows that a `CSVParser` finds.
protocol CSVSink {
    mutating func take(_ row: CSVRow)
    mutating func take(_ fault: CSVFault)
}

/// What cannot be a row; parsing goes on behind it.
struct CSVFault: Hashable {
    enum Kind: Hashable { case textAfterQuote, unclosedQuote, tooLong }

    let kind: Kind
    /// Counted from 1.
    let row: Int
    /// Counted from 0.
    let column: Int

    /// Completes the name of its column.
    var reason: String {
        switch kind {
        case .textAfterQuote: "has text behind its closing quote"
        case .unclosedQuote: "has a quote that is never closed"
        case .tooLong: "never ends; is a quote not closed, or is this no CSV file?"
        }
    }
}

/// Splits the UTF-8 bytes of a CSV file (RFC 4180) into rows as they come in, so that only one row is in memory.
///
/// Quoted cells may hold delimiters, quotes and line ends; rows end in LF, CRLF or CR; blank lines are no rows
/// but are counted. A quote inside an unquoted cell is an ordinary character.
struct CSVParser {
    /// Beyond this many bytes a row is taken for a quote that was never closed, or for no text at all.
    static let longestRow = 4 << 20

    private enum State { case cellStart, unquoted, quoted, quoteInQuoted, skipping }

    /// What parts cells.
    let delimiter: UInt8
    private var state = State.cellStart
    private var row = CSVRow(number: 1)
    private var quoteColumn = 0
    private var afterCR = false

    init(delimiter: UInt8 = UInt8(ascii: ",")) { self.delimiter = delimiter }

    /// Takes the next bytes of the file and hands over every row that they complete.
    mutating func consume(_ bytes: some Sequence<UInt8>, into sink: inout some CSVSink) {
        for byte in bytes {
            take(byte, into: &sink)
            if row.byteCount > Self.longestRow, state != .skipping {
                sink.take(CSVFault(kind: .tooLong, row: row.number, column: row.cellCount))
                state = .skipping
            }
        }
    }

    /// Hands over the last row when the file does not end in a line end.
    mutating func finish(into sink: inout some CSVSink) {
        switch state {
        case .quoted: sink.take(CSVFault(kind: .unclosedQuote, row: row.number, column: quoteColumn))
        case .skipping: break
        case .cellStart where row.isBlank: break
        case .cellStart, .unquoted, .quoteInQuoted: endRow(into: &sink)
        }
    }

    private mutating func take(_ byte: UInt8, into sink: inout some CSVSink) {
        let followsCR = afterCR
        afterCR = false
        switch state {
        case .quoted:
            if byte == UInt8(ascii: "\"") { state = .quoteInQuoted } else { row.append(byte) }
            return
        case .quoteInQuoted where byte == UInt8(ascii: "\""):
            row.append(byte)
            state = .quoted
            return
        case .cellStart where byte == UInt8(ascii: "\""):
            quoteColumn = row.cellCount
            state = .quoted
            return
        case .skipping where byte != 0x0A && byte != 0x0D: return
        case .cellStart, .unquoted, .quoteInQuoted, .skipping: break
        }
        switch byte {
        case delimiter:
            row.endCell()
            state = .cellStart
        case 0x0A where followsCR: break
        case 0x0A, 0x0D:
            afterCR = byte == 0x0D
            if state == .skipping || (state == .cellStart && row.isBlank) {
                row.restart()
            } else {
                endRow(into: &sink)
            }
            state = .cellStart
        default:
            if state == .quoteInQuoted {
                sink.take(CSVFault(kind: .textAfterQuote, row: row.number, column: row.cellCount))
            }
            row.append(byte)
            state = .unquoted
        }
    }

    private mutating func endRow(into sink: inout some CSVSink) {
        row.endCell()
        sink.take(row)
        row.restart()
    }
}

/// One row: its cells, back to back, as the bytes they are.
struct CSVRow {
    /// Counted from 1, the header being row 1, blank lines included.
    private(set) var number: Int
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(number: Int) { self.number = number }

    /// How many cells are complete.
    var cellCount: Int { ends.count }

    /// Whether a cell has more than white space in it.
    func hasText(_ index: Int) -> Bool { text(index).map { !$0.trimmedText.isEmpty } ?? true }

    /// Whether any cell has.
    var hasText: Bool { ends.indices.contains(where: hasText) }

    /// A cell's text, empty behind the last; nil when it is not UTF-8.
    func text(_ index: Int) -> String? {
        guard ends.indices.contains(index) else { return "" }
        let start = index == 0 ? 0 : ends[index - 1]
        return start == ends[index] ? "" : String(validating: bytes[start..<ends[index]], as: UTF8.self)
    }
}

extension CSVRow {
    fileprivate var byteCount: Int { bytes.count }
    fileprivate var isBlank: Bool { bytes.isEmpty && ends.isEmpty }

    fileprivate mutating func append(_ byte: UInt8) { bytes.append(byte) }
    fileprivate mutating func endCell() { ends.append(bytes.count) }

    fileprivate mutating func restart() {
        number += 1
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }
}
