import StoreDomain

/// What a product costs in words, which pictures, lines and the shell share.
public enum CostWords {
    /// "average cost $4.20, worth $126.00"; "cost unknown".
    public static func sentence(_ cost: ProductCost) -> String {
        guard let average = cost.average else { return "cost unknown" }
        let worth = cost.value.map { ", worth \($0.displayText)" } ?? ""
        return "average cost \(average.displayText)\(worth)"
    }

    /// Each figure with its label.
    static func facts(_ cost: ProductCost) -> [(label: String, text: String)] {
        [
            ("Cost", cost.average.map { "\($0.displayText) on average" } ?? "unknown"),
            cost.latest.map { ("Last cost", $0.displayText) },
            cost.average == nil ? nil : cost.value.map { ("Worth", $0.displayText) },
        ].compactMap(\.self)
    }
}
