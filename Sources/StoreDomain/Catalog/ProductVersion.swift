/// Tells one state of a product from every other: what somebody who changes it has seen. It is the entity tag of the
/// API, `content.stock`.
///
/// Sales change the stock all day, so a change that leaves the stock alone only compares the content.
public struct ProductVersion: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Made of everything but the pieces on the books: 16 hexadecimal digits.
    private let content: String
    /// The pieces; a dash where nobody counts them.
    private let stock: String

    public init(of product: Product) {
        var hash = Fingerprint()
        hash.add(product.name)
        hash.add(product.description)
        hash.add(product.price.decimalText + product.price.currency.code)
        for text in [product.category, product.sku, product.barcode, product.taxClass] {
            hash.add(text.map { "=\($0)" } ?? "")
        }
        hash.add(product.isArchived ? "archived" : "sold")
        hash.add(product.stock.isTracked ? "counted" : "not counted")
        content = hash.text
        stock = product.stock.count.map(String.init) ?? "-"
    }

    /// Reads `description`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = String(text).split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts[0].utf8.count == 16,
            parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
            parts[1] == "-" || Int(parts[1]) != nil
        else { return nil }
        (content, stock) = (parts[0], parts[1])
    }

    public var description: String { "\(content).\(stock)" }

    /// Whether the product is still what was seen, as far as `patch` may overwrite something unseen.
    public func holds(for product: Product, changing patch: ProductPatch) -> Bool {
        let now = ProductVersion(of: product)
        return content == now.content && (patch.stock == nil || stock == now.stock)
    }
}

extension Product {
    public var version: ProductVersion { ProductVersion(of: self) }
}

/// Tells texts apart by 64 bits (FNV-1a). It guards against accidents, not against somebody who looks for two texts of
/// one fingerprint.
struct Fingerprint {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Each text ends with a byte that UTF-8 never has.
    mutating func add(_ text: String) {
        for byte in text.utf8 { add(byte) }
        add(0xFF)
    }

    private mutating func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// 16 hexadecimal digits.
    var text: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
