import StoreContracts
import StoreDomain
import Testing

/// What changes are, put together, and what of them is for whom.
@Suite(.timeLimit(.minutes(20))) struct ShopChangesTests {
    private let own = TouchedOrder(id: 7, userID: 1)
    private let strange = TouchedOrder(id: 8, userID: 2)
    private let walkIn = TouchedOrder(id: 9, userID: nil)

    private func principal(_ id: Int64, _ role: Role) -> Principal {
        let time = Timestamp(seconds: 0)
        return .user(
            Session(
                user: User(
                    id: id, email: "a@example.com", name: "A", role: role, createdAt: time, updatedAt: time)))
    }

    @Test func whatIsPutTogetherNamesBoth() {
        var changes = ShopChanges(stock: .some([1, 2]))
        changes.merge(ShopChanges(stock: .some([2, 3]), orders: .some([own])))
        #expect(changes == ShopChanges(stock: .some([1, 2, 3]), orders: .some([own])))
        #expect(changes.touches(product: 3) && !changes.touches(product: 4) && changes.touches(order: 7))
        changes.merge(.everything)
        #expect(changes.isEverything && changes.touches(product: 4) && changes.touches(order: 99))
        #expect(ShopChanges(catalogue: true).touches(product: 1), "its price may be another")
        #expect(ShopChanges().isEmpty && !ShopChanges(catalogue: true).isEmpty)
    }

    @Test func manyAreAnyAndTakeNoMoreRoom() {
        var changes = ShopChanges()
        for id in 1...10_000 as ClosedRange<Int64> {
            changes.merge(ShopChanges(stock: .some([id]), orders: .some([TouchedOrder(id: id, userID: 1)])))
        }
        #expect(changes == ShopChanges(stock: .any, orders: .any))
        #expect(ShopChanges(stock: .some(Set(1...10_000))) == ShopChanges(stock: .any))
    }

    @Test func nobodyLearnsOfAStrangersOrders() {
        let changes = ShopChanges(catalogue: true, stock: .some([1]), orders: .some([own, strange, walkIn]))
        #expect(changes.seen(by: principal(1, .customer)).orders == .some([own]))
        #expect(changes.seen(by: principal(3, .customer)).orders == .none)
        #expect(changes.seen(by: .guest).orders == .none)
        #expect(changes.seen(by: principal(3, .staff)) == changes)
        #expect(changes.seen(by: .guest) == ShopChanges(catalogue: true, stock: .some([1])))
        #expect(ShopChanges.everything.seen(by: .guest).orders == .none)
        #expect(ShopChanges.everything.seen(by: principal(1, .customer)).orders == .any)
        #expect(ShopChanges.everything.seen(by: principal(1, .admin)).isEverything)
    }

    @Test func peopleTillsAndParkedSalesAreForThoseWhoSeeThem() {
        let changes = ShopChanges(
            discounts: true, accounts: .some([1, 2]), shifts: .some([5]), parked: true)
        #expect(changes.seen(by: .guest) == ShopChanges(discounts: true), "a cart's price may be another")
        #expect(
            changes.seen(by: principal(1, .customer)) == ShopChanges(discounts: true, accounts: .some([1])),
            "what the account may do may be another")
        #expect(
            changes.seen(by: principal(2, .staff))
                == ShopChanges(discounts: true, accounts: .some([2]), shifts: .some([5]), parked: true))
        #expect(changes.seen(by: principal(3, .admin)) == changes)
        #expect(ShopChanges(accounts: .any).seen(by: principal(1, .customer)).touches(account: 1))
        #expect(ShopChanges(shifts: .any).touches(shift: 7) && !changes.touches(shift: 7))
    }

    @Test func anInboxHoldsOneValueAndEndsWithItsReader() async {
        let inbox = ChangeInbox()
        for id in 1...5 as ClosedRange<Int64> { inbox.put(ShopChanges(stock: .some([id]))) }
        #expect(await inbox.next() == ShopChanges(stock: .some([1, 2, 3, 4, 5])))
        let reader = Task { await inbox.next() }
        inbox.put(ShopChanges())
        inbox.put(ShopChanges(catalogue: true))
        #expect(await reader.value == ShopChanges(catalogue: true), "nothing is no change")
        let cancelled = Task { await inbox.next() }
        cancelled.cancel()
        #expect(await cancelled.value == nil)
        inbox.put(.everything)
        #expect(await inbox.next() == nil)
    }
}
