import StoreDomain

/// What POST /api/products/import and /api/products/import/check ask for.
public struct ImportBody: WireWritable, Sendable {
    public let products: [ImportedProduct]

    public init(_ products: [ImportedProduct]) { self.products = products }

    public init(_ json: WireReader) throws(WireProblem) {
        try json.require(["products"])
        products = try json.values("products")
    }

    public func write(to json: inout JSONWriter) { json.object { $0.member("products", products) } }
}

extension ImportedProduct: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        let (name, price, stock) = (
            try json.member("name").text(), try json.member("price").money(), try json.stock()
        )
        let description = try json.optionalText("description") ?? ""
        let (category, sku, barcode) = (
            try json.optionalText("category"), try json.optionalText("sku"), try json.optionalText("barcode")
        )
        let taxClass = try json.optionalText("tax_class")
        let keeps: [ImportedField] =
            try json.optional("keeps")?.list { (json) throws(WireProblem) in try json.importedField() } ?? []
        let damaged: [DamagedCode] = try json.values("damaged")
        self.init(
            handle: try json.member("handle").text(),
            draft: try json.checked { () throws(StoreError) in
                try ProductDraft(
                    name: name, description: description, price: price, stock: stock, category: category,
                    sku: sku, barcode: barcode, taxClass: taxClass)
            },
            row: try json.member("row").int(in: 1 ... .max), keeps: Set(keeps),
            damaged: Dictionary(damaged.map { ($0.field, $0.written) }) { $1 })
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("handle", handle)
            $0.member("row", row)
            $0.member("name", draft.name)
            $0.member("description", draft.description)
            $0.member("price", draft.price)
            $0.member("stock", draft.stock.number)
            $0.member("tracks_stock", draft.stock.isTracked)
            $0.member("category", draft.category)
            $0.member("sku", draft.sku)
            $0.member("barcode", draft.barcode)
            $0.member("tax_class", draft.taxClass)
            $0.name("keeps")
            $0.list(keeps.map(\.name).sorted()) { json, name in json.value(name) }
            $0.member(
                "damaged",
                damaged.map { DamagedCode(field: $0.key, written: $0.value) }
                    .sorted { $0.field.name < $1.field.name })
        }
    }
}

/// A code that a spreadsheet has spoilt, as it is written.
private struct DamagedCode: WireValue {
    let field: ImportedField
    let written: String

    init(field: ImportedField, written: String) {
        self.field = field
        self.written = written
    }

    init(_ json: WireReader) throws(WireProblem) {
        field = try json.member("field").importedField()
        written = try json.member("written").text()
    }

    func write(to json: inout JSONWriter) {
        json.object {
            $0.member("field", field.name)
            $0.member("written", written)
        }
    }
}

extension WireReader {
    fileprivate func importedField() throws(WireProblem) -> ImportedField {
        guard let field = ImportedField(name: try text()) else {
            throw problem("must be one of \(ImportedField.allCases.map(\.name).joined(separator: ", "))")
        }
        return field
    }
}

extension ImportResult: WireNamed {
    public static var wireName: StaticString { "import" }
    public static var wirePlural: StaticString { "imports" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            added: try json.member("added").int(in: 0 ... .max),
            updated: try json.member("updated").int(in: 0 ... .max),
            unchanged: try json.member("unchanged").int(in: 0 ... .max),
            soldOut: try json.member("sold_out").int(in: 0 ... .max), kept: try json.values("kept"),
            refused: try json.values("refused"))
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("added", added)
            $0.member("updated", updated)
            $0.member("unchanged", unchanged)
            $0.member("sold_out", soldOut)
            $0.member("kept", kept)
            $0.member("refused", refused)
        }
    }
}

extension KeptCode: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        self.init(
            row: try json.member("row").int(in: 1 ... .max), field: try json.member("field").importedField(),
            written: try json.member("written").text(), kept: try json.member("kept").text())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("row", row)
            $0.member("field", field.name)
            $0.member("written", written)
            $0.member("kept", kept)
        }
    }
}

extension RefusedRow: WireValue {
    public init(_ json: WireReader) throws(WireProblem) {
        let field = try json.member("field").importedField()
        let code = try json.member("code").text()
        self.init(
            row: try json.member("row").int(in: 1 ... .max),
            reason: try json.member("taken").flag() ? .taken(field, code) : .lost(field, written: code))
    }

    /// `taken` says that another product has the code; else a spreadsheet has spoilt it.
    public func write(to json: inout JSONWriter) {
        let (field, code, isTaken) =
            switch reason {
            case .lost(let field, let written): (field, written, false)
            case .taken(let field, let code): (field, code, true)
            }
        json.object {
            $0.member("row", row)
            $0.member("field", field.name)
            $0.member("code", code)
            $0.member("taken", isTaken)
        }
    }
}

extension ExportedProduct: WireNamed {
    public static var wireName: StaticString { "exported_product" }
    public static var wirePlural: StaticString { "products" }

    public init(_ json: WireReader) throws(WireProblem) {
        self.init(product: try json.value("product"), handle: try json.member("handle").text())
    }

    public func write(to json: inout JSONWriter) {
        json.object {
            $0.member("product", product)
            $0.member("handle", handle)
        }
    }
}
