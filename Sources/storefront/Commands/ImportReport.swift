import StoreDomain
import StoreTransfer

/// What an import found and did.
struct ImportReport {
    let catalog: CatalogFile
    /// nil when nothing was asked to be done.
    let result: ImportResult?

    func print(json: Bool) {
        json ? Console.write(self.json.text + "\n") : Console.write(text)
    }

    private var json: OutputJSON {
        let done: [(String, OutputJSON)] =
            result.map {
                [("added", .int($0.added)), ("updated", .int($0.updated)), ("unchanged", .int($0.unchanged))]
            } ?? []
        return .object(
            [("format", .string(catalog.format.rawValue)), ("products", .int(catalog.products.count))] + done
                + [
                    ("left_out", tallies(LeftOut.allCases.map { ($0.rawValue, catalog.leftOut[$0]) })),
                    ("warnings", tallies(ImportWarning.allCases.map { ($0.rawValue, catalog.warnings[$0]) })),
                    ("ignored_columns", .array(catalog.ignoredColumns.map(OutputJSON.string))),
                ])
    }

    private func tallies(_ tallies: [(String, Tally?)]) -> OutputJSON {
        .object(
            tallies.compactMap { name, tally in
                tally.map {
                    (
                        name,
                        .object([
                            ("count", .int($0.count)), ("first_rows", .array($0.firstRows.map { .int($0) })),
                        ])
                    )
                }
            })
    }

    private var text: String {
        var lines = ["\(catalog.format.words): \(catalog.products.count.grouped) products"]
        if let result {
            lines.append(
                "added \(result.added.grouped), updated \(result.updated.grouped), "
                    + "unchanged \(result.unchanged.grouped)")
        }
        for reason in LeftOut.allCases {
            if let tally = catalog.leftOut[reason] { lines.append("left out: \(words(tally, reason.words))") }
        }
        for warning in ImportWarning.allCases {
            if let tally = catalog.warnings[warning] { lines.append("note: \(words(tally, warning.words))") }
        }
        if !catalog.ignoredColumns.isEmpty {
            lines.append("note: columns passed over: \(catalog.ignoredColumns.joined(separator: ", "))")
        }
        return FieldList.paragraph(lines.joined(separator: "\n"))
    }

    private func words(_ tally: Tally, _ what: String) -> String {
        let rows = tally.firstRows.map(String.init).joined(separator: ", ")
        return
            "\(tally.count.grouped) \(what) (row \(rows)\(tally.count > tally.firstRows.count ? ", …" : ""))"
    }
}
