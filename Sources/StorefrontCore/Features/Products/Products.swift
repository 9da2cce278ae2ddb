import StoreDomain

/// The products as who keeps the shop sees them: a list to find one in, its form, its prices, and many prices at once.
public struct ProductsState: Feature {
    public static let kind = ScreenKind.products

    public enum Stage: Hashable, Codable, Sendable {
        case list
        case editing(ProductForm)
        /// Somebody else changed the product meanwhile.
        case conflict(ProductConflict)
        /// How a product's price came about.
        case history(Product, [PriceChange])
        case pricing(PriceChanging)
    }

    public internal(set) var stage = Stage.list
    /// nil until it is loaded.
    public private(set) var page: ProductPage?
    /// What the list shows of: words, a part of a name, a code; empty for all.
    public private(set) var sought = ""
    /// Whether it shows what is no longer sold.
    public private(set) var showsArchived = false
    public private(set) var error: StoreError?
    public internal(set) var list = List()
    private var firstLine = 0

    public init() {}

    public var title: String {
        switch stage {
        case .list: showsArchived ? "Archived products" : Self.kind.title
        case .editing(let form): form.base == nil ? "New product" : "Edit product"
        case .conflict: "Changed meanwhile"
        case .history: "Price history"
        case .pricing(.asking), .pricing(.preview): "Change prices"
        case .pricing(.batches): "Price batches"
        }
    }

    public var rows: [Product] { page?.products ?? [] }

    /// The product that commands of the list act on.
    public var selected: Product? {
        guard case .list = stage, let row = list.row(of: rows.count) else { return nil }
        return rows[row]
    }

    /// The form that has the keys.
    public var form: Form? {
        switch stage {
        case .editing(let form): form.form
        case .pricing(.asking(_, let form)): form
        case .list, .conflict, .history, .pricing: nil
        }
    }

    public var field: TextInput? { form?.focused.input }
    public var hasPanes: Bool { form != nil }
    public var takesCodes: Bool { true }

    /// Where no field has the keys, a scan's digits are no commands.
    public var takesNumbers: Bool {
        switch stage {
        case .list, .history: true
        case .editing, .conflict, .pricing: false
        }
    }

    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var canReload: Bool { if case .list = stage { true } else { false } }
    public var showsTheShop: Bool { true }

    public var guardsLeaving: Bool {
        switch stage {
        case .editing(let form): form.isTouched
        case .conflict: true
        case .list, .history, .pricing: false
        }
    }

    public var lossOnQuit: String? { guardsLeaving ? "What you typed here is lost." : nil }

    public var pageEnds: PageEnds? {
        guard case .list = stage else { return nil }
        return PageEnds(hasPrevious: page?.hasPrevious ?? false, hasNext: page?.hasNext ?? false)
    }

    public var scroll: Int? {
        get { if case .history = stage { firstLine } else { nil } }
        set { firstLine = newValue ?? 0 }
    }

    public func selectedRow(_ desk: Desk) -> Int? {
        switch stage {
        case .list: list.row(of: rows.count)
        case .conflict(let conflict): conflict.list.row(of: conflict.rows.count)
        case .pricing(.preview(_, let plan, let list)): list.row(of: plan.lines.count)
        case .pricing(.batches(let batches, let list)): list.row(of: batches.count)
        case .editing, .history, .pricing(.asking): nil
        }
    }

    public func hints(_ desk: Desk) -> [Hint] {
        switch stage {
        case .list:
            [
                Hint(.open, "edit"), Hint(.newProduct), Hint(.findProducts), Hint(.archiveProduct),
                Hint(.priceHistory), Hint(.changePrices), Hint(.printLabels), Hint(.showArchived),
                Hint(.back),
            ]
        case .editing:
            [
                Hint(.saveProduct, "save"), Hint(.submit, "next field"), Hint(.previousField, "one back"),
                Hint(.redoEdit), Hint(.back),
            ]
        case .conflict: [Hint(.open, "other one"), Hint(.saveProduct, "save"), Hint(.back)]
        case .history: [Hint(.back)]
        case .pricing(.asking): [Hint(.submit, "next"), Hint(.back)]
        case .pricing(.preview): [Hint(.open, "change the prices"), Hint(.back)]
        case .pricing(.batches): [Hint(.open, "take back"), Hint(.back)]
        }
    }

    // MARK: - The list

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        guard case .list = stage else { return [] }
        list.remember(selected?.id)
        return load(page?.number ?? 1)
    }

    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    func load(_ number: Int) -> [Step] {
        showsArchived
            ? [.ask(.products(.archived(sought)))] : [.ask(.products(.list(sought, page: number)))]
    }

    mutating func toggleArchived() -> [Step] {
        showsArchived.toggle()
        page = nil
        list = List()
        return load(1)
    }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        switch stage {
        case .list:
            guard let page else { return [] }
            switch walk {
            case .pageUp where page.hasPrevious, .up where page.hasPrevious && list.selection == 0:
                return turn(to: page.number - 1)
            case .pageDown where page.hasNext, .down where page.hasNext && list.selection >= rows.count - 1:
                return turn(to: page.number + 1)
            case .first where page.number > 1: return turn(to: 1)
            case .up, .down, .halfPageUp, .halfPageDown, .pageUp, .pageDown, .first, .last:
                list.walk(walk, of: rows.count)
            }
        case .conflict(var conflict):
            conflict.list.walk(walk, of: conflict.rows.count)
            stage = .conflict(conflict)
        case .pricing(.preview(let draft, let plan, var list)):
            list.walk(walk, of: plan.lines.count)
            stage = .pricing(.preview(draft, plan, list))
        case .pricing(.batches(let batches, var list)):
            list.walk(walk, of: batches.count)
            stage = .pricing(.batches(batches, list))
        case .editing, .pricing(.asking):
            if walk == .up || walk == .down { return moveFocus(forward: walk == .down, &desk) }
        case .history: break
        }
        return []
    }

    private mutating func turn(to number: Int) -> [Step] {
        list = List()
        return load(number)
    }

    public func takesWalk(_ walk: Walk, _ desk: Desk) -> Bool {
        if form != nil { return walk == .up || walk == .down }
        return selectedRow(desk) != nil || scroll != nil
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        switch stage {
        case .list:
            guard row < rows.count else { return false }
            list.select(row, of: rows.count)
            return true
        case .conflict(var conflict):
            guard row < conflict.rows.count else { return false }
            conflict.list.select(row, of: conflict.rows.count)
            stage = .conflict(conflict)
            return true
        case .pricing(.batches(let batches, var list)):
            guard row < batches.count else { return false }
            list.select(row, of: batches.count)
            stage = .pricing(.batches(batches, list))
            return true
        case .editing(var form):
            guard form.form.fields.indices.contains(row) else { return false }
            form.form.focus(on: form.form.fields[row].name)
            stage = .editing(form)
            return false
        case .history, .pricing: return false
        }
    }

    public func opens(row: Int) -> Bool {
        switch stage {
        case .list: list.row(of: rows.count) == row
        case .conflict(let conflict): conflict.list.row(of: conflict.rows.count) == row
        case .pricing(.batches(let batches, let list)): list.row(of: batches.count) == row
        case .editing, .history, .pricing: false
        }
    }

    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    {
        guard purpose == .findProducts else { return [] }
        sought = text.cleanText
        list = List()
        return load(1)
    }

    /// A code finds its product in the list, and fills a form's field for codes.
    public mutating func scanned(_ code: String, count: Int, _ desk: inout Desk) -> [Step]? {
        switch stage {
        case .list, .history: return [.ask(.products(.scanned(code)))]
        case .editing(var form):
            form.form.focus(on: ProductField.barcode.rawValue)
            form.form.select(ProductField.barcode.rawValue)
            form.form.edit(.insert(code))
            form.check(desk.policy, all: false)
            stage = .editing(form)
            return []
        case .conflict, .pricing:
            desk.say(
                .warning, "That was a scan (\(code)): it was not taken; save or leave what is open first")
            return [.beep]
        }
    }

    // MARK: - Forms

    public mutating func moveFocus(forward: Bool, _ desk: inout Desk) -> [Step] {
        change {
            $0.move(forward: forward)
            $0.select($0.focused.name)
        }
        return []
    }

    public mutating func edit(_ edit: TextEdit, _ desk: inout Desk) -> [Step] {
        change { $0.edit(edit) }
        if case .editing(var form) = stage, !form.isBusy {
            form.error = nil
            form.check(desk.policy, all: false)
            stage = .editing(form)
        }
        return []
    }

    mutating func change(_ body: (inout Form) -> Void) {
        switch stage {
        case .editing(var form):
            guard !form.isBusy else { return }
            body(&form.form)
            stage = .editing(form)
        case .pricing(.asking(let goods, var form)):
            body(&form)
            stage = .pricing(.asking(goods, form))
        case .list, .conflict, .history, .pricing: break
        }
    }

    public func submitAvailability(_ desk: Desk) -> Availability { form == nil ? .absent : .enabled }

    public func openAvailability(_ desk: Desk) -> Availability {
        switch stage {
        case .list: selected == nil ? .disabled("No product is selected") : .enabled
        case .conflict: .enabled
        case .pricing(.preview(_, let plan, _)):
            plan.lines.isEmpty ? .disabled("No price changes") : desk.writing
        case .pricing(.batches(let batches, let list)):
            list.row(of: batches.count).map { batches[$0].canBeTakenBack } ?? false
                ? desk.writing : .disabled("It was taken back already")
        case .editing, .pricing(.asking): .enabled
        case .history: .absent
        }
    }

    /// Enter goes on: to the next field, into what is selected.
    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        switch stage {
        case .list: return selected.map { [.ask(.products(.record($0.id)))] } ?? []
        case .editing(var form):
            guard !form.isBusy else { return [] }
            if form.form.next() {
                form.form.select(form.form.focused.name)
                stage = .editing(form)
                return []
            }
            return save(&desk)
        case .conflict(var conflict):
            guard let row = conflict.list.row(of: conflict.rows.count) else { return [] }
            conflict.rows[row].takesTheirs.toggle()
            stage = .conflict(conflict)
            return []
        case .history: return []
        case .pricing(let pricing): return goOn(pricing, &desk)
        }
    }

    private mutating func goOn(_ pricing: PriceChanging, _ desk: inout Desk) -> [Step] {
        switch pricing {
        case .asking(let goods, var form):
            // What is wrong is said before one goes on.
            let draft = PriceChanging.draft(goods, &form, desk.currency)
            let goesOn = draft != nil && form.next()
            stage = .pricing(.asking(goods, form))
            return goesOn ? [] : draft.map { [.ask(.products(.plan($0)))] } ?? []
        case .preview(let draft, let plan, _):
            return [.ask(.products(.setPrices(draft, agreement: plan.agreement)))]
        case .batches(let batches, let list):
            guard let row = list.row(of: batches.count) else { return [] }
            return [.open(.confirm(PriceChanging.takingBack(batches[row])))]
        }
    }

    /// Saves what the form or the choice comes to.
    mutating func save(_ desk: inout Desk) -> [Step] {
        switch stage {
        case .editing(let form): return save(form, archives: nil, &desk)
        case .conflict(let conflict): return save(conflict.resolved, archives: conflict.archives, &desk)
        case .list, .history, .pricing: return []
        }
    }

    private mutating func save(_ filled: ProductForm, archives: Bool?, _ desk: inout Desk) -> [Step] {
        var form = filled
        guard !form.isBusy else { return [] }
        do throws(StoreError) {
            form.error = nil
            guard let base = form.base else {
                let draft = try form.draft(desk.policy)
                form.isBusy = true
                stage = .editing(form)
                return [.ask(.products(.add(draft)))]
            }
            var patch = try form.patch(of: base, desk.policy)
            if let archives {
                patch = patch ?? ProductPatch()
                patch?.isArchived = archives
            }
            guard let patch else {
                desk.say(.info, "Nothing is changed")
                return leave()
            }
            form.isBusy = true
            stage = .editing(form)
            return [.ask(.products(.save(base.id, patch, seen: base.version)))]
        } catch {
            form.check(desk.policy, all: true)
            stage = .editing(form)
            return []
        }
    }

    /// Back to the list, on the product that was open.
    private mutating func leave() -> [Step] {
        stage = .list
        firstLine = 0
        return load(page?.number ?? 1)
    }

    public mutating func back(_ desk: inout Desk) -> [Step] {
        switch stage {
        case .list:
            guard !sought.isEmpty || showsArchived else { return [.pop] }
            sought = ""
            showsArchived = false
            list = List()
            return load(1)
        case .editing(let form): return form.isTouched ? [.open(.confirm(Self.leaving))] : leave()
        case .conflict: return [.open(.confirm(Self.leaving))]
        case .history, .pricing(.asking), .pricing(.batches): return leave()
        case .pricing(.preview(let draft, _, _)):
            stage = .pricing(.asking(draft.goods, PriceChanging.form()))
            return []
        }
    }

    private static let leaving = Confirm(
        .leaveForm, title: "Leave the form?", text: "What you typed here is lost.", yes: "Leave", no: "Stay",
        choosesYes: false)

    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step] {
        guard yes else { return [] }
        if question == .leaveForm { return leave() }
        if case .takePricesBack(let id) = question { return [.ask(.products(.takeBack(id)))] }
        return []
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .products(let action) = reply else { return [] }
        switch action {
        case .listed(.success(let page)):
            error = nil
            list.restore(in: page.products.map(\.id), orRow: list.selection)
            self.page = page
        case .listed(.failure(let failure)):
            error = failure
            desk.say(failure)
        case .loaded(.success(let product)):
            list.remember(product.id)
            stage = .editing(ProductForm(product))
            return desk.principal.allows(.seeCost) ? [.ask(.products(.cost(product.id)))] : []
        case .costed(.success(let cost)):
            guard case .editing(var form) = stage, form.base?.id == cost.productID else { return [] }
            form.cost = cost
            stage = .editing(form)
        case .history(let product, .success(let changes)):
            firstLine = 0
            stage = .history(product, changes)
        case .planned(let draft, .success(let plan)): stage = .pricing(.preview(draft, plan, List()))
        case .batches(.success(let batches)): stage = .pricing(.batches(batches, List()))
        case .priced(.success(let batch)):
            var days = ValidDays.always
            if case .pricing(.preview(let draft, _, _)) = stage { days = draft.days }
            let words = PriceChanging.done(batch, days)
            desk.say(.success, "\(batch.count.counted("price")) \(words): \(batch.title)")
            return leave() + [.tell(.stockChanged)]
        case .tookBack(.success(let outcome)):
            let kept = outcome.kept.isEmpty ? "" : "; \(outcome.kept.count) changed since and kept"
            if case .calledOff = outcome.batch.state {
                desk.say(.success, "Called off: \(outcome.batch.title)")
            } else {
                desk.say(.success, "\(outcome.restored.counted("price")) taken back\(kept)")
            }
            return leave() + [.tell(.stockChanged)]
        case .labelled(let copies, .success(let path?)):
            desk.say("\(copies.counted("label")) saved as", file: path)
        case .labelled(let copies, .success(nil)): desk.say(.success, "\(copies.counted("label")) printed")
        case .added(.success(let product)), .saved(.success(let product)):
            desk.say(.success, "Saved: \(product.name)")
            list.remember(product.id)
            return leave() + [.tell(.stockChanged)]
        case .added(.failure(let failure)), .saved(.failure(let failure)): return refuse(failure, &desk)
        case .planned(_, .failure(let failure)):
            guard case .pricing(.asking(let goods, var form)) = stage,
                PriceChanging.refuse(failure, &form)
            else {
                desk.say(failure)
                return []
            }
            stage = .pricing(.asking(goods, form))
        case .priced(.failure(let failure)):
            desk.say(failure)
        case .loaded(.failure(let failure)), .costed(.failure(let failure)),
            .history(_, .failure(let failure)),
            .batches(.failure(let failure)), .tookBack(.failure(let failure)),
            .labelled(_, .failure(let failure)):
            desk.say(failure)
        }
        return []
    }

    /// The form stays with what was typed; of what somebody else changed, a person chooses.
    private mutating func refuse(_ failure: StoreError, _ desk: inout Desk) -> [Step] {
        desk.say(failure)
        guard case .editing(var form) = stage else { return enter(&desk) }
        form.isBusy = false
        if case .changedMeanwhile(let now) = failure, let base = form.base {
            stage = .conflict(ProductConflict(form, base: base, now: now))
            return []
        }
        form.show(failure)
        stage = .editing(form)
        return []
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable: return enter(&desk)
        case .renewed:
            // Another one may stand here now, who does not see what goods cost.
            guard !desk.principal.allows(.seeCost) else { return enter(&desk) }
            switch stage {
            case .editing(var form):
                form.cost = nil
                stage = .editing(form)
            case .conflict(var conflict):
                conflict.mine.cost = nil
                stage = .conflict(conflict)
            case .list, .history, .pricing: break
            }
            return enter(&desk)
        case .changedElsewhere(let changes):
            return changes.catalogue || changes.stock != .none ? enter(&desk) : []
        case .stockChanged, .orderChanged, .resized: return []
        }
    }
}

extension Desk {
    /// Whether the store can be changed.
    var writing: Availability { context.isReadOnly ? Desk.readOnly : .enabled }

    /// Whether files can be written.
    var keepingFiles: Availability {
        context.isThrowAway ? .disabled("This is a throw-away shop: nothing is kept") : .enabled
    }
}
