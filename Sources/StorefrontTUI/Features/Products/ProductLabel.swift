import StoreDomain
import StorefrontCore
import TerminalKit

/// What stands on the label of a product.
public struct ProductLabel: Sendable {
    public let product: Product

    public init(_ product: Product) { self.product = product }

    /// What a scanner reads there: the barcode, else the SKU.
    public var code: String? { product.barcode ?? product.sku }

    /// The name, the price at the right, the code.
    public func page(width: ReceiptWidth) -> PrintedPage {
        let room = width.rawValue
        let name = TextWidth.wrap(Sanitizer.harmless(product.name), width: room)
        let price = product.price.displayText
        let line = String(repeating: " ", count: max(0, room - TextWidth.width(of: price))) + price
        let lines = name + [line] + [code.map { Sanitizer.harmless($0) }].compactMap(\.self)
        return PrintedPage(text: lines.map { $0 + "\n" }.joined(), strong: line, code: code)
    }
}
