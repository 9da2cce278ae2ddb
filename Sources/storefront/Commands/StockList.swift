import ArgumentParser
import StoreDomain

/// A delivery or a count as a person names it: one product, or a list as a scanner types it.
enum StockList {
    struct Line {
        let product: Product
        var quantity: Int
        /// What one piece cost; nil where nobody says so.
        let cost: Money?
    }

    /// - Parameters:
    ///   - count: nil for a list on standard input, one code a line, or a code, a blank and how many.
    ///   - costs: the currency of what one piece cost, which may stand behind how many; nil where no cost may.
    /// - Returns: each product once, or once for each cost.
    /// - Throws: `CommandFailure` that names the line that is no such thing, with its text.
    static func read(
        _ product: String, _ count: Int?, costs currency: Currency? = nil, from catalog: any CatalogService
    ) async throws -> [Line] {
        if let count {
            let found = try await ProductReference(product).find(in: catalog)
            return [Line(product: found, quantity: count, cost: nil)]
        }
        var bytes: [UInt8] = []
        try InputFile.read("-") { bytes += $0 }
        var found: [Line] = []
        let lines = String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false) {
            $0.isNewline
        }
        for (index, line) in lines.enumerated() {
            let text = String(line).cleanText
            guard !text.isEmpty else { continue }
            do {
                let read = try await Self.line(text, currency, catalog)
                let same = found.firstIndex { $0.product.id == read.product.id && $0.cost == read.cost }
                if let same { found[same].quantity += read.quantity } else { found.append(read) }
            } catch let error as StoreError {
                throw CommandFailure("line \(index + 1): \(error.message)")
            } catch let error as NoLine {
                throw CommandFailure("line \(index + 1): \"\(text)\" \(error.reason)")
            }
        }
        guard !found.isEmpty else { throw CommandFailure("the list names no product") }
        return found
    }

    /// Why a line is none.
    private struct NoLine: Error { let reason: String }

    private static func line(
        _ text: String, _ currency: Currency?, _ catalog: any CatalogService
    ) async throws -> Line {
        let parts = text.split(separator: " ").map(String.init)
        let quantity = parts.count == 1 ? 1 : Int(parts[1])
        guard let quantity, (0...Product.maximumStock).contains(quantity),
            parts.count <= (currency == nil ? 2 : 3)
        else {
            throw NoLine(
                reason: currency == nil
                    ? "must be a code, or a code and how many"
                    : "must be a code, how many, and what one piece cost; the last two may be left out")
        }
        var cost: Money?
        if let currency, parts.count == 3 {
            do { cost = try Money(typed: parts[2], currency: currency) } catch {
                throw NoLine(reason: "has a cost that is none: \(error.message)")
            }
        }
        return Line(
            product: try await ProductReference(parts[0]).find(in: catalog), quantity: quantity, cost: cost)
    }

    /// Books all of it or nothing, and prints what each product had and has.
    static func book(
        _ lines: [Line], _ adjustments: [StockAdjustment], dryRun: Bool, json: Bool, in context: ShopContext
    ) async throws {
        // Who may not book sees no difference either.
        let stock = try context.counter().stock
        var after: [Int64: Product] = [:]
        if !dryRun {
            for product in try await stock.book(adjustments, as: context.principal) {
                after[product.id] = product
            }
        }
        if json {
            let list = zip(lines, adjustments).map { line, adjustment in
                OutputJSON.object([
                    ("product", OutputJSON.product(after[line.product.id] ?? line.product)),
                    ("before", line.product.stock.count.map { .int($0) } ?? .null),
                    ("quantity", .int(adjustment.quantity)), ("booked", .bool(!dryRun)),
                ])
            }
            return Console.write(OutputJSON.array(list).text + "\n")
        }
        var table = TextTable([
            .init("Id", .right), .init("Product"), .init("Before", .right), .init("Difference", .right),
            .init("Then", .right),
        ])
        Console.write(
            table.lines(
                zip(lines, adjustments).map { line, adjustment in
                    let quantity = adjustment.quantity
                    let then =
                        after[line.product.id]?.stock.count ?? line.product.stock.count.map { $0 + quantity }
                    return [
                        String(line.product.id), line.product.name, StockText.short(line.product.stock),
                        quantity > 0 ? "+\(quantity.grouped)" : quantity.grouped, then?.grouped ?? "–",
                    ]
                }))
        if dryRun { Console.line("Nothing is booked: this was a dry run.") }
    }
}
