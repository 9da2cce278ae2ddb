import StoreDomain

/// The way to each screen of a demo shop, as what a person does: for pictures that are drawn without a person.
public struct ScreenTour: Sendable {
    public let start: StartScreen
    public let actions: [AppAction]

    /// nil for a screen that no tour leads to.
    public init?(to kind: ScreenKind) {
        let staff = Self.signIn("staff@example.com")
        let customer = Self.signIn("customer@example.com")
        let fill: [AppAction] = [
            .digit(3), .command(.addOne), .command(.down), .command(.addOne), .command(.down), .digit(2),
            .command(.addOne),
        ]
        switch kind {
        case .welcome: (start, actions) = (.welcome, [])
        case .signIn: (start, actions) = (.signIn, [])
        case .register: (start, actions) = (.signIn, [.command(.register)])
        case .shop: (start, actions) = (.shop, fill)
        case .product: (start, actions) = (.shop, [.command(.open)])
        case .till:
            (start, actions) = (.shop, staff + fill + [.command(.openTill)])
        case .cart: (start, actions) = (.shop, fill + [.command(.openCart)])
        case .checkout:
            (start, actions) = (.shop, customer + fill + [.command(.openCart), .command(.checkout)])
        case .receipt:
            let words = Self.paid
            (start, actions) = (.shop, staff + [.command(.openOrders)] + words + [.command(.showReceipt)])
        case .orders: (start, actions) = (.shop, staff + [.command(.openOrders)])
        case .order:
            (start, actions) = (.shop, staff + [.command(.openOrders)] + Self.paid + [.command(.open)])
        case .shift: (start, actions) = (.shop, staff + [.command(.openShift), .command(.xReport)])
        case .returns:
            (start, actions) = (
                .shop,
                Self.signIn("admin@example.com") + [.command(.openOrders)] + Self.paid
                    + [.command(.returnOrder), .command(.returnMore)]
            )
        case .giftCards:
            (start, actions) = (.shop, Self.signIn("admin@example.com") + [.command(.openGiftCards)])
        case .customers:
            (start, actions) = (.shop, Self.signIn("admin@example.com") + [.command(.openCustomers)])
        case .counting:
            (start, actions) = (.shop, Self.signIn("admin@example.com") + [.command(.openCounts)])
        case .products:
            (start, actions) = (.shop, Self.signIn("admin@example.com") + [.command(.openProducts)])
        case .stock:
            (start, actions) = (.shop, Self.signIn("admin@example.com") + [.command(.openStock)])
        case .looseReturns:
            (start, actions) = (.shop, Self.signIn("admin@example.com") + [.command(.openLooseReturn)])
        case .office:
            (start, actions) = (.shop, Self.signIn("admin@example.com") + [.command(.openRights)])
        case .firstSteps:
            (start, actions) = (.shop, Self.signIn("admin@example.com") + [.command(.openFirstSteps)])
        case .reports:
            (start, actions) = (.shop, Self.signIn("admin@example.com") + [.command(.openReports)])
        case .approvals:
            (start, actions) = (.shop, Self.signIn("admin@example.com") + [.command(.openApprovals)])
        // In a demo shop no basket is left behind, it takes no files, and nobody is known by a key.
        case .baskets, .importing, .visitor: return nil
        // A kind is a name, and names are open: there is no tour to one that is none of ours.
        default: return nil
        }
    }

    private static func signIn(_ email: String) -> [AppAction] {
        [.command(.account), .edit(.insert(email)), .command(.nextField)]
            + [.edit(.insertSecret(Secret(AppContext.demoPassword))), .command(.submit)]
    }

    /// Selects a paid order.
    private static let paid: [AppAction] = [
        .command(.findOrder), .edit(.insert(OrderStatus.paid.word)), .command(.open),
    ]
}
