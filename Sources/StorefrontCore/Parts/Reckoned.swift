import StoreDomain

/// A page of the back office that says of the figures it shows how they came about.
public protocol Reckoned: Feature {
    /// Of what is selected or open; nil where there is no figure.
    func reckoning(_ desk: Desk) -> Reckoning?
}

enum ReckonedCommands {
    static let all: [CommandSpec] = [
        CommandSpec(
            .explainFigures, "Explain", "How the figures of what is selected came about",
            in: .screens([.reports, .products, .stock, .customers, .giftCards, .office]), keys: ["e"],
            available: { feature, desk in
                guard feature.field == nil, let page = feature as? any Reckoned else { return .absent }
                return page.reckoning(desk) == nil ? .disabled("Nothing here is a figure") : .enabled
            }
        ) { feature, desk, _ in
            guard let reckoning = (feature as? any Reckoned)?.reckoning(desk) else { return [] }
            return [.open(.reckoning(reckoning, scroll: 0))]
        }
    ]
}

extension Command {
    public static let explainFigures = Command("explainFigures")
}
