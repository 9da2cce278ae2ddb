import StoreDomain

/// What the owner of a kiosk may want to know of a visit.
public enum VisitorNote: Hashable, Sendable {
    case order(Int64)
    /// A limit of this name kept the visitor from something.
    case limit(String)
}

extension StoreServices {
    /// The same shop for a visitor whom nobody knows: orders within limits, customers' accounts alone.
    ///
    /// - Parameters:
    ///   - registrations: counts the accounts that this visit has made.
    ///   - hour: counts those that were made from its network; nil where nobody counts.
    ///   - identity: who the visitor is by his key; nil where keys mean nothing.
    ///   - staffRole: the role that may sign in beside customers, by the key that the visitor has come with. Who has it
    ///     works here as at a till.
    ///   - note: hears what its owner may want to know.
    public func forVisitors(
        _ limits: VisitorLimits, registrations: VisitTally, hour: (any HourlyTally)? = nil,
        identity: (any VisitorService)? = nil, staffRole: String? = nil,
        note: @escaping @Sendable (VisitorNote) -> Void
    ) -> StoreServices {
        let gate = RegistrationGate(limits: limits, visit: registrations, hour: hour, note: note)
        return StoreServices(
            auth: VisitorAuth(auth: auth, gate: gate, staffRole: staffRole),
            accounts: accounts, catalog: catalog,
            orders: VisitorOrders(orders, catalog: catalog, limits: limits, note: note),
            payments: payments, discounts: discounts, cart: cart, policy: policy,
            counter: staffRole == nil ? nil : counter?.withoutPINs,
            changes: changes, visitor: identity.map { GatedVisitor(visitor: $0, gate: gate) })
    }
}

/// A visitor's key, by which no more accounts are made than by hand.
struct GatedVisitor: VisitorService {
    let visitor: any VisitorService
    let gate: RegistrationGate

    var key: KeyFingerprint? { visitor.key }

    func recognize() async throws(StoreError) -> Session? { try await visitor.recognize() }

    func remember() async throws(StoreError) -> Session {
        if let session = try await visitor.recognize() { return session }
        return try await gate.pass { () async throws(StoreError) in try await visitor.remember() }
    }

    func keys(as principal: Principal) async throws(StoreError) -> [VisitorKey] {
        try await visitor.keys(as: principal)
    }

    func addKey(as principal: Principal) async throws(StoreError) -> [VisitorKey] {
        try await visitor.addKey(as: principal)
    }

    func remove(_ key: KeyFingerprint, as principal: Principal) async throws(StoreError) -> [VisitorKey] {
        try await visitor.remove(key, as: principal)
    }

    func makeCode(as principal: Principal) async throws(StoreError) -> VisitorCode {
        try await visitor.makeCode(as: principal)
    }

    func useCode(_ typed: String) async throws(StoreError) -> Session {
        do { return try await visitor.useCode(typed) } catch {
            if case .signInMustWait = error { gate.note(.limit("codes")) }
            throw error
        }
    }

    func setPassword(_ registration: Registration, as principal: Principal) async throws(StoreError)
        -> Session
    {
        try await visitor.setPassword(registration, as: principal)
    }

    func forget(as principal: Principal) async throws(StoreError) { try await visitor.forget(as: principal) }
}
