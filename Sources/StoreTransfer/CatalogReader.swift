import StoreDomain

/// Reads a catalogue file as its bytes come in.
///
///     var reader = CatalogReader(options: options)
///     while let chunk = … { reader.consume(chunk) }
///     let file = try reader.finish()
public struct CatalogReader {
    private var decoder = TextDecoder()
    /// Gathers the beginning until what parts cells is known.
    private var start: FileStart? = FileStart()
    private var delimiter = Delimiter.comma
    private var parser = CSVParser()
    private var sink: RowSink
    private var text: [UInt8] = []

    public init(options: ImportOptions) { sink = RowSink(collector: ImportCollector(options: options)) }

    /// How many rows were read, the header included.
    public var rowsRead: Int { sink.rowsRead }

    public mutating func consume(_ bytes: some Sequence<UInt8>) {
        text.removeAll(keepingCapacity: true)
        decoder.decode(bytes, into: &text)
        parse()
    }

    /// What the file holds; to be called once.
    ///
    /// - Throws: everything that cannot be taken; nothing of such a file should be imported.
    public mutating func finish() throws(ImportRefusal) -> CatalogFile {
        text.removeAll(keepingCapacity: true)
        decoder.finish(into: &text)
        if let fault = decoder.fault {
            let problem = ImportProblem(row: nil, column: nil, reason: fault.reason)
            throw ImportRefusal(problems: [problem], count: 1)
        }
        parse()
        begin()
        parser.finish(into: &sink)
        return try sink.finish(decoder.encoding, delimiter)
    }

    private mutating func parse() {
        var rest = text[...]
        while let byte = rest.first, start != nil {
            rest = rest.dropFirst()
            if start?.take(byte) == true { begin() }
        }
        if start == nil { parser.consume(rest, into: &sink) }
    }

    private mutating func begin() {
        guard let begun = start else { return }
        start = nil
        delimiter = begun.delimiter { RowSink.reader(for: CSVHeader($0)) != nil }
        parser = CSVParser(delimiter: delimiter.byte)
        parser.consume(begun.bytes, into: &sink)
    }
}

extension TextDecoder.Fault {
    /// What is wrong and what to do.
    var reason: String {
        switch self {
        case .spreadsheet:
            "This is a spreadsheet's own file; save it there as \"CSV UTF-8\" and import that"
        case .utf32: "The file is UTF-32; save it as UTF-8"
        case .cutUTF16: "The file is UTF-16, but damaged; save it as UTF-8"
        case .unknownEncoding:
            "The file is neither UTF-8 nor UTF-16 nor Windows-1252; save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")"
        }
    }
}

private struct RowSink: CSVSink {
    var collector: ImportCollector
    private(set) var rowsRead = 0
    private var beginning = FirstRows()
    private var header: CSVHeader?
    private var format: (any CatalogRowReader)?

    init(collector: ImportCollector) { self.collector = collector }

    /// The format of a header; nil when it is none of a catalogue.
    static func reader(for header: CSVHeader) -> (any CatalogRowReader)? {
        ShopifyReader(header) ?? WooCommerceReader(header) ?? SquareReader(header) ?? EtsyReader(header)
            ?? PlainReader(header)
    }

    mutating func take(_ row: CSVRow) {
        rowsRead += 1
        guard let header else {
            beginning.take(row)
            if let first = beginning.header { start(first) }
            return
        }
        // A row without any text is no row; cells without any are no cells, whether too many or too few.
        guard format != nil, row.hasText else { return }
        if let extra = (0..<row.cellCount).dropFirst(header.width).first(where: row.hasText) {
            collector.refuse(
                row: row.number, column: header.label(extra),
                "has text, but the header ends with column \(header.width)")
            return
        }
        format?.read(Cells(row: row), into: &collector)
    }

    mutating func take(_ fault: CSVFault) {
        // Of a file that is no catalogue, that says enough.
        guard header == nil || format != nil else { return }
        collector.refuse(
            row: fault.row, column: header?.label(fault.column) ?? "\(fault.column + 1)", fault.reason)
    }

    private mutating func start(_ row: CSVRow) {
        let header = CSVHeader(row)
        self.header = header
        guard let format = Self.reader(for: header) else {
            return collector.refuse(row: row.number, column: nil, Self.noCatalogue(header))
        }
        for column in format.columns where header.isAmbiguous(column) {
            collector.refuse(row: row.number, column: "\"\(column.name)\"", "stands there more than once")
        }
        self.format = format
    }

    /// What is missing, as far as that can be told.
    private static func noCatalogue(_ header: CSVHeader) -> String {
        if header.has("ID", "Type", "Name") || header.has("Name", "Sale price") {
            return
                "is the header of a WooCommerce export without its column Regular price; export again with it"
        }
        if header.has("Handle", "Title") {
            return "is the header of a Shopify export without its column Variant Price; export again with it"
        }
        return
            "is no header of a catalogue: a Shopify export has Handle, Title and Variant Price, a WooCommerce "
            + "export Name and Regular price, a Square export Item Name and Price, an Etsy export TITLE, PRICE and "
            + "CURRENCY_CODE, a plain file name and price. An export in another language is read when its shop is set "
            + "to English for the export (WooCommerce: Users > Profile > Language)"
    }

    mutating func finish(_ encoding: TextEncoding, _ delimiter: Delimiter) throws(ImportRefusal)
        -> CatalogFile
    {
        format?.finish(into: &collector)
        collector.finish()
        if header == nil, collector.problemCount == 0 {
            collector.refuse(row: nil, column: nil, "The file is empty")
        }
        guard let format, collector.problemCount == 0 else {
            let byRow = collector.problems.sorted { ($0.row ?? 0) < ($1.row ?? 0) }
            throw ImportRefusal(problems: byRow, count: collector.problemCount)
        }
        return CatalogFile(
            format: type(of: format).format, encoding: encoding, delimiter: delimiter,
            products: collector.products, leftOut: collector.leftOut, warnings: collector.warnings,
            ignoredColumns: format.ignoredColumns)
    }
}

/// Reads the rows of one kind of file.
protocol CatalogRowReader {
    static var format: CatalogFormat { get }
    /// nil when the header is another format's.
    init?(_ header: CSVHeader)
    /// Every column that is read.
    var columns: [CSVHeader.Column] { get }
    var ignoredColumns: [String] { get }
    mutating func read(_ cells: Cells, into collector: inout ImportCollector)
    /// Hands over what could not be before the last row.
    mutating func finish(into collector: inout ImportCollector)
}

extension CatalogRowReader {
    var ignoredColumns: [String] { [] }
}
