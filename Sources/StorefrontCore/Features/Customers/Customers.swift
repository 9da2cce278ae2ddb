import StoreDomain

/// Those who buy: found by name or e-mail, and what the shop knows of one of them.
public struct CustomersState: Feature {
    public static let kind = ScreenKind.customers

    /// Those that are loaded, the latest first; nil until they are.
    public private(set) var customers: [User]?
    /// Behind whom more of them begin; nil where these are all.
    public private(set) var next: Int64?
    /// What they are found by; nil for all.
    public private(set) var sought: CustomerWords?
    /// The one that was opened.
    public private(set) var record: CustomerRecord?
    public private(set) var error: StoreError?
    private var list = List()
    /// Among the orders of the one that is open.
    private var orderList = List()

    public init() {}

    public var title: String { record?.user.name ?? Self.kind.title }
    public var selection: Int { row ?? 0 }

    public func selectedRow(_ desk: Desk) -> Int? { row }

    /// Of the customers, or of the orders of the one that is open.
    private var row: Int? {
        if let record { orderList.row(of: record.orders.count) } else { list.row(of: customers?.count ?? 0) }
    }

    public func hasError(_ desk: Desk) -> Bool { error != nil }
    public var canReload: Bool { true }
    public var showsTheShop: Bool { true }

    public func hints(_ desk: Desk) -> [Hint] {
        let deeds = [Hint(.mergeCustomers), Hint(.exportCustomer), Hint(.eraseCustomer), Hint(.back)]
        guard record == nil else { return [Hint(.open, "order")] + deeds }
        return [Hint(.open), Hint(.findCustomers)] + (next == nil ? [] : [Hint(.moreCustomers)]) + deeds
    }

    /// Whom keys act on: the one that is open, or the selected one.
    public var person: User? { record?.user ?? selected }

    private var selected: User? {
        guard let customers, let row = list.row(of: customers.count) else { return nil }
        return customers[row]
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        if let record { return [.ask(.customers(.record(record.user.id)))] }
        list.remember(selected?.id)
        return [.ask(.customers(.list(query)))]
    }

    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    /// As many as are shown, so that the place stays when the list is loaded anew.
    private var query: CustomerQuery {
        CustomerQuery(
            words: sought,
            limit: min(max(Self.perPage, customers?.count ?? 0), CustomerQuery.limits.upperBound))
    }

    static let perPage = 100

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        if let record {
            orderList.walk(walk, of: record.orders.count)
        } else {
            list.walk(walk, of: customers?.count ?? 0)
        }
        return []
    }

    /// Those behind the last one that is loaded.
    mutating func loadMore() -> [Step] {
        guard let next else { return [] }
        return [
            .ask(.customers(.more(CustomerQuery(words: sought, after: next, limit: Self.perPage))))
        ]
    }

    public func openAvailability(_ desk: Desk) -> Availability {
        row == nil ? .disabled(record == nil ? "No customer is selected" : "There are no orders") : .enabled
    }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard let row else { return [] }
        if let record { return [.push(.order(OrderState(id: record.orders[row].id)))] }
        return selected.map { [.ask(.customers(.record($0.id)))] } ?? []
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        let count = record?.orders.count ?? customers?.count ?? 0
        guard row < count else { return false }
        if record == nil { list.select(row, of: count) } else { orderList.select(row, of: count) }
        return true
    }

    public func opens(row: Int) -> Bool { selection == row }

    public mutating func back(_ desk: inout Desk) -> [Step] {
        if record != nil {
            close()
            return []
        }
        guard sought != nil else { return [.pop] }
        sought = nil
        return begin()
    }

    private mutating func close() {
        record = nil
        orderList = List()
    }

    /// Loads the list from its top.
    private mutating func begin() -> [Step] {
        list = List()
        return [.ask(.customers(.list(CustomerQuery(words: sought, limit: Self.perPage))))]
    }

    // MARK: - What is typed and answered

    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    {
        guard case .customers(let entry) = purpose else { return [] }
        let text = text.cleanText
        switch entry {
        case .find:
            do throws(StoreError) { sought = text.isEmpty ? nil : try CustomerWords(text) } catch {
                return [.refuse(error.screenText)]
            }
            close()
            return begin()
        case .merge(let person): return text.isEmpty ? [] : [.ask(.customers(.target(text, for: person)))]
        }
    }

    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step] {
        guard yes, case .customers(let question) = question else { return [] }
        switch question {
        case .merge(let id, into: let other): return [.ask(.customers(.merge(id, into: other)))]
        case .erase(let id): return [.ask(.customers(.erase(id)))]
        }
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .customers(let action) = reply else { return [] }
        switch action {
        case .list(.success(let page)):
            error = nil
            list.restore(in: page.customers.map(\.id), orRow: selection)
            (customers, next) = (page.customers, page.next)
        case .more(.success(let page)):
            let known = customers ?? []
            customers = known + page.customers
            next = page.next
            list.select(known.count, of: known.count + page.customers.count)
        case .record(.success(let record)):
            error = nil
            self.record = record
        case .target(let id, .success(let other)):
            guard let person, person.id == id else { return [] }
            return [.open(.confirm(.merging(person, into: other)))]
        case .merged(.success(let kept)):
            desk.say(.success, "\(kept.user.name) has it all now: \(kept.figures.orders.counted("order"))")
            record = kept
            orderList = List()
            return [.ask(.customers(.list(query)))]
        case .exported(.success(let path)): desk.say("Everything kept about the customer is in", file: path)
        case .erased(.success(let user)):
            desk.say(.success, "Customer \(user.id) has neither name nor e-mail any more")
            close()
            return [.ask(.customers(.list(query)))]
        case .list(.failure(let error)):
            self.error = error
            desk.say(error)
        case .more(.failure(let error)), .record(.failure(let error)), .target(_, .failure(let error)),
            .merged(.failure(let error)), .exported(.failure(let error)), .erased(.failure(let error)):
            desk.say(error)
        }
        return []
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable, .renewed: return enter(&desk)
        case .changedElsewhere(let changes):
            return changes.accounts == .none && (record == nil || changes.orders == .none) ? [] : enter(&desk)
        case .stockChanged, .orderChanged, .resized: return []
        }
    }
}

/// What is typed on the list of customers.
public enum CustomersEntry: Hashable, Codable, Sendable {
    case find
    /// The number or the e-mail of who keeps all that stands under this customer's account.
    case merge(Int64)

    /// Above the field, in the empty field, below it, and on the key that takes it.
    public var words: (title: String, example: String, note: String, verb: String) {
        switch self {
        case .find: ("Find customers", "name, e-mail or number", "Empty shows all.", "find")
        case .merge: ("Merge into whom?", "number or whole e-mail", "You see both before it is done.", "look")
        }
    }

    var prompt: Prompt { Prompt(.customers(self), limit: 254) }
}

/// What is asked before customers are changed for good.
public enum CustomersQuestion: Hashable, Codable, Sendable {
    case merge(Int64, into: Int64)
    case erase(Int64)
}

extension Confirm {
    fileprivate static func merging(_ person: User, into other: User) -> Confirm {
        Confirm(
            .customers(.merge(person.id, into: other.id)),
            title: "Merge \(person.name) into \(other.name)?",
            text: """
                Orders, returns and credit of \(person.name) (\(person.id), \(person.email)) become those of \
                \(other.name) (\(other.id), \(other.email)); the first account is emptied. It cannot be taken back
                """, yes: "Merge them", no: "Leave both", choosesYes: false)
    }

    static func erasing(_ person: User) -> Confirm {
        Confirm(
            .customers(.erase(person.id)), title: "Erase \(person.name)?",
            text: """
                Name and e-mail of \(person.name) (\(person.id), \(person.email)) go, and nobody signs in with them any \
                more. Orders and the journal keep their figures. It cannot be taken back
                """, yes: "Erase", no: "Keep", choosesYes: false)
    }
}
