import StoreDomain

/// Finishes whatever is stored of sales that may have had their effect, as the next session of the same people would:
/// once all is well, nothing stays in doubt.
struct Settling {
    let services: StoreServices
    let ids: any IDSource

    /// What is still in doubt afterwards, a sentence each.
    func problems() async -> [String] {
        do throws(StoreError) {
            let users = try await services.accounts.accounts(as: .operatorOfStore)
            var problems: [String] = []
            for principal in [Principal.guest] + users.map({ .user(Session(user: $0.user, token: nil)) }) {
                problems += try await [checkout(of: principal), sale(of: principal)].compactMap { $0 }
            }
            return problems
        } catch {
            return ["the shop cannot be asked what it keeps: \(error.message)"]
        }
    }

    private func checkout(of principal: Principal) async throws(StoreError) -> String? {
        guard let pending = try await services.cart.checkout(of: principal.owner), pending.isConfirmed
        else { return nil }
        do throws(CheckoutFlow.Failure) {
            _ = try await CheckoutFlow(services: services, ids: ids).complete(
                pending, payment: pending.payment, owner: principal.owner, principal: principal)
            return nil
        } catch {
            return error.error.saysNothingHappened
                ? nil : "a checkout of \(principal.name) stays in doubt: \(error.error.message)"
        }
    }

    private func sale(of principal: Principal) async throws(StoreError) -> String? {
        guard let counter = services.counter, let pending = try await services.cart.sale(of: principal.owner)
        else { return nil }
        let flow = SaleFlow(carts: services.cart, till: counter.till, ids: ids)
        switch await flow.finish(pending, owner: principal.owner, principal: principal) {
        case .sold, .refused: return nil
        case .unknown(_, let error):
            return "a sale of \(principal.name) stays in doubt: \(error.message)"
        }
    }
}

extension Principal {
    fileprivate var name: String {
        switch self {
        case .guest: "a guest"
        case .user(let session): session.user.email
        case .operatorOfStore: "the operator"
        }
    }
}
