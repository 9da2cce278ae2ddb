import StoreDomain

public enum CustomersRequest: Hashable, Codable, Sendable {
    case list(CustomerQuery)
    /// Those behind the ones that are shown.
    case more(CustomerQuery)
    case record(Int64)
    /// Who is meant by a number or a whole e-mail, to merge a customer into.
    case target(String, for: Int64)
    case merge(Int64, into: Int64)
    /// Writes it to a new file.
    case export(Int64)
    case erase(Int64)

    var terms: Terms {
        switch self {
        case .list, .more:
            Terms(
                slot: "customers", title: "Loading the customers", screen: .customers, keepsBack: .onScreen)
        case .record, .target:
            Terms(slot: "customer", title: "Loading the customer", screen: .customers, keepsBack: .onScreen)
        case .merge, .erase:
            Terms(title: "Keeping it", mustFinish: true, screen: .customers, keepsBack: .all)
        case .export: Terms(title: "Putting it together", mustFinish: true, screen: .customers)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> CustomersAction {
        guard let customers = outside.services.counter?.customers else {
            return .list(.failure(.unsupported("customers")))
        }
        switch self {
        case .list(let query):
            return .list(
                await .of { () throws(StoreError) in try await customers.customers(query, as: principal) })
        case .more(let query):
            return .more(
                await .of { () throws(StoreError) in try await customers.customers(query, as: principal) })
        case .record(let id):
            return .record(
                await .of { () throws(StoreError) in try await customers.customer(id, as: principal) })
        case .target(let text, let id):
            return .target(
                id,
                await .of { () throws(StoreError) in
                    let other = try await customers.customer(known: text, as: principal)
                    guard other.id != id else {
                        throw .invalid([FieldProblem("into", "must be another customer")])
                    }
                    return other
                })
        case .merge(let id, let other):
            return .merged(
                await .of { () throws(StoreError) in
                    try await customers.merge(id, into: other, as: principal)
                })
        case .export(let id):
            return .exported(
                await .of { () throws(StoreError) in
                    try await outside.ports.saveExport(customers.export(id, as: principal))
                })
        case .erase(let id):
            return .erased(
                await .of { () throws(StoreError) in try await customers.erase(id, as: principal) })
        }
    }
}

public enum CustomersAction: Hashable, Codable, Sendable {
    case list(Answer<CustomerPage>)
    case more(Answer<CustomerPage>)
    case record(Answer<CustomerRecord>)
    case target(Int64, Answer<User>)
    case merged(Answer<CustomerRecord>)
    /// The path of the file.
    case exported(Answer<String>)
    case erased(Answer<User>)

    var failure: StoreError? {
        switch self {
        case .list(let answer), .more(let answer): answer.failure
        case .record(let answer), .merged(let answer): answer.failure
        case .target(_, let answer), .erased(let answer): answer.failure
        case .exported(let answer): answer.failure
        }
    }
}
