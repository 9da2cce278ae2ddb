import StoreDomain

/// The stock: what runs low, deliveries and counts by scan, corrections with a reason, and why a stock is what it is.
public struct StockState: Feature {
    public static let kind = ScreenKind.stock

    public enum Stage: Hashable, Codable, Sendable {
        /// What runs low.
        case low
        case sheet(StockSheet)
        /// What one piece of the selected line of a delivery cost.
        case costing(StockSheet, Form)
        /// Which file has the supplier's list of a delivery.
        case naming(StockSheet, Form)
        /// What of that list cannot be taken.
        case refused(StockSheet, file: String, [String])
        /// A sheet as it would be booked, and why.
        case review(StockSheet, Form)
        case explained(StockExplanation)
        /// More or fewer of one product, and why.
        case adjusting(StockExplanation, StockMovementKind, Form)
    }

    public internal(set) var stage = Stage.low
    /// nil until it is loaded.
    public private(set) var low: [LowStock]?
    public private(set) var error: StoreError?
    var list = List()
    private var firstLine = 0

    static let pieces = "pieces"
    static let reason = "reason"
    static let cost = "cost"
    static let file = "file"

    public init() {}

    public var title: String {
        switch stage {
        case .low: Self.kind.title
        case .sheet(let sheet), .costing(let sheet, _), .naming(let sheet, _), .refused(let sheet, _, _),
            .review(let sheet, _):
            switch sheet.kind {
            case .receiving: "Delivery"
            case .count: "Count"
            }
        case .explained, .adjusting: "Stock of a product"
        }
    }

    public var selected: LowStock? { list.row(of: low?.count ?? 0).flatMap { low?[$0] } }
    public var selection: Int { list.row(of: low?.count ?? 0) ?? 0 }

    public var form: Form? {
        switch stage {
        case .costing(_, let form), .naming(_, let form), .review(_, let form), .adjusting(_, _, let form):
            form
        case .low, .sheet, .refused, .explained: nil
        }
    }

    public var field: TextInput? { form?.focused.input }
    public var hasPanes: Bool { form != nil }
    public var takesNumbers: Bool { form == nil }
    public var takesCodes: Bool { true }
    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var canReload: Bool { if case .low = stage { true } else { false } }
    public var showsTheShop: Bool { true }

    public var guardsLeaving: Bool {
        switch stage {
        case .sheet(let sheet), .costing(let sheet, _), .naming(let sheet, _), .refused(let sheet, _, _),
            .review(let sheet, _):
            !sheet.lines.isEmpty
        case .adjusting(_, _, let form): form.isTouched
        case .low, .explained: false
        }
    }

    public var lossOnQuit: String? { guardsLeaving ? "What you have scanned or typed here is lost." : nil }

    public var scroll: Int? {
        get {
            switch stage {
            case .explained, .refused: firstLine
            case .low, .sheet, .costing, .naming, .review, .adjusting: nil
            }
        }
        set { firstLine = newValue ?? 0 }
    }

    public func selectedRow(_ desk: Desk) -> Int? {
        switch stage {
        case .low: list.row(of: low?.count ?? 0)
        case .sheet(let sheet): sheet.list.row(of: sheet.lines.count)
        case .costing, .naming, .refused, .review, .explained, .adjusting: nil
        }
    }

    public func hints(_ desk: Desk) -> [Hint] {
        switch stage {
        case .low:
            [
                Hint(.open, "explain"), Hint(.receiveStock), Hint(.countStock), Hint(.countBlind),
                Hint(.retry), Hint(.back),
            ]
        case .sheet(let sheet):
            [Hint(.open, "set how many"), Hint(.bookStock), Hint(.takeOutStock)]
                + (sheet.kind == .receiving ? [Hint(.costStock), Hint(.holdAgainstList)] : []) + [Hint(.back)]
        case .costing: [Hint(.submit, "set it"), Hint(.back)]
        case .naming: [Hint(.submit, "read it"), Hint(.back)]
        case .refused: [Hint(.holdAgainstList, "another file"), Hint(.back)]
        case .review, .adjusting: [Hint(.submit, "book it"), Hint(.nextField, "next field"), Hint(.back)]
        case .explained: [Hint(.correctStock), Hint(.loseStock), Hint(.back)]
        }
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        guard case .low = stage else { return [] }
        list.remember(selected?.product.id)
        return [.ask(.stock(.low))]
    }

    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    public func takesWalk(_ walk: Walk, _ desk: Desk) -> Bool {
        if form != nil { return walk == .up || walk == .down }
        return selectedRow(desk) != nil || scroll != nil
    }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        switch stage {
        case .low: list.walk(walk, of: low?.count ?? 0)
        case .sheet(var sheet):
            sheet.list.walk(walk, of: sheet.lines.count)
            stage = .sheet(sheet)
        case .costing, .naming, .review, .adjusting:
            if walk == .up || walk == .down { return moveFocus(forward: walk == .down, &desk) }
        case .refused, .explained: break
        }
        return []
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        switch stage {
        case .low:
            guard row < low?.count ?? 0 else { return false }
            list.select(row, of: low?.count ?? 0)
            return true
        case .sheet(var sheet):
            guard row < sheet.lines.count else { return false }
            sheet.list.select(row, of: sheet.lines.count)
            stage = .sheet(sheet)
            return false
        case .costing, .naming, .refused, .review, .explained, .adjusting: return false
        }
    }

    public func opens(row: Int) -> Bool { if case .low = stage { selection == row } else { false } }

    public mutating func moveFocus(forward: Bool, _ desk: inout Desk) -> [Step] {
        change { $0.move(forward: forward) }
        return []
    }

    public mutating func edit(_ edit: TextEdit, _ desk: inout Desk) -> [Step] {
        change { $0.edit(edit) }
        return []
    }

    private mutating func change(_ body: (inout Form) -> Void) {
        switch stage {
        case .costing(let sheet, var form):
            body(&form)
            stage = .costing(sheet, form)
        case .naming(let sheet, var form):
            body(&form)
            stage = .naming(sheet, form)
        case .review(let sheet, var form):
            body(&form)
            stage = .review(sheet, form)
        case .adjusting(let explanation, let kind, var form):
            body(&form)
            stage = .adjusting(explanation, kind, form)
        case .low, .sheet, .refused, .explained: break
        }
    }

    public func submitAvailability(_ desk: Desk) -> Availability { form == nil ? .absent : .enabled }

    public func openAvailability(_ desk: Desk) -> Availability {
        switch stage {
        case .low: selected == nil ? .disabled("No product is selected") : .enabled
        case .sheet(let sheet): sheet.selected == nil ? .disabled("Scan a product first") : .enabled
        case .costing, .naming, .review, .adjusting: .enabled
        case .refused, .explained: .absent
        }
    }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        switch stage {
        case .low: return selected.map { [.ask(.stock(.explain($0.product.id)))] } ?? []
        case .sheet(var sheet):
            guard let count else {
                desk.say(.info, "Type how many, then Enter")
                return []
            }
            sheet.set(to: count)
            stage = .sheet(sheet)
            return []
        case .costing(let sheet, let form): return setCost(sheet, form, desk)
        case .naming(let sheet, let form): return read(sheet, form)
        case .review(let sheet, var form): return book(&form, sheet)
        case .refused, .explained: return []
        case .adjusting(let explanation, let kind, var form): return adjust(explanation, kind, &form)
        }
    }

    /// Nothing typed: nobody says what it cost; a cost that is hidden stays.
    private mutating func setCost(_ sheet: StockSheet, _ form: Form, _ desk: Desk) -> [Step] {
        var (sheet, form) = (sheet, form)
        let text = form.text(Self.cost).trimmedText
        let cost: Money?
        do { cost = text.isEmpty ? nil : try Money(typed: text, currency: desk.policy.currency) } catch {
            form.show([Self.cost: error.message])
            stage = .costing(sheet, form)
            return []
        }
        do throws(StoreError) {
            try sheet.set(cost: cost)
            stage = .sheet(sheet)
        } catch {
            form.show([Self.cost: Self.words(error)])
            stage = .costing(sheet, form)
        }
        return []
    }

    private mutating func read(_ sheet: StockSheet, _ form: Form) -> [Step] {
        let file = form.text(Self.file).trimmedText
        guard !file.isEmpty else {
            var form = form
            form.show([Self.file: "must be the path of a file"])
            stage = .naming(sheet, form)
            return []
        }
        return [.ask(.stock(.list(file)))]
    }

    private mutating func book(_ form: inout Form, _ sheet: StockSheet) -> [Step] {
        do throws(StoreError) {
            let adjustments = try sheet.adjustments(form.text(Self.reason))
            return [.ask(.stock(.book(adjustments)))]
        } catch {
            form.show([Self.reason: Self.words(error)])
            stage = .review(sheet, form)
            return []
        }
    }

    private mutating func adjust(
        _ explanation: StockExplanation, _ kind: StockMovementKind, _ form: inout Form
    ) -> [Step] {
        if form.next() {
            stage = .adjusting(explanation, kind, form)
            return []
        }
        let text = form.text(Self.pieces).trimmedText
        guard let typed = Int(text), typed != 0, kind != .loss || typed > 0 else {
            form.show([Self.pieces: kind == .loss ? "must be 1 or more" : "must be such as 3 or -3"])
            stage = .adjusting(explanation, kind, form)
            return []
        }
        do throws(StoreError) {
            let adjustment = try StockAdjustment(
                productID: explanation.product.id, kind: kind, quantity: kind == .loss ? -typed : typed,
                reason: form.text(Self.reason))
            form.show([:])
            stage = .adjusting(explanation, kind, form)
            return [.ask(.stock(.book([adjustment])))]
        } catch {
            form.show([Self.reason: Self.words(error)])
            stage = .adjusting(explanation, kind, form)
            return []
        }
    }

    private static func words(_ error: StoreError) -> String {
        guard case .invalid(let problems) = error else { return error.screenText }
        return problems.map(\.reason).joined(separator: ", ")
    }

    public mutating func back(_ desk: inout Desk) -> [Step] {
        switch stage {
        case .low: return [.pop]
        case .sheet(let sheet): return sheet.lines.isEmpty ? leave() : [.open(.confirm(Self.leaving))]
        case .costing(let sheet, _), .naming(let sheet, _), .refused(let sheet, _, _), .review(let sheet, _):
            stage = .sheet(sheet)
            return []
        case .explained: return leave()
        case .adjusting(let explanation, _, _):
            stage = .explained(explanation)
            return []
        }
    }

    private static let leaving = Confirm(
        .leaveForm, title: "Leave it unbooked?", text: "What you scanned here is lost.", yes: "Leave",
        no: "Stay",
        choosesYes: false)

    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step] {
        yes && question == .leaveForm ? leave() : []
    }

    private mutating func leave() -> [Step] {
        stage = .low
        firstLine = 0
        return [.ask(.stock(.low))]
    }

    /// A scan goes onto the sheet; elsewhere it explains its product.
    public mutating func scanned(_ code: String, count: Int, _ desk: inout Desk) -> [Step]? {
        switch stage {
        case .low, .sheet, .explained: return [.ask(.stock(.product(code, count: count)))]
        case .costing, .naming, .refused, .review, .adjusting:
            desk.say(
                .warning,
                "That was a scan (\(code)): it was not taken; go back to the \(title.lowercased()) first")
            return [.beep]
        }
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .stock(let action) = reply else { return [] }
        switch action {
        case .low(.success(let low)):
            error = nil
            list.restore(in: low.map(\.product.id), orRow: selection)
            self.low = low
        case .low(.failure(let failure)):
            error = failure
            desk.say(failure)
        case .product(.success(let product), let count): return take(product, count, &desk)
        case .explained(.success(let explanation)):
            firstLine = 0
            stage = .explained(explanation)
        case .booked(.success(let products)):
            desk.say(.success, "Booked: \(products.count.counted("product"))")
            if case .adjusting(let explanation, _, _) = stage {
                return [.ask(.stock(.explain(explanation.product.id))), .tell(.stockChanged)]
            }
            return leave() + [.tell(.stockChanged)]
        case .list(let file, let answer): listed(file, answer, &desk)
        case .product(.failure(let failure), _), .explained(.failure(let failure)),
            .booked(.failure(let failure)):
            desk.say(failure)
        }
        return []
    }

    /// The supplier's list, or why it cannot be taken; nothing of it is then.
    private mutating func listed(
        _ file: String, _ answer: Answer<ExpectedDelivery>, _ desk: inout Desk
    ) {
        guard case .naming(var sheet, let form) = stage else { return }
        switch answer {
        case .success(let delivery):
            sheet.hold(against: delivery)
            stage = .sheet(sheet)
            desk.say(.success, "\(delivery.name): \(delivery.lines.count.counted("product"))")
        case .failure(.invalid(let problems)):
            firstLine = 0
            stage = .refused(sheet, file: file, problems.map { "\($0.field) \($0.reason)" })
        case .failure(let error):
            var form = form
            form.show([Self.file: error.screenText])
            stage = .naming(sheet, form)
        }
    }

    private mutating func take(_ product: Product, _ count: Int, _ desk: inout Desk) -> [Step] {
        guard case .sheet(var sheet) = stage else { return [.ask(.stock(.explain(product.id)))] }
        guard product.stock.isTracked else {
            desk.say(.warning, "\(product.name) sells without counting")
            return []
        }
        sheet.add(product, count)
        stage = .sheet(sheet)
        return []
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable: return enter(&desk)
        case .renewed: return showOrHideCosts(desk) + enter(&desk)
        case .changedElsewhere(let changes):
            return changes.catalogue || changes.stock != .none ? enter(&desk) : []
        case .stockChanged, .orderChanged, .resized: return []
        }
    }

    /// Another one may stand here now, who sees what goods cost or does not.
    private mutating func showOrHideCosts(_ desk: Desk) -> [Step] {
        let sees = desk.principal.allows(.seeCost)
        func told(_ explanation: StockExplanation) -> StockExplanation {
            guard !sees else { return explanation }
            return StockExplanation(
                product: explanation.product, movements: explanation.movements.map(\.withoutCost),
                isCut: explanation.isCut)
        }
        func told(_ sheet: StockSheet) -> StockSheet {
            var sheet = sheet
            sheet.showCosts(sees)
            return sheet
        }
        switch stage {
        case .explained(let explanation):
            stage = .explained(told(explanation))
            if sees, explanation.cost == nil { return [.ask(.stock(.explain(explanation.product.id)))] }
        case .adjusting(let explanation, let kind, let form):
            stage = .adjusting(told(explanation), kind, form)
        case .sheet(let sheet): stage = .sheet(told(sheet))
        case .costing(let sheet, let form):
            // What was being typed is the cost itself, or was typed without seeing the one that is there.
            let isOwn = sees && sheet.selected?.hidesCost == false
            stage = isOwn ? .costing(told(sheet), form) : .sheet(told(sheet))
        case .naming(let sheet, let form): stage = .naming(told(sheet), form)
        case .refused(let sheet, let file, let problems): stage = .refused(told(sheet), file: file, problems)
        case .review(let sheet, let form): stage = .review(told(sheet), form)
        case .low: break
        }
        return []
    }
}
