import StoreDomain

/// The till: what is sold, what it comes to, and one line to type in that always has the keys. Figures stay on the
/// line until a key says what they are; letters are commands. What is sold is the desk's basket, so that a scan
/// adds to it from anywhere, undo reaches all of it, and a program that is killed has it again.
public struct TillState: Feature {
    public static let kind = ScreenKind.till

    /// What the line is for.
    public enum Mode: Hashable, Codable, Sendable {
        /// Figures; letters are commands.
        case figures
        /// Words, as in `--plain`.
        case words
        /// What the card terminal printed for a part of the payment.
        case approval(CardPart)
        /// What the card terminal printed for money that goes back in an exchange.
        case approvalBack
        /// The code of a gift card: to pay so much with it, in minor units, nil for all that is left; or to see what
        /// is on it.
        case cardCode(pays: Bool, Int64?)
    }

    /// What a card terminal was asked to take.
    public struct CardPart: Hashable, Codable, Sendable {
        public let methodID: String
        public let amountMinor: Int64
        /// It is all that is left to pay, and ends the sale.
        public let isRest: Bool

        public init(methodID: String, amountMinor: Int64, isRest: Bool) {
            self.methodID = methodID
            self.amountMinor = amountMinor
            self.isRest = isRest
        }
    }

    public internal(set) var mode = Mode.figures
    public internal(set) var line = TextInput(limit: 60, content: .figures)
    /// Why what was typed does nothing, as a sentence.
    public internal(set) var problem: String?
    /// Exact cash was asked for, and so much of it: Enter takes it while no more and no less is due.
    var exactCash: Money?
    public internal(set) var methods: [PaymentMethod] = []
    /// The open shift; nil where none is, or before it is known.
    public internal(set) var shift: Shift?
    public internal(set) var knowsShift = false
    /// How many sales are put aside, at any till.
    public internal(set) var parkedSales = 0
    /// The sale that was made last.
    var sold: Sold?
    /// The sale of which the store has not said what became of it.
    public internal(set) var pending: PendingSale?
    public internal(set) var isBusy = false
    /// The part of the payment, in minor units, that was typed before the way to pay is chosen.
    var typedPart: Int64?
    /// What was looked for by words, for the list to choose from.
    var found: [Product] = []
    /// Who was looked for by words, for the list to choose from.
    var people: [SaleCustomer] = []
    /// What looked like a slip and was meant: it is not asked about twice.
    var meant: PaymentRequest?
    /// The card that the sale under way ends with: where the store refuses the sale, its code is there again.
    var card: CardAsked?

    /// A card terminal's part with the code that it printed.
    struct CardAsked: Hashable, Codable, Sendable {
        let part: CardPart
        let code: String
    }

    public init() {}

    /// A sale that was made, and which of the basket's versions it left.
    struct Sold: Hashable, Codable, Sendable {
        let order: Order
        let version: Int
        /// The customer's, where one was named.
        let email: String?
    }

    /// The sale that was made last, until the next one begins: its change stays in sight.
    public func sold(_ desk: Desk) -> Order? {
        sold.flatMap { $0.version == desk.basket.version ? $0.order : nil }
    }

    // MARK: - As a screen

    public var field: TextInput? { isBusy ? nil : line }
    public var takesCodes: Bool {
        switch mode {
        case .figures, .approval, .approvalBack: true
        case .words, .cardCode: false
        }
    }
    public var canReload: Bool { false }
    public var showsTheShop: Bool { true }
    public var showsPrice: Bool { true }
    public var lossOnQuit: String? { isBusy ? "A sale is being made." : nil }
    public var guardsLeaving: Bool { false }

    public var busyReason: String? { isBusy ? "One moment: the sale is being made" : nil }

    public func selectedRow(_ desk: Desk) -> Int? { desk.basket.currentRow }

    /// The line that figures are for: the selected one, at first the one that was added last.
    public func selected(_ desk: Desk) -> CartLine? {
        selectedRow(desk).map { desk.basket.cart.lines[$0] }
    }

    public func hints(_ desk: Desk) -> [Hint] {
        if pending != nil, !isBusy { return [Hint(.submit, "ask again")] }
        switch mode {
        case .words: return [Hint(.submit, "do it"), Hint(.back, "figures")]
        case .approval: return [Hint(.submit, "take the card"), Hint(.back, "not by card")]
        case .approvalBack: return [Hint(.submit, "give it back"), Hint(.back, "not yet")]
        case .cardCode(let pays, _):
            return [Hint(.submit, pays ? "pay with it" : "see what is on it"), Hint(.back, "no gift card")]
        case .figures: break
        }
        let cart = desk.basket.cart
        guard !cart.isEmpty else {
            let after = sold(desk) == nil ? [] : [Hint(.tillReceipt, "receipt"), Hint(.mailReceipt)]
            return after + [
                Hint(.tillPark, "parked"), Hint(.tillFind, "find"), Hint(.tillReturn, "return"),
                Hint(.openShift, "shift"), Hint(.tillWords, "words"),
                Hint(.help, "help"),
            ]
        }
        let taken = cart.terms.tenders.isEmpty ? [] : [Hint(.tillTakeBack, "payment back")]
        let park = cart.terms.tenders.isEmpty ? [Hint(.tillPark, "park")] : []
        return taken + [
            Hint(.acceptChanges, "accept"), Hint(.tillCash, "cash"), Hint(.tillCard, "card"),
            Hint(.tillOther, "other"), Hint(.tillGiftCard, "gift card"), Hint(.tillQuantity, "quantity"),
            Hint(.tillDiscount, "off"),
            Hint(.tillPrice, "price"),
        ] + park + [
            Hint(.tillTakeOut, "out"), Hint(.undo),
            Hint(.explain), Hint(.tillFind, "find"), Hint(.tillCustomer, "customer"),
            Hint(.tillSlip, "slip"), Hint(.tillWords, "words"),
        ]
    }

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        [.ask(.till(.begin(till: desk.context.till))), .ask(.till(.findSale))]
            + desk.basket.compare() + (desk.basket.isQuoted(desk.currency) ? [] : desk.quoteBasket())
    }

    public func takesWalk(_ walk: Walk, _ desk: Desk) -> Bool { !desk.basket.cart.isEmpty }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        let lines = desk.basket.cart.lines
        var list = List(selection: selectedRow(desk) ?? 0)
        list.walk(walk, of: lines.count)
        desk.basket.current = list.row(of: lines.count).map { lines[$0].id }
        return []
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        guard row < desk.basket.cart.lines.count else { return false }
        desk.basket.current = desk.basket.cart.lines[row].id
        return true
    }

    public mutating func edit(_ edit: TextEdit, _ desk: inout Desk) -> [Step] {
        line.apply(edit)
        problem = nil
        exactCash = nil
        if mode == .words, line.isEmpty { setLine() }
        return []
    }

    public mutating func takeQuantity() -> Int? {
        guard mode == .figures, line.text.hasSuffix("*"),
            case .quantity(let count)? = try? TillEntry(line.text, currency: .usd)
        else { return nil }
        setLine()
        return count
    }

    /// Empties the line and takes it for figures.
    mutating func setLine(_ text: String = "", mode: Mode = .figures) {
        self.mode = mode
        let content: FieldContent =
            switch mode {
            case .figures: .figures
            case .words: .words
            case .approval, .approvalBack: .approvalCode
            case .cardCode: .codes
            }
        line = TextInput(text, limit: 200, content: content)
        problem = nil
        exactCash = nil
    }

    /// Takes back what is typed. A sale is never given up by it, and the till is left by the keys of other screens.
    public mutating func back(_ desk: inout Desk) -> [Step] {
        if isBusy {
            desk.say(.info, "One moment: the sale is being made")
            return []
        }
        if mode == .figures, line.isEmpty, exactCash == nil, problem == nil {
            desk.say(.info, "Nothing is typed; the sale stays as it is")
        }
        setLine()
        return []
    }

    // MARK: - What is due

    /// What is still to be paid; nil before the price is known. Negative where more came back, or parts were taken
    /// for goods that are out again: so much goes back.
    public func due(_ desk: Desk) -> Money? {
        let terms = desk.basket.cart.terms
        let paid = terms.tendered(desk.currency) + (terms.back?.given(desk.currency) ?? .zero(desk.currency))
        let cards = terms.giftCardsTotal(desk.currency)
        guard !desk.basket.cart.lines.isEmpty else {
            return cards.isZero && paid.isZero ? nil : cards - paid
        }
        guard desk.basket.isQuoted(desk.currency), let total = desk.basket.quote?.total else { return nil }
        return total + cards - paid
    }

    /// What an exchange comes to, where nothing more is to be paid; nil for a sale, and before the price is known.
    public func exchange(_ desk: Desk) -> ExchangeFigures? {
        let cart = desk.basket.cart
        guard let back = cart.terms.back, !cart.isEmpty, cart.terms.tenders.isEmpty,
            let due = due(desk), due.minorUnits <= 0
        else { return nil }
        let total = due + back.given(desk.currency)
        return back.figures(of: total, methods: methods, rounding: desk.policy.cashRounding)
    }

    /// Whether Enter takes exactly what is due in cash.
    public func takesExactCash(_ desk: Desk) -> Bool { exactCash.map { $0 == due(desk) } ?? false }

    /// The same as coins can make it.
    public func cashDue(_ desk: Desk) -> CashDue? { due(desk).map { CashDue($0, desk.policy) } }

    /// The way to pay of a part, by its name.
    public func name(of tender: PaymentRequest) -> String {
        methods.first { $0.id == tender.methodID }?.name ?? tender.methodID ?? ""
    }

    func method(_ kind: PaymentKind) -> PaymentMethod? { methods.first { $0.kind == kind } }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .till(let action) = reply else { return [] }
        switch action {
        case .began(.success(let beginning)):
            methods = beginning.methods
            shift = beginning.shift
            knowsShift = true
            parkedSales = beginning.parked
        case .found(let words, .success(let products)): return choose(among: products, words, &desk)
        case .customers(let words, .success(let people)): return choose(among: people, words, &desk)
        case .newCustomer(.success(let customer)):
            desk.say(.success, "\(customer.name) has an account now")
            return changeTerms(&desk) { $0.customer = customer }
        case .parkedSales(.success(let sales)): return choose(among: sales, &desk)
        case .keptMacro(let macro, let answer): return kept(macro, answer, &desk)
        case .value(let source, let part, let pays, .success(let card)):
            return found(card, source, part: part, pays: pays, &desk)
        case .value(_, _, _, .failure(let error)):
            setLine()
            return refuse(error.screenText)
        case .began(.failure(let error)), .found(_, .failure(let error)), .customers(_, .failure(let error)),
            .newCustomer(.failure(let error)), .parkedSales(.failure(let error)), .missing(let error):
            desk.say(error)
        // The program hears these wherever the till is.
        case .ended, .foundSale, .parked, .drawerOpened, .openedDrawer, .printedSlip, .noted:
            break
        }
        return []
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable, .renewed:
            let begin = Step.ask(.till(.begin(till: desk.context.till)))
            // What was being parked when the server went is settled, too.
            guard let pending, !isBusy else { return isBusy ? [begin] : [begin, .ask(.till(.findSale))] }
            return [begin] + ask(pending)
        case .changedElsewhere(let changes): return follow(changes, desk)
        case .stockChanged, .orderChanged, .resized: return []
        }
    }

    /// What another terminal did: the shift of this till is opened, counted or closed there, or a sale is put aside or
    /// taken up. At the goods and their prices the program looks itself.
    private func follow(_ changes: ShopChanges, _ desk: Desk) -> [Step] {
        (changes.shifts == .none && !changes.parked) || isBusy
            ? [] : [.ask(.till(.begin(till: desk.context.till)))]
    }

    mutating func ask(_ pending: PendingSale) -> [Step] {
        isBusy = true
        problem = nil
        return [.ask(.till(.finish(pending)))]
    }
}
