import StoreDomain

/// The screens, without what is on them.
public enum ScreenKind: Hashable, Sendable, CaseIterable {
    case welcome, signIn, register, shop, product, cart, checkout, receipt, orders, order

    /// As the header names it.
    public var title: String {
        switch self {
        case .welcome: "Welcome"
        case .signIn: "Sign in"
        case .register: "Register"
        case .shop: "Shop"
        case .product: "Product"
        case .cart: "Cart"
        case .checkout: "Checkout"
        case .receipt: "Receipt"
        case .orders: "Orders"
        case .order: "Order"
        }
    }
}

/// Something that lies over the screen and takes the keys.
public enum Overlay: Hashable, Sendable {
    case help(HelpState)
    case palette(PickerState<Command>)
    case categories(PickerState<String?>)
    case sorts(PickerState<ProductSort>)
    case statuses(PickerState<OrderStatus?>)
    case themes(PickerState<String>, previous: String)
    case discount(TextInput)
    /// Asks what to look for in the list of the screen.
    case find(TextInput)
    /// Asks for the address of a server.
    case connect(ConnectPrompt)
    case explain(scroll: Int)
    case confirm(Confirmation)
    case about
}

/// Where the address of a server is typed. It stays as it was typed until there is an answer from there.
public struct ConnectPrompt: Hashable, Sendable {
    public internal(set) var input = TextInput(limit: 2000)
    /// The address is being asked; nil while nobody waits for an answer.
    var request: RequestID?
    /// Why there was no shop to be had, as a sentence; nil where nothing is known against the address.
    public internal(set) var problem: String?

    public var isBusy: Bool { request != nil }
}

/// A question before something that cannot be taken back.
public struct Confirmation: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        case quit
        case cancelOrder(Int64)
        case leaveCheckout
        case resumeCheckout
        case signOut
        case leaveForm
    }

    public let subject: Subject
    public let title: String
    public let text: String
    public let yes: String
    public let no: String
    /// Which of the two Enter takes.
    public var choosesYes: Bool

    public init(
        _ subject: Subject, title: String, text: String, yes: String, no: String, choosesYes: Bool = true
    ) {
        self.subject = subject
        self.title = title
        self.text = text
        self.yes = yes
        self.no = no
        self.choosesYes = choosesYes
    }
}

/// The help overlay: scrolled and searched.
public struct HelpState: Hashable, Sendable {
    public var filter = TextInput(limit: 60)
    public var scroll = 0
}

/// A list to choose one from, narrowed by typing.
public struct PickerState<Value: Hashable & Sendable>: Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        public let value: Value
        public let label: String
        /// What stands at the right: a count, a key.
        public let detail: String
        /// Why it cannot be chosen just now.
        public let disabledReason: String?

        public init(_ value: Value, label: String, detail: String = "", disabledReason: String? = nil) {
            self.value = value
            self.label = label
            self.detail = detail
            self.disabledReason = disabledReason
        }
    }

    public let title: String
    public let items: [Item]
    public private(set) var filter = TextInput(limit: 60)
    public private(set) var selection: Int

    public init(title: String, items: [Item], selected: Value? = nil) {
        self.title = title
        self.items = items
        selection = items.firstIndex { $0.value == selected } ?? 0
    }

    /// What typing has left: best fuzzy match first, in the given order without a filter.
    public var matches: [Item] {
        guard !filter.isEmpty else { return items }
        return items.enumerated()
            .compactMap { item in FuzzyMatch.score(filter.text, in: item.element.label).map { (item, $0) } }
            .sorted { ($1.1, $0.0.offset) < ($0.1, $1.0.offset) }
            .map(\.0.element)
    }

    public var chosen: Item? { matches.indices.contains(selection) ? matches[selection] : nil }

    mutating func edit(_ edit: TextEdit) {
        let before = filter.text
        filter.apply(edit)
        if filter.text != before { selection = 0 }
    }

    mutating func move(by rows: Int) {
        selection = max(0, min(matches.count - 1, selection + rows))
    }

    mutating func moveToEnd(_ last: Bool) { selection = last ? max(0, matches.count - 1) : 0 }
}

/// How well letters in order match a label: more for starts of words and for letters side by side.
enum FuzzyMatch {
    /// nil when the letters do not all occur in order.
    static func score(_ pattern: String, in label: String) -> Int? {
        let wanted = Array(pattern.lowercased().filter { !$0.isWhitespace })
        var next = 0
        var score = 0
        var previousMatched = false
        var previous: Character = " "
        for character in label.lowercased() {
            guard next < wanted.count else { break }
            if character == wanted[next] {
                score += 1 + (previousMatched ? 3 : 0) + (previous.isLetter || previous.isNumber ? 0 : 5)
                next += 1
                previousMatched = true
            } else {
                previousMatched = false
            }
            previous = character
        }
        return next == wanted.count ? score : nil
    }
}
