import StoreDomain

/// Goods that come back without a receipt: they are scanned, the store says what they are worth, and who brings
/// them gets store credit.
public struct LooseReturnsState: Feature {
    public static let kind = ScreenKind.looseReturns

    /// How far it has come.
    public enum Stage: Hashable, Codable, Sendable {
        case choosing(LooseGoods)
        /// The store was asked; its answer decides.
        case giving(LooseGoods)
        case done(LooseReturn)
    }

    public internal(set) var stage = Stage.choosing(LooseGoods())
    var methods: [PaymentMethod] = []
    private var firstLine = 0

    public init() {}

    public var title: String {
        if case .done(let taken) = stage { "Return \(taken.number.text)" } else { Self.kind.title }
    }

    // MARK: - What the program asks

    public var takesNumbers: Bool { true }
    public var busyReason: String? {
        if case .giving = stage { "The return is being booked" } else { nil }
    }
    public var lossOnQuit: String? {
        if case .giving = stage {
            "The store has not answered yet whether the goods are booked."
        } else {
            nil
        }
    }

    public var goods: LooseGoods? {
        switch stage {
        case .choosing(let goods), .giving(let goods): goods
        case .done: nil
        }
    }

    public func selectedRow(_ desk: Desk) -> Int? { goods.flatMap { $0.list.row(of: $0.lines.count) } }

    public var scroll: Int? {
        get { if case .done = stage { firstLine } else { nil } }
        set { firstLine = newValue ?? 0 }
    }

    public func hints(_ desk: Desk) -> [Hint] {
        switch stage {
        case .choosing, .giving:
            [
                Hint(.open, "take them back"), Hint(.looseProduct, "by code"), Hint(.looseMore, "more"),
                Hint(.looseLess, "less"), Hint(.looseLoss), Hint(.looseCustomer), Hint(.looseTender),
                Hint(.back),
            ]
        case .done: [Hint(.open, "next"), Hint(.printLoose, "print"), Hint(.back)]
        }
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] { [.ask(.looseReturns(.begin))] }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        guard case .choosing(var goods) = stage else { return [] }
        goods.list.walk(walk, of: goods.lines.count)
        stage = .choosing(goods)
        return []
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        guard case .choosing(var goods) = stage, row < goods.lines.count else { return false }
        goods.list.select(row, of: goods.lines.count)
        stage = .choosing(goods)
        return true
    }

    public mutating func scanned(_ code: String, count: Int, _ desk: inout Desk) -> [Step]? {
        guard case .choosing = stage else {
            desk.say(.warning, "That was a scan (\(code)): it was not taken; begin the next return first")
            return [.beep]
        }
        return [.ask(.looseReturns(.product(code, count: count)))]
    }

    /// Sets a quantity, takes the goods back, or begins the next return.
    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        switch stage {
        case .choosing(var goods):
            guard let count, goods.unanswered == nil, goods.selected != nil else { return give(&desk) }
            goods.set(to: count)
            return change(goods)
        case .giving: return []
        case .done:
            stage = .choosing(LooseGoods())
            return []
        }
    }

    public mutating func back(_ desk: inout Desk) -> [Step] {
        if case .giving = stage { return [] }
        return [.pop]
    }

    /// Shows the goods as they are now and asks what they are worth.
    mutating func change(_ goods: LooseGoods) -> [Step] {
        stage = .choosing(goods)
        return goods.lines.isEmpty || goods.figures != nil
            ? [] : [.ask(.looseReturns(.figures(goods.back)))]
    }

    // MARK: - Giving

    /// Asks for what is still missing, one thing at a time, then takes the goods back.
    mutating func give(_ desk: inout Desk) -> [Step] {
        guard case .choosing(let goods) = stage else { return [] }
        if let unanswered = goods.unanswered {
            stage = .giving(goods)
            return [.ask(.looseReturns(unanswered))]
        }
        guard !goods.lines.isEmpty else {
            desk.say(.warning, "Scan what comes back, or type its code")
            return []
        }
        guard let figures = goods.figures else { return [.ask(.looseReturns(.figures(goods.back)))] }
        do throws(StoreError) {
            guard let name = goods.name ?? goods.customer?.name else {
                return [.open(.prompt(Prompt(.returnName, limit: 100)))]
            }
            guard let reason = goods.reason else { return [.open(.picker(Self.reasons(figures)))] }
            let method = methods.first { $0.id == goods.methodID }
            if method?.kind == .externalCard, goods.approvalCode?.isEmpty != false {
                return [.open(.prompt(Prompt(.approvalCode, limit: 40)))]
            }
            let draft = try LooseReturnDraft(
                till: desk.context.till, lines: goods.back, reason: reason, name: name,
                customerID: goods.customer?.id, methodID: goods.methodID, approvalCode: goods.approvalCode,
                agreed: method?.kind == .cash
                    ? desk.policy.cashRounding.rounded(figures.amount) : figures.amount)
            stage = .giving(goods)
            return [.ask(.looseReturns(.prepare(draft)))]
        } catch {
            desk.say(error)
            return []
        }
    }

    private static func reasons(_ figures: LooseReturnFigures) -> Picker {
        let known = ["A present", "Not wanted", "Does not fit", "Broken or faulty", "Receipt lost"]
        return Picker(
            .reasons, title: "Take back for \(figures.amount.displayText): why?",
            items: known.map { Picker.Item(.reason($0), label: $0) }
                + [Picker.Item(.reason(nil), label: "Another reason")])
    }

    /// Store credit, or what whoever may give otherwise.
    func methods(_ goods: LooseGoods, _ desk: Desk) -> Picker {
        let mayChoose = desk.principal.allows(.refundOtherwise)
        let others = methods.filter { $0.kind == .cash || $0.kind == .externalCard }
        return Picker(
            .refundMethods, title: "What is given for it?",
            items: [Picker.Item(.refundMethod(nil), label: "Store credit")]
                + others.map {
                    Picker.Item(
                        .refundMethod($0.id), label: $0.name,
                        disabledReason: mayChoose
                            ? nil : StoreError.notAllowed(.refundOtherwise).screenText)
                }, selected: .refundMethod(goods.methodID))
    }

    public mutating func choose(_ choice: Choice, _ desk: inout Desk) -> [Step] {
        guard case .choosing(var goods) = stage else { return [] }
        switch choice {
        case .reason(let reason?):
            goods.reason = reason
            stage = .choosing(goods)
            return give(&desk)
        case .reason(nil): return [.open(.prompt(Prompt(.returnReason, limit: 200)))]
        case .refundMethod(let method):
            goods.methodID = method
            goods.approvalCode = nil
            stage = .choosing(goods)
            return []
        case .command, .category, .sort, .status, .theme, .product, .parkedSale, .tender, .customer,
            .newCustomer, .country, .office, .macro, .tester:
            return []
        }
    }

    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    {
        guard case .choosing(var goods) = stage else { return [] }
        let text = text.cleanText
        switch purpose {
        case .returnProduct:
            return text.isEmpty ? [] : [.ask(.looseReturns(.product(text, count: 1)))]
        case .customer:
            guard text.isEmpty else { return [.ask(.looseReturns(.customer(text)))] }
            goods.customer = nil
            stage = .choosing(goods)
            return []
        case .returnName: goods.name = text.isEmpty ? nil : text
        case .returnReason: goods.reason = text.isEmpty ? nil : text
        case .approvalCode: goods.approvalCode = text
        case .discount, .findLine, .findOrder, .server, .catalogFile, .priceReason, .findSale, .visitorCode,
            .findGiftCard, .noSaleReason, .mailReceipt, .macroName, .macroKey, .newCustomer,
            .check, .pin, .unlock, .approverPIN, .reportDays, .findProducts, .customers,
            .newPIN,
            .pinPassword, .pinOwner, .badgeOwner, .badgeFor, .invoice, .pinFor, .office:
            return []
        }
        stage = .choosing(goods)
        return text.isEmpty ? [] : give(&desk)
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .looseReturns(let action) = reply else { return [] }
        switch action {
        case .began(.success(let methods)): self.methods = methods
        case .product(.success(let product), let count):
            guard case .choosing(var goods) = stage, goods.unanswered == nil else { return [] }
            goods.add(product, count)
            return change(goods)
        case .customer(.success(let customer)):
            guard case .choosing(var goods) = stage else { return [] }
            goods.customer = customer
            stage = .choosing(goods)
        case .figures(let lines, .success(let figures)):
            guard case .choosing(var goods) = stage, goods.back == lines else { return [] }
            goods.figures = figures
            stage = .choosing(goods)
        case .prepared(let request):
            guard case .giving(var goods) = stage else { return [] }
            goods.unanswered = request
            stage = .giving(goods)
            return [.ask(.looseReturns(request))]
        case .taken(.success(let taken)):
            stage = .done(taken)
            desk.say(.success, "Return \(taken.number.text): \(taken.given.displayText) given for it")
            return [.tell(.stockChanged)]
        case .taken(.failure(let error)): return refused(error, &desk)
        case .printed(.success): desk.say(.success, "Receipt sent to the printer")
        case .began(.failure(let error)), .product(.failure(let error), _), .customer(.failure(let error)),
            .figures(_, .failure(let error)), .printed(.failure(let error)):
            desk.say(error)
        }
        return []
    }

    private mutating func refused(_ error: StoreError, _ desk: inout Desk) -> [Step] {
        guard case .giving(var goods) = stage else { return [] }
        guard error != .outcomeUnknown else {
            stage = .choosing(goods)
            desk.say(.warning, "It is not known yet whether the goods are booked: Enter asks again")
            return []
        }
        goods.unanswered = nil
        goods.approvalCode = nil
        goods.figures = nil
        desk.say(error)
        return change(goods)
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        if case .giving(let goods) = stage,
            !desk.requests.mustFinish.contains(where: { $0.terms.screen == Self.kind })
        {
            stage = .choosing(goods)
        }
        return []
    }
}

extension LooseReturn {
    /// Σ tenders: what was given.
    public var given: Money { amount + rounding }
}

extension LooseReturnsState {
    /// A way to give money, by its id; nil for store credit.
    public func method(_ id: String?) -> PaymentMethod? { methods.first { $0.id == id } }
}
