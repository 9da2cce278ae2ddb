import StoreDomain

// Keys that come faster than the disk: what they change is stored together, as if it had come one by one.
extension Request {
    /// Whether this one can be carried out together with the one that was made just before it.
    public func goesAlong(with earlier: Request) -> Bool {
        guard case .basket(.change) = ask, case .basket(.change) = earlier.ask else { return false }
        return principal == earlier.principal
    }

    /// Carries out requests that go along with each other, in one transaction where they are several.
    ///
    /// - Returns: an answer for each. Where they are changes of a cart, each answer has the cart after all of them.
    public static func answered(
        _ requests: [Request], by outside: Outside, report: @escaping @Sendable (AppAction) -> Void
    ) async -> [(id: RequestID, reply: Reply)] {
        var changes: [CartChange] = []
        for case .basket(.change(let change, _)) in requests.map(\.ask) { changes.append(change) }
        guard let first = requests.first, requests.count > 1, changes.count == requests.count else {
            var replies: [(id: RequestID, reply: Reply)] = []
            for request in requests {
                replies.append((request.id, await request.answered(by: outside, report: report)))
            }
            return replies
        }
        let all = changes
        let answer = await Answer<CartOutcome>.of { () throws(StoreError) in
            let (cart, notes) = try await outside.services.cart.apply(all, to: first.owner)
            return CartOutcome(cart: cart, notes: notes)
        }
        return requests.compactMap { request in
            guard case .basket(.change(_, let version)) = request.ask else { return nil }
            return (request.id, .basket(.changed(version: version, answer)))
        }
    }
}
