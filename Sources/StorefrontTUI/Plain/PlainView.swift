import StoreDomain
import StorefrontCore

/// State → lines. Pure: the same state gives the same sentences.
struct PlainView {
    let state: AppState
    let zone: ZoneOffset
    /// The way to pay was asked for and answered.
    let hasChosenWay: Bool

    var currency: Currency { state.context.policy.currency }
    var policy: ShopPolicy { state.context.policy }

    func timeText(_ instant: Timestamp) -> String {
        CivilTime(instant, offsetSeconds: zone(instant)).minuteText
    }

    var page: PlainPage {
        PlainPage(screen: screen, overlay: state.overlays.last.map(overlay), prompt: prompt)
    }

    private var screen: PlainSheet {
        switch state.screen {
        case .welcome: welcome
        case .signIn: signIn
        case .register: register
        case .shop: shop
        case .product: product
        case .cart: cart
        case .checkout: checkout
        case .receipt: receipt
        case .orders: orders
        case .order: order
        }
    }

    /// Who, where and what is in the cart: what the full screen has in its header.
    var surroundings: String {
        let role = state.user.map { $0.role == .customer ? "" : ", \($0.role.name)" } ?? ""
        let who = state.user.map { "Signed in as \($0.name)\(role)" } ?? "Guest"
        let pieces = state.cart.cart.pieces
        let total = state.cart.quote.map { ", \($0.total.displayText) with tax" } ?? ""
        let cart = pieces == 0 ? "Cart empty" : "Cart \(counted(pieces, "piece"))\(total)"
        let store = state.context.storeLabel + (state.context.isReadOnly ? ", read-only" : "") + health
        return "\(policy.shopName), \(store). \(who). \(cart)."
    }

    private var health: String {
        guard state.context.isRemote else { return "" }
        switch state.connection {
        case .connected: return ", connected"
        case .slow: return ", slow"
        case .offline(let since): return ", offline since \(timeText(since).suffix(5))"
        }
    }

    // MARK: - Prompts

    private var prompt: PlainPrompt {
        if let overlay = state.overlays.last { return prompt(of: overlay) }
        switch state.screen {
        case .signIn:
            return state.signIn.focus == .email
                ? .field("E-mail", value: state.signIn.email.text, isSecret: false)
                : .field("Password", value: state.signIn.password.text, isSecret: true)
        case .register:
            let field = state.register.focus
            return .field(
                field.label, value: state.register[field].text,
                isSecret: field == .password || field == .again)
        case .shop where state.shop.pane == .search:
            return .field("Search", value: state.shop.search.text, isSecret: false)
        case .checkout: return checkoutPrompt ?? .command(state.screen.title)
        case .order: return .command(state.order.order.map { "Order \($0.id)" } ?? state.screen.title)
        case .receipt: return .command(state.receipt.map { "Receipt \($0.id)" } ?? state.screen.title)
        case .welcome, .shop, .product, .cart, .orders: return .command(state.screen.title)
        }
    }

    private func prompt(of overlay: Overlay) -> PlainPrompt {
        switch overlay {
        case .palette(let picker): choice(picker)
        case .categories(let picker): choice(picker)
        case .sorts(let picker): choice(picker)
        case .statuses(let picker): choice(picker)
        case .themes(let picker, _): choice(picker)
        case .discount(let input): .field("Discount code", value: input.text, isSecret: false)
        case .find(let input): .field("Find", value: input.text, isSecret: false)
        case .connect: .field("Address", value: "", isSecret: false)
        case .confirm(let question): .yesNo(question.title)
        case .help, .explain, .about: .command(state.screen.title)
        }
    }

    private func choice<Value>(_ picker: PickerState<Value>) -> PlainPrompt {
        .choice(picker.title, current: picker.chosen?.label)
    }

    // MARK: - What lies over a screen

    private func overlay(_ overlay: Overlay) -> PlainSheet {
        switch overlay {
        case .palette(let picker): sheet(picker)
        case .categories(let picker): sheet(picker)
        case .sorts(let picker): sheet(picker)
        case .statuses(let picker): sheet(picker)
        case .themes(let picker, _): sheet(picker)
        case .discount:
            PlainSheet(
                title:
                    "Discount code, such as SAVE10. An empty line leaves it as it is, a hyphen takes it away."
            )
        case .find:
            PlainSheet(
                title: state.screen == .cart
                    ? "Find a line by words of its name. An empty line leaves the cart as it is."
                    : "Find an order by its number or by words. An empty line leaves the list as it is.")
        case .connect(let prompt):
            PlainSheet(
                title: prompt.problem.map {
                    "Error: \($0.asSentence) Type another address, or an empty line to go back."
                }
                    ?? "The address of a server, such as https://shop.example.com. An empty line goes back.")
        case .explain:
            PlainSheet(
                title: "How each figure came about.",
                lines: (state.cart.quote?.steps ?? []).map { step in
                    let amount = step.amount.map { " \($0.displayText)" } ?? ""
                    return PlainLine("\(step.title)\(amount): \(step.derivation).")
                })
        case .confirm(let question):
            PlainSheet(
                title: "\(question.text.asSentence) y: \(question.yes). n: \(question.no).")
        case .about: about
        case .help: PlainSheet(title: "Help.")
        }
    }

    private func sheet<Value>(_ picker: PickerState<Value>) -> PlainSheet {
        PlainSheet(
            title: "\(picker.title): type a number or a name; an empty line leaves it as it is.",
            lines: picker.items.enumerated().map { offset, item in
                PlainLine(
                    item.detail.isEmpty ? item.label : "\(item.label), \(item.detail)", number: offset + 1)
            })
    }

    private var about: PlainSheet {
        let place = state.context.storePath.isEmpty ? state.context.storeLabel : state.context.storePath
        return PlainSheet(
            title: "About.",
            lines: [
                PlainLine("storefront \(state.context.version)."), PlainLine("Shop \(policy.shopName)."),
                PlainLine("Store \(place)."),
                PlainLine("Tax \(state.taxText)."),
            ])
    }
}
