import StoreDomain

/// Every route of the contract: the one table behind the server's routes, its OpenAPI document and the
/// client's requests.
public enum Endpoint: String, Hashable, Sendable, CaseIterable {
    // What every server of the contract has.
    case register, logIn, me
    case products, product, searchProducts, addProduct
    case orders, order, placeOrder
    case calculate, checkout
    // Added, each optional for a client.
    case logOut
    case categories, editProduct, removeProduct
    case cancelOrder
    case health, ready, metrics, openAPI, docs

    public enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// Who may call it.
    public enum Access: Hashable, Sendable {
        case anyone, signedIn
        /// Signed in, with `Permission.manageProducts`.
        case staff
    }

    public var method: Method { line.method }
    /// The path with `{id}` where the number of a product or order stands.
    public var template: String { line.template }
    public var access: Access { line.access }

    /// Whether a repeated call with the same `Idempotency-Key` has its effect once.
    public var takesIdempotencyKey: Bool { self == .placeOrder || self == .checkout }

    /// Whether a call changes nothing and may be repeated without a key.
    public var isRead: Bool { method == .get }

    /// What stands in the request line: the path, with the id put in, and the query, percent-encoded.
    public func target(id: Int64? = nil, query: [(name: String, value: String)] = []) -> String {
        let path = template.split(separator: "/").map { part in
            part == "{id}" ? id.map(String.init) ?? "" : String(part)
        }.joined(separator: "/")
        guard !query.isEmpty else { return "/\(path)" }
        let pairs = query.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
        return "/\(path)?\(pairs.joined(separator: "&"))"
    }

    private var line: (method: Method, template: String, access: Access) {
        switch self {
        case .register: (.post, "/api/auth/register", .anyone)
        case .logIn: (.post, "/api/auth/login", .anyone)
        case .me: (.get, "/api/auth/me", .signedIn)
        case .logOut: (.post, "/api/auth/logout", .signedIn)
        case .products: (.get, "/api/products", .anyone)
        case .product: (.get, "/api/products/{id}", .anyone)
        case .searchProducts: (.get, "/api/products/search", .anyone)
        case .addProduct: (.post, "/api/products", .staff)
        case .editProduct: (.patch, "/api/products/{id}", .staff)
        case .removeProduct: (.delete, "/api/products/{id}", .staff)
        case .categories: (.get, "/api/categories", .anyone)
        case .orders: (.get, "/api/orders", .signedIn)
        case .order: (.get, "/api/orders/{id}", .signedIn)
        case .placeOrder: (.post, "/api/orders", .signedIn)
        case .cancelOrder: (.post, "/api/orders/{id}/cancel", .signedIn)
        case .calculate: (.post, "/api/payments/calculate", .signedIn)
        case .checkout: (.post, "/api/payments/checkout", .signedIn)
        case .health: (.get, "/api/health", .anyone)
        case .ready: (.get, "/api/ready", .anyone)
        case .metrics: (.get, "/metrics", .anyone)
        case .openAPI: (.get, "/openapi.json", .anyone)
        case .docs: (.get, "/docs", .anyone)
        }
    }
}

/// The names of the header fields that the contract knows beyond HTTP's own.
public enum WireHeader {
    public static let idempotencyKey = "Idempotency-Key"
    /// `true` on an answer that was given before.
    public static let idempotencyReplayed = "Idempotency-Replayed"
    /// Names one request in the answer and in the server's log.
    public static let requestID = "X-Request-ID"
}

/// Percent-encoding of one name or value of a query.
public enum PercentCoding {
    /// Leaves letters, digits and `-._~` of ASCII as they are.
    public static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                encoded += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return encoded
    }
}
