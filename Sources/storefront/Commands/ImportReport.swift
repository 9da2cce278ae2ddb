import StoreDomain
import StoreTransfer

/// What an import found and did, or would do.
struct ImportReport {
    let catalog: CatalogFile
    let result: ImportResult
    let isDone: Bool

    func print(json: Bool) {
        json ? Console.write(self.json.text + "\n") : Console.write(text)
    }

    private var json: OutputJSON {
        .object([
            ("format", .string(catalog.format.rawValue)), ("encoding", .string(catalog.encoding.rawValue)),
            ("delimiter", .string(String(catalog.delimiter.rawValue))),
            ("products", .int(catalog.products.count)), ("done", .bool(isDone)),
            ("added", .int(result.added)), ("updated", .int(result.updated)),
            ("unchanged", .int(result.unchanged)), ("sold_out", .int(result.soldOut)),
            ("most_sold_out", .bool(result.leavesMostSoldOut)),
            ("left_out", tallies(LeftOut.allCases.map { ($0.rawValue, catalog.leftOut[$0]) })),
            ("warnings", tallies(ImportWarning.allCases.map { ($0.rawValue, catalog.warnings[$0]) })),
            (
                "kept_codes",
                .array(
                    result.kept.map {
                        .object([
                            ("row", .int($0.row)), ("field", .string($0.field.name)),
                            ("written", .string($0.written)), ("kept", .string($0.kept)),
                        ])
                    })
            ),
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
                            ("examples", .array($0.first.map { .string($0.text) })),
                        ])
                    )
                }
            })
    }

    private var text: String {
        var lines = [caution].compactMap(\.self)
        lines.append(contents)
        if result.isNothingToDo {
            lines.append("nothing to do: \(result.unchanged.grouped) unchanged")
        } else if isDone {
            lines.append(
                "added \(result.added.grouped), updated \(result.updated.grouped), "
                    + "unchanged \(result.unchanged.grouped)")
        } else {
            lines.append(
                "would add \(result.added.grouped), update \(result.updated.grouped), "
                    + "leave \(result.unchanged.grouped) unchanged")
        }
        return FieldList.paragraph((lines + leftOut + notes).joined(separator: "\n"))
    }

    /// "Shopify export: 12 products"
    var contents: String {
        "\(catalog.format.words): \(catalog.products.count.counted("product"))"
    }

    /// Where most products are sold out, which is seldom meant.
    var caution: String? {
        guard result.leavesMostSoldOut else { return nil }
        return
            "\(isDone ? "Most" : "Caution: most") of these products \(isDone ? "are" : "would be") sold out: "
            + "\(result.soldOut.grouped) of \(result.count.grouped)"
    }

    /// What of the file is no product of this shop.
    var leftOut: [String] {
        LeftOut.allCases.compactMap { reason in
            catalog.leftOut[reason].map { "left out \($0.words(reason.words))" }
        }
    }

    /// How the file was read, where that was not plain, and what was decided.
    var notes: [String] {
        var notes: [String] = []
        if catalog.encoding != .utf8 || catalog.delimiter != .comma {
            notes.append(
                "note: read as \(catalog.encoding.rawValue) with \(catalog.delimiter.words) between cells")
        }
        notes += ImportWarning.allCases.compactMap { warning in
            catalog.warnings[warning].map { "note \($0.words(warning.words))" }
        }
        if !result.kept.isEmpty {
            let examples = result.kept.prefix(5).map { "row \($0.row) \($0.written) is \($0.kept)" }
            notes.append(
                "note (\(result.kept.count.grouped)): codes that a spreadsheet has changed, kept as they are known "
                    + "(\(examples.joined(separator: ", "))\(result.kept.count > 5 ? ", …" : ""))")
        }
        if !catalog.ignoredColumns.isEmpty {
            notes.append("note: columns passed over: \(catalog.ignoredColumns.joined(separator: ", "))")
        }
        return notes
    }
}

extension Tally {
    /// `(3): drafts (row 2 Mug, 5 Cup, 9 Pot)`
    fileprivate func words(_ what: String) -> String {
        let examples = first.map { example in
            example.text.isEmpty ? "\(example.row)" : "\(example.row) \(short(example.text))"
        }
        let more = count > first.count ? ", …" : ""
        return "(\(count.grouped)): \(what) (row \(examples.joined(separator: ", "))\(more))"
    }

    private func short(_ text: String) -> String { text.count > 30 ? text.prefix(29) + "…" : text }
}
