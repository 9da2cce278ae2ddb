import StoreDomain
import StorefrontCore

/// The sentences of the stock's screen, which pictures and lines share.
enum StockWords {
    static func low(_ low: [LowStock], _ policy: ShopPolicy) -> String {
        "\(policy.lowStock) or less left: \(low.count.counted("product"))"
    }

    static func sheet(_ sheet: StockSheet) -> String {
        let what =
            switch sheet.kind {
            case .receiving: "Delivery"
            case .count(let isBlind): isBlind ? "Blind count" : "Count"
            }
        let cost = sheet.cost.map { " for \($0.displayText)" } ?? ""
        return "\(what): \(sheet.lines.count.counted("product")), \(sheet.pieces.counted("piece"))\(cost)"
    }

    /// How a delivery differs from its list; nil without one.
    static func list(_ sheet: StockSheet) -> String? {
        sheet.listName.map { "\($0): \(sheet.differences ?? "all as on the list")" }
    }

    static func signed(_ difference: Int) -> String {
        difference > 0 ? "+\(difference.grouped)" : difference.grouped
    }

    static func stock(_ explanation: StockExplanation) -> String {
        guard let count = explanation.product.stock.count else { return "It sells without counting." }
        let cost = explanation.cost.map { ", \(CostWords.sentence($0))" } ?? ""
        return "\(count.grouped) in stock\(cost)"
    }

    /// Each movement, the latest first, with what there was after it, down to the start.
    static func lines(_ explanation: StockExplanation, _ zone: ShopZone) -> [String] {
        var lines = explanation.steps.map { step in
            let movement = step.movement
            return [
                zone.minuteText(movement.at), movement.kind.rawValue, signed(movement.quantity),
                movement.unitCost.map { "at \($0.displayText)" },
                "then \(step.stock.grouped)", movement.reason ?? movement.orderID.map { "order \($0)" },
            ].compactMap(\.self).joined(separator: "  ")
        }
        if let start = explanation.start {
            lines.append("\(explanation.isCut ? "Before that" : "At first")  \(start.grouped)")
        }
        return lines
    }
}
