import StoreDomain
import StoreTesting
import Testing

@testable import StorefrontCore

/// What each request says of itself: what replaces it, what it follows, what shows while it takes long, and
/// whether leaving waits for it.
@Suite struct RequestTermsTests {
    private static func samples() throws -> [(Ask, Terms)] {
        let shop = try FixtureShop()
        let draft = try OrderDraft(lines: [OrderDraft.Line(productID: 1, quantity: 1)])
        let pending = PendingCheckout(orderKey: IdempotencyKey(random: 1, 2), draft: draft)
        var staffed = shop
        let order = staffed.place(draft, nil, .operatorOfStore)
        let cart = CartChange.clear
        let registration = try Registration(
            email: "a@example.com", name: "A", password: Secret(AppContext.demoPassword))
        let session = Session(user: shop.users[0])
        let style = ReceiptStyle(shop.policy, isDemo: true)
        let payment = PaymentRequest(methodID: "cash")
        return [
            (.program(.keepTheme("mono")), Terms(mustFinish: true, isPublic: true)),
            (.program(.keepEmail("a@example.com")), Terms(mustFinish: true, isPublic: true)),
            (.program(.copy(.sku("A"))), Terms(slot: "copy", title: "Copying")),
            (
                .program(.connect("x")),
                Terms(slot: "connect", title: "Connecting", isPublic: true, keepsBack: .all)
            ),
            (.program(.reconnect(attempt: 1)), Terms(slot: "reconnect", isPublic: true)),
            (.program(.policy), Terms(slot: "policy", isPublic: true)),
            (.checkout(.find), Terms(lane: .cart, keepsBack: .all)),
            (
                .checkout(.begin(draft)),
                Terms(lane: .cart, title: "Starting the checkout", screen: .checkout, keepsBack: .all)
            ),
            (.checkout(.methods), Terms(screen: .checkout, keepsBack: .onScreen)),
            (
                .checkout(.complete(pending, payment)),
                Terms(lane: .cart, title: "Placing the order", mustFinish: true)
            ),
            (
                .checkout(.take(order, pending)),
                Terms(lane: .cart, title: "Placing the order", mustFinish: true)
            ),
            (
                .checkout(.placeAnew(pending)),
                Terms(lane: .cart, title: "Placing the order", mustFinish: true)
            ),
            (
                .checkout(.abandon(pending)),
                Terms(lane: .cart, title: "Cancelling the order", mustFinish: true)
            ),
            (.checkout(.keepOpen(1)), Terms(slot: "keepOpen")),
            (.checkout(.pay(1, payment)), Terms(title: "Taking the payment", mustFinish: true)),
            (.basket(.load(version: 1)), Terms(lane: .cart, keepsBack: .all)),
            (.basket(.change(cart, version: 1)), Terms(lane: .cart, mustFinish: true)),
            (.basket(.undo(version: 1)), Terms(lane: .cart, mustFinish: true)),
            (.basket(.open(version: 1)), Terms(lane: .cart, mustFinish: true, keepsBack: .all)),
            (.basket(.redo(version: 1)), Terms(lane: .cart, mustFinish: true)),
            (.basket(.letGo(.guest)), Terms(lane: .cart, mustFinish: true, isPublic: true)),
            (
                .basket(.takeUp(1)),
                Terms(lane: .cart, title: "Taking the basket up", mustFinish: true, keepsBack: .all)
            ),
            (
                .baskets(.list),
                Terms(
                    slot: "baskets", title: "Loading the baskets", screen: .baskets, keepsBack: .onScreen)
            ),
            (
                .basket(.adopt(userID: 1, version: 1)),
                Terms(lane: .cart, mustFinish: true, keepsBack: .all)
            ),
            (
                .basket(.quote(Basket.Quoted(lines: [], code: nil))),
                Terms(slot: "quote", keepsBack: .onPrice)
            ),
            (.basket(.compare([1])), Terms(keepsBack: .onPrice)),
            (
                .account(.signIn(email: "a", password: Secret("b"))),
                Terms(slot: "signIn", title: "Signing in", screen: .signIn, keepsBack: .all)
            ),
            (
                .account(.register(registration)),
                Terms(slot: "signIn", title: "Making the account", screen: .register, keepsBack: .all)
            ),
            (.account(.signOut(session)), Terms(mustFinish: true)),
            (
                .account(.useKey),
                Terms(slot: "signIn", title: "Signing in", screen: .signIn, keepsBack: .all)
            ),
            (
                .account(.setPassword(registration)),
                Terms(slot: "signIn", title: "Setting the password", screen: .register, keepsBack: .all)
            ),
            (
                .visitor(.keys),
                Terms(slot: "visitor", title: "Loading your keys", screen: .visitor, keepsBack: .onScreen)
            ),
            (
                .visitor(.forget),
                Terms(title: "Forgetting you", mustFinish: true, screen: .visitor, keepsBack: .all)
            ),
            (
                .orders(.one(1)),
                Terms(slot: "order", title: "Loading the order", screen: .order, keepsBack: .onScreen)
            ),
            (
                .orders(.cancel(1)),
                Terms(title: "Cancelling the order", mustFinish: true, keepsBack: .all)
            ),
            (
                .orders(.cancelAll([1, 2])),
                Terms(title: "Cancelling the orders", mustFinish: true, keepsBack: .all)
            ),
            (
                .orders(.print([1, 2], style)),
                Terms(title: "Printing", mustFinish: true, keepsBack: .onScreen)
            ),
            (.orders(.export([1, 2])), Terms(title: "Exporting the orders", mustFinish: true)),
            (.orders(.sales(days: 30)), Terms(slot: "sales", screen: .orders)),
            (
                .product(.load(1)),
                Terms(
                    slot: "product", title: "Loading the product", isPublic: true, screen: .product,
                    keepsBack: .onScreen)
            ),
            (.product(.cost(1)), Terms(slot: "product cost", screen: .product)),
            (
                .shop(.page(ProductQuery(), .first, perPage: 5, landing: .top)),
                Terms(
                    slot: "page", title: "Loading products", isPublic: true, screen: .shop,
                    keepsBack: .onScreen)
            ),
            (
                .orders(.list(OrderQuery(), .row(0))),
                Terms(slot: "orders", title: "Loading orders", screen: .orders, keepsBack: .onScreen)
            ),
            (
                .welcome(.loadDemoData),
                Terms(
                    slot: "demo", title: "Loading demo data", isPublic: true, screen: .welcome,
                    keepsBack: .all)
            ),
            (
                .shop(.categories), Terms(isPublic: true, screen: .shop, keepsBack: .onScreen)
            ),
            (.shop(.code("1", count: 1)), Terms(title: "Looking up the code", keepsBack: .all)),
            (.receipt(.print(order, style)), Terms(title: "Printing", mustFinish: true)),
            (.receipt(.save(order, style)), Terms(mustFinish: true)),
            (
                .receipt(.mail(order, style, to: try Email("emile@example.com"))),
                Terms(title: "Mailing", mustFinish: true)
            ),
            (
                .receipt(.makeInvoice(1, try InvoiceParty(name: "A"), till: "1")),
                Terms(title: "Making the invoice", mustFinish: true, screen: .receipt)
            ),
        ]
    }

    @Test func eachSaysHowItIsCarriedOut() throws {
        for (ask, terms) in try Self.samples() { #expect(ask.terms == terms, "\(ask)") }
    }
}
