import StoreDomain

/// Who opens a store: what is on offer there, and whose chain of the journal is written.
public enum StorePurpose: Hashable, Sendable {
    /// The terminal program, as the till of this name.
    case till(_ name: String = Till.standard)
    /// A server of the REST API.
    ///
    /// - Parameters:
    ///   - firstAccountIsAdmin: false in production, where a stranger could be the first to register.
    ///   - takesPayments: whether orders can be paid online.
    case server(firstAccountIsAdmin: Bool, takesPayments: Bool)
    /// A command on the store file, on behalf of its operator.
    case commands

    /// Whether registering in an empty store makes its admin.
    public var firstAccountIsAdmin: Bool {
        switch self {
        case .till, .commands: true
        case .server(let firstAccountIsAdmin, _): firstAccountIsAdmin
        }
    }

    /// The ways to pay that are on offer.
    public var offer: PaymentOffer {
        switch self {
        case .till(let name): .till(name)
        case .commands: .till(Till.standard)
        case .server(_, let takesPayments): takesPayments ? .server : .serverWithoutPayments
        }
    }

    /// Whose chain of the journal is written.
    public var chain: String {
        switch self {
        case .till(let name): name
        case .server: Till.api
        case .commands: Till.shell
        }
    }
}
