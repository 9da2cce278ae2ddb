import GRDB
import StoreContracts
import StoreCrypto
import StoreDomain
import StoreService
import Testing

@testable import StoreSQLite

@Suite("The engine on SQLite", .serialized) struct EngineTests {
    private func version(_ number: Int, _ name: String) -> PolicyVersion {
        PolicyVersion(number: number, policy: ShopPolicy(shopName: name), at: .test, by: nil)
    }

    @Test("A policy that was rolled back is seen in its own transaction and nowhere else")
    func rolledBackPolicy() async throws {
        let store = try await TestStore()
        let engine = try SQLiteEngine(store.database)
        let (lost, kept) = (version(2, "Lost"), version(2, "Kept"))
        await #expect(throws: StoreError.emptyOrder) {
            try await engine.write { tx in
                #expect(try tx.policy().number == 1)
                try tx.insert(lost)
                #expect(try tx.policy() == lost)
                throw StoreError.emptyOrder
            }
        }
        #expect(try await engine.read { try $0.policy().number } == 1)
        try await engine.write { tx in try tx.insert(kept) }
        #expect(try await engine.read { try $0.policy() } == kept)
        #expect(try await engine.read { try $0.policyHistory().map(\.number) } == [2, 1])
    }

    @Test("Programs on one store see each other's policy and roles at once")
    func sharedSettings() async throws {
        let store = try await TestStore()
        let other = try StoreDatabase.open(at: store.database.path, kind: .store, mode: .existing) { _ in }
        let services = try EngineServices.over(other, clock: store.clock).services
        #expect(try await services.policy.current().policy.lowStock == 5)
        _ = try await store.services.policy.set("stock.low", to: "8", as: store.admin)
        #expect(try await services.policy.current().policy.lowStock == 8)

        let barred = try Role(name: "customer", grants: [:])
        _ = try await services.payments.methods(as: store.customer)
        try await store.services.accounts.save(barred, as: store.admin)
        #expect(try await services.payments.methods(as: store.customer).isEmpty)
        await #expect(throws: StoreError.notAllowed(.placeOrders)) {
            try await services.orders.place(
                OrderDraft(lines: [OrderDraft.Line(productID: 1, quantity: 1)]), key: .of("a"),
                as: store.customer)
        }
        try other.close()
    }

    @Test("Two programs of one till number their receipts and records one after the other")
    func sharedTill() async throws {
        let store = try await TestStore()
        let other = try StoreDatabase.open(at: store.database.path, kind: .store, mode: .existing) { _ in }
        let services = [store.services, try EngineServices.over(other, clock: store.clock).services]
        var numbers: [Int?] = []
        // Whose turn it is: also twice in a row, when what was known still holds.
        for (step, program) in [0, 0, 1, 0, 1, 1, 0].enumerated() {
            let order = try await services[program].orders.place(
                OrderDraft(lines: [OrderDraft.Line(productID: 1, quantity: 1)]), key: .of("o\(step)"),
                as: store.customer)
            let paid = try await services[program].payments.pay(
                order.id, [PaymentRequest(methodID: nil)], key: .of("p\(step)"), as: store.customer)
            numbers.append(paid.number?.position)
        }
        #expect(numbers == Array(1...7))
        let violations = try await store.violations()
        #expect(violations == [])
        try other.close()
    }

    @Test("What a transaction knew is loaded anew when it is rolled back, or when anything else was written")
    func knownFacts() async throws {
        let store = try await TestStore()
        let engine = try SQLiteEngine(store.database)
        let series = NumberSeries(.receipt, till: "9")
        let id = try #require(store.customer.userID)
        func known() async throws -> [String] {
            try await engine.write { tx in
                [
                    "\(try tx.lastPositions([series])[series] ?? 0)", "\(try tx.policy().number)",
                    try tx.account(id)?.role.name ?? "", "\(try tx.openShift(of: "9")?.id ?? 0)",
                    "\(try tx.paymentMethods().count)", "\(try tx.journalHead(of: "9")?.number ?? 0)",
                ]
            }
        }
        let before = try await known()
        #expect(before == ["0", "1", "customer", "0", before[4], "0"])
        await #expect(throws: StoreError.emptyOrder) {
            try await engine.write { tx in
                try tx.setLastPosition(3, of: series)
                try tx.setRole("staff", of: id, at: .test)
                _ = try tx.insertShift(till: "9", openedBy: id, float: .zero(), at: .test)
                #expect(try tx.lastPositions([series])[series] == 3)
                #expect(try tx.account(id)?.role.name == "staff")
                #expect(try tx.openShift(of: "9") != nil)
                throw StoreError.emptyOrder
            }
        }
        #expect(try await known() == before)

        // Behind the engine's back, on the connection that it writes with.
        try await store.database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO number_series (kind, till, last) VALUES ('\(series.kind.rawValue)', '9', 5);
                    UPDATE account SET role = 'staff' WHERE id = \(id);
                    UPDATE payment_method SET active = 0 WHERE id = 'cash';
                    """)
        }
        let methods = try #require(Int(before[4]))
        #expect(try await known() == ["5", "1", "staff", "0", "\(methods - 1)", "0"])
    }

    @Test(
        "Nothing in the journal or in a closed shift can be changed",
        arguments: [
            "UPDATE journal SET kind = 'refund' WHERE number = 1", "DELETE FROM journal WHERE number = 1",
            "UPDATE shift SET counted_minor = 9",
        ])
    func frozen(sql: String) async throws {
        let store = try await TestStore()
        let shifts = try #require(store.services.counter).shifts
        _ = try await shifts.open(till: "1", float: .zero(), as: store.admin)
        _ = try await shifts.close(
            till: "1", counted: DrawerCount(total: .zero()), nextFloat: nil, reason: nil, as: store.admin)
        let fault = await storageFault { try await store.database.write { try $0.execute(sql: sql) } }
        #expect(fault?.kind == .other)
        #expect(try await store.violations() == [])
    }

    @Test(
        "Each program writes a chain of its own",
        arguments: [
            (StorePurpose.till(), "1"), (.till("bar"), "bar"),
            (.server(firstAccountIsAdmin: true, takesPayments: true), "api"), (.commands, "shell"),
        ])
    func chains(purpose: StorePurpose, chain: String) async throws {
        let directory = try TemporaryDirectory()
        let store = try LocalStore(
            path: directory.file("store.db"), statePath: nil, purpose: purpose, policy: ShopPolicy(),
            clock: TestClock(), zones: TestZones(), ids: RandomSource())
        _ = try await store.services.policy.set("stock.low", to: "8", as: .operatorOfStore)
        let journal = try #require(store.services.counter).journal
        #expect(try await journal.chains(as: .operatorOfStore) == [chain])
        #expect(try await journal.firstBreaks(as: .operatorOfStore).isEmpty)
        try store.close()
    }

    @Test("Every chain of a journal is found, by name")
    func manyChains() async throws {
        let store = try await TestStore()
        let journal = JournalChain(digest: Fingerprint.hex)
        let engine = try SQLiteEngine(store.database)
        try await engine.write { tx in
            for chain in ["shell", "api", "2"] {
                let head = try journal.start(storeID: tx.shop().uuid)
                let first = journal.record(
                    JournalEntry(.orderPaid, [:]), chain: chain, after: head, at: .test, by: nil)
                let second = journal.record(
                    JournalEntry(.refund, ["text": .text("a\"b\\c\n😀")]), chain: chain,
                    after: JournalHead(number: 1, hash: first.hash), at: .test, by: nil)
                try tx.append([first, second])
                #expect(try tx.journal(of: chain, from: 1, limit: 9) == [first, second])
                #expect(try tx.journalHead(of: chain) == JournalHead(number: 2, hash: second.hash))
            }
        }
        #expect(try await engine.read { try $0.journalChains() } == ["1", "2", "api", "shell"])
        #expect(try await store.violations() == [])
    }

    @Test("The case of a SKU's letters does not count, in any script")
    func skus() async throws {
        let store = try await TestStore()
        let catalog = store.services.catalog
        let draft = try ProductDraft(name: "Tea", price: Money(minorUnits: 1), sku: "Tä-Ω1")
        let tea = try await catalog.add(draft, as: store.admin)
        #expect(tea.sku == "Tä-Ω1")
        #expect(try await catalog.product(code: " tÄ-ω1 ") == tea)
        let twin = try ProductDraft(name: "Twin", price: Money(minorUnits: 1), sku: "TÄ-Ω1")
        await #expect(throws: StoreError.taken(field: "sku", value: "TÄ-Ω1")) {
            try await catalog.add(twin, as: store.admin)
        }
        #expect(
            try await catalog.page(ProductQuery(text: "tÄ-ω1"), at: .first, perPage: 9).products == [tea])
    }
}
