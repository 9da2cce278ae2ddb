import StoreDomain
import StorefrontCore
import TerminalKit

/// What has changed since it was put into the cart: above the lines of the cart and of the review.
extension Painter {
    /// Rows for the banner in an area; 0 where nothing has changed.
    func changesBannerRows(in area: Rect) -> Int {
        let changes = desk.basket.differences.count
        return changes == 0 ? 0 : area.height < 16 ? 1 : min(changes, area.height / 4) + 1
    }

    /// How many changes there are and what accepts them, then each as far as there are rows.
    mutating func changesBanner(in rect: Rect) {
        let count = desk.basket.differences.count
        guard count > 0, !rect.isEmpty else { return }
        let text =
            count == 1
            ? "One thing has changed since you added it."
            : "\(count) things have changed since you added them."
        write(
            "\(text) \(keyName(.acceptChanges)) accepts.", rect.x + 2, rect.y, .warning, width: rect.width - 4
        )
        for (offset, change) in desk.basket.differences.prefix(rect.height - 1).enumerated() {
            write(
                "\(glyphs.warning) \(change.name): \(change.words(currency: currency))", rect.x + 2,
                rect.y + 1 + offset, .warning, width: rect.width - 4)
        }
        target(rect, .command(.acceptChanges))
    }
}
