import ArgumentParser
import StoreDomain

/// A delivery or a count as a person names it: one product, or a list as a scanner types it.
enum StockList {
    struct Line {
        let product: Product
        let quantity: Int
    }

    /// - Parameter count: nil for a list on standard input, one code a line, or a code, a blank and how many.
    /// - Throws: `CommandFailure` that names the line that is no such thing.
    static func read(_ product: String, _ count: Int?, from catalog: any CatalogService) async throws
        -> [Line]
    {
        if let count {
            return [Line(product: try await ProductReference(product).find(in: catalog), quantity: count)]
        }
        var bytes: [UInt8] = []
        try InputFile.read("-") { bytes += $0 }
        var order: [Int64] = []
        var found: [Int64: (product: Product, quantity: Int)] = [:]
        let lines = String(decoding: bytes, as: UTF8.self).split(omittingEmptySubsequences: false) {
            $0.isNewline
        }
        for (index, line) in lines.enumerated() {
            let parts = String(line).cleanText.split(separator: " ").map(String.init)
            guard let code = parts.first else { continue }
            let quantity = parts.count == 1 ? 1 : parts.count == 2 ? Int(parts[1]) : nil
            guard let quantity, (0...Product.maximumStock).contains(quantity) else {
                throw CommandFailure("line \(index + 1): must be a code, or a code and how many")
            }
            do {
                let product = try await ProductReference(code).find(in: catalog)
                if found[product.id] == nil { order.append(product.id) }
                found[product.id, default: (product, 0)].quantity += quantity
            } catch let error as StoreError {
                throw CommandFailure("line \(index + 1): \(error.message)")
            }
        }
        guard !order.isEmpty else { throw CommandFailure("the list names no product") }
        return order.compactMap { found[$0] }.map { Line(product: $0.product, quantity: $0.quantity) }
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
