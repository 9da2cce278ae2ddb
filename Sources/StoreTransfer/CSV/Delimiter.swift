import StoreDomain

/// What parts the cells of a file.
public enum Delimiter: Character, Hashable, Sendable, CaseIterable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"
    case pipe = "|"

    /// "semicolons", for people.
    public var words: String {
        switch self {
        case .comma: "commas"
        case .semicolon: "semicolons"
        case .tab: "tabs"
        case .pipe: "vertical bars"
        }
    }

    var byte: UInt8 { rawValue.asciiValue ?? UInt8(ascii: ",") }
}

/// The beginning of a file, up to its header: what parts its cells and where the rows begin.
struct FileStart {
    /// Beyond so many bytes without an end of the header, what is there has to do.
    private static let longest = 1 << 20

    private(set) var bytes: [UInt8] = []
    private var lineStart = 0
    private var lineHasText = false
    private var isQuoted = false

    /// Takes one byte; true when the header is whole.
    mutating func take(_ byte: UInt8) -> Bool {
        bytes.append(byte)
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        guard byte == 0x0A || byte == 0x0D, !isQuoted else {
            lineHasText = lineHasText || !Self.isBlank(byte)
            return bytes.count >= Self.longest
        }
        let line = bytes[lineStart..<(bytes.count - 1)]
        let isHeader = lineHasText && !Self.isSeparatorLine(String(decoding: line.prefix(40), as: UTF8.self))
        (lineStart, lineHasText) = (bytes.count, false)
        return isHeader
    }

    /// What a `sep=` line names, else the delimiter whose header `isKnown`, else the one met most often.
    ///
    /// - Parameter isKnown: whether a first row is the header of some catalogue.
    func delimiter(isKnown: (CSVRow) -> Bool) -> Delimiter {
        // No cell of such a line has a tab unless it names one.
        if let line = read(.tab).separators, let text = line.text(0) {
            let sign = text.trimmedText.dropFirst(Self.separators.count).first
            if let named = sign.map({ Delimiter(rawValue: $0) }) ?? (line.cellCount > 1 ? .tab : nil) {
                return named
            }
        }
        let rows = Delimiter.allCases.compactMap { delimiter in
            read(delimiter).header.map { (delimiter: delimiter, row: $0) }
        }
        let widest = rows.map(\.row.cellCount).max()
        let found = rows.first { isKnown($0.row) } ?? rows.first { $0.row.cellCount == widest }
        return found?.delimiter ?? .comma
    }

    private func read(_ delimiter: Delimiter) -> FirstRows {
        var parser = CSVParser(delimiter: delimiter.byte)
        var rows = FirstRows()
        parser.consume(bytes, into: &rows)
        parser.finish(into: &rows)
        return rows
    }

    fileprivate static let separators = "sep="

    /// `sep=;`, by which spreadsheets are told the delimiter.
    fileprivate static func isSeparatorLine(_ text: String) -> Bool {
        text.trimmedText.drop { $0 == "\"" }.lowercased().hasPrefix(separators)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == UInt8(ascii: "\"") || Delimiter.allCases.contains { $0.byte == byte }
    }
}

/// Finds the header, and a `sep=` line above it.
struct FirstRows: CSVSink {
    private(set) var separators: CSVRow?
    private(set) var header: CSVRow?

    mutating func take(_ row: CSVRow) {
        guard header == nil, row.hasText, !row.isOfDelimiters else { return }
        if separators == nil, row.text(0).map(FileStart.isSeparatorLine) == true {
            separators = row
        } else {
            header = row
        }
    }

    mutating func take(_ fault: CSVFault) {}
}

extension CSVRow {
    /// Whether there is nothing but what parts cells in some file.
    fileprivate var isOfDelimiters: Bool {
        (0..<cellCount).allSatisfy { index in
            text(index).map { $0.allSatisfy { $0.isWhitespace || Delimiter(rawValue: $0) != nil } } ?? false
        }
    }
}
