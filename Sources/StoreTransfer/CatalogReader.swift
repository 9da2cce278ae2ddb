import StoreDomain

/// Reads a catalogue file as its bytes come in.
///
///     var reader = CatalogReader(options: options)
///     while let chunk = … { reader.consume(chunk) }
///     let file = try reader.finish()
public struct CatalogReader {
    private var parser = CSVParser()
    private var sink: RowSink

    public init(options: ImportOptions) { sink = RowSink(collector: ImportCollector(options: options)) }

    /// How many rows were read, the header included.
    public var rowsRead: Int { sink.rowsRead }

    public mutating func consume(_ bytes: some Sequence<UInt8>) {
        parser.consume(bytes, into: &sink)
    }

    /// What the file holds; to be called once.
    ///
    /// - Throws: everything that cannot be taken; nothing of such a file should be imported.
    public mutating func finish() throws(ImportRefusal) -> CatalogFile {
        parser.finish(into: &sink)
        return try sink.finish()
    }
}

private struct RowSink: CSVSink {
    var collector: ImportCollector
    private(set) var rowsRead = 0
    private var header: CSVHeader?
    private var format: (any CatalogRowReader)?

    init(collector: ImportCollector) { self.collector = collector }

    mutating func take(_ row: CSVRow) {
        rowsRead += 1
        guard let header else { return start(row) }
        guard format != nil else { return }
        if row.cellCount != header.names.count {
            let isShort = row.cellCount < header.names.count
            collector.refuse(
                row: row.number, column: header.label(min(row.cellCount, header.names.count)),
                "\(isShort ? "is missing" : "is one too many"): the row has \(row.cellCount) cells, "
                    + "the header \(header.names.count)")
            return
        }
        format?.read(Cells(row: row), into: &collector)
    }

    mutating func take(_ fault: CSVFault) {
        // Of a file that is no catalogue, that says enough.
        guard header == nil || format != nil else { return }
        let reason =
            switch fault.kind {
            case .textAfterQuote: "has text behind its closing quote"
            case .unclosedQuote: "has a quote that is never closed"
            case .tooLong: "never ends; is a quote not closed, or is this no CSV file?"
            }
        collector.refuse(row: fault.row, column: header?.label(fault.column) ?? "\(fault.column + 1)", reason)
    }

    private mutating func start(_ row: CSVRow) {
        let names = (0..<row.cellCount).map { row.text($0) ?? "" }
        let header = CSVHeader(names)
        self.header = header
        guard
            let format: any CatalogRowReader = ShopifyReader(header) ?? WooCommerceReader(header)
                ?? PlainReader(header)
        else {
            collector.refuse(
                row: row.number, column: nil,
                "is no header of a catalogue: a Shopify export has Handle, Title and Variant Price, a "
                    + "WooCommerce export ID, Type, Name and Regular price, a plain file name and price")
            return
        }
        for column in format.columns where header.isAmbiguous(column) {
            collector.refuse(row: row.number, column: "\"\(column.name)\"", "stands there more than once")
        }
        self.format = format
    }

    mutating func finish() throws(ImportRefusal) -> CatalogFile {
        format?.finish(into: &collector)
        if header == nil, collector.problemCount == 0 {
            collector.refuse(row: nil, column: nil, "The file is empty")
        }
        guard let format, collector.problemCount == 0 else {
            let byRow = collector.problems.sorted { ($0.row ?? 0) < ($1.row ?? 0) }
            throw ImportRefusal(problems: byRow, count: collector.problemCount)
        }
        return CatalogFile(
            format: type(of: format).format, products: collector.products, leftOut: collector.leftOut,
            warnings: collector.warnings, ignoredColumns: format.ignoredColumns)
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
    mutating func finish(into collector: inout ImportCollector)
}

extension CatalogRowReader {
    var ignoredColumns: [String] { [] }
}
