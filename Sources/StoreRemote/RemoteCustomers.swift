import StoreDomain
import StoreWire

/// Customers over the API.
struct RemoteCustomerService: CustomerService {
    let client: APIClient

    func customers(_ query: CustomerQuery, as principal: Principal) async throws(StoreError) -> CustomerPage {
        var terms: [(name: String, value: String)] = [("limit", String(query.limit))]
        if let words = query.words { terms.append(("find", words.text)) }
        if let after = query.after { terms.append(("after", String(after))) }
        return try await client.call(
            APICall(.customers, query: terms, session: try principal.session()), CustomerPage.init)
    }

    func customer(_ id: Int64, as principal: Principal) async throws(StoreError) -> CustomerRecord {
        try await client.one(
            APICall(.customer, id: id, session: try principal.session(), about: .customer(id)))
    }

    func merge(_ id: Int64, into other: Int64, as principal: Principal) async throws(StoreError)
        -> CustomerRecord
    {
        try await client.one(
            APICall(
                .mergeCustomers, id: id, body: MergeBody(into: other), session: try principal.session(),
                about: .customer(id)))
    }

    func export(_ id: Int64, as principal: Principal) async throws(StoreError) -> CustomerExport {
        try await client.one(
            APICall(
                .exportCustomer, id: id, session: try principal.session(), isRepeatable: true,
                about: .customer(id)))
    }

    func erase(_ id: Int64, as principal: Principal) async throws(StoreError) -> User {
        try await client.one(
            APICall(.eraseCustomer, id: id, session: try principal.session(), about: .customer(id)))
    }
}
