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
    /// A kiosk, where anybody may be.
    ///
    /// - Parameter visitor: tells visitors apart, so that wrong passwords count for whoever typed them and nobody
    ///   locks an account's owner out.
    case kiosk(visitor: String)

    /// Whether registering in an empty store makes its admin.
    public var firstAccountIsAdmin: Bool {
        switch self {
        case .till, .commands: true
        case .kiosk: false
        case .server(let firstAccountIsAdmin, _): firstAccountIsAdmin
        }
    }

    /// The ways to pay that are on offer.
    public var offer: PaymentOffer {
        switch self {
        case .till(let name): .till(name)
        case .commands: .till(Till.standard)
        case .server(_, let takesPayments): takesPayments ? .server : .serverWithoutPayments
        case .kiosk: .till(Till.kiosk)
        }
    }

    /// Whose chain of the journal is written.
    public var chain: String {
        switch self {
        case .till(let name): name
        case .server: Till.api
        case .commands: Till.shell
        case .kiosk: Till.kiosk
        }
    }

    /// Whose wrong passwords are counted apart from those that others typed; nil where all count together.
    public var visitor: String? {
        switch self {
        case .till, .server, .commands: nil
        case .kiosk(let visitor): visitor
        }
    }
}
