import Foundation
import GRDB
import StoreCrypto
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StoreSQLite

@Suite("Stores of older programs are brought up to date", .serialized) struct SchemaTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("store.db") }

    init() throws { directory = try TemporaryDirectory() }

    // MARK: - The first schema

    /// A store of the first schema, as its program left it.
    private func makeFirstStore(_ rows: String) throws {
        let first = FileKind(
            applicationID: FileKind.store.applicationID, noun: FileKind.store.noun,
            migrations: Array(FileKind.store.migrations.prefix(1)))
        let store = try StoreDatabase.open(at: path, kind: first, mode: .existingOrNew) { db in
            try db.execute(
                sql: """
                    INSERT INTO store VALUES (1, 'a-store', 'EUR', 0, 77);
                    INSERT INTO payment_method VALUES ('cash', 'Cash', 'cash', 'staff', 0, 1);
                    INSERT INTO payment_method VALUES ('card', 'Card terminal', 'external-card', 'staff', 1, 1);
                    INSERT INTO payment_method VALUES ('boss', 'Boss', 'external-card', 'admin', 2, 1);
                    INSERT INTO account VALUES (1, 'a@example.com', 'a@example.com', 'A', 'x', 'admin', 0, 0);
                    \(rows)
                    """)
        }
        try store.close()
    }

    private func open(_ policy: ShopPolicy = ShopPolicy()) throws -> LocalStore {
        try LocalStore(
            path: path, statePath: nil, mode: .existing, policy: policy, clock: LateClock(),
            zones: TestZones(),
            ids: RandomSource())
    }

    @Test func aStoreOfTheFirstSchemaIsBroughtUpToDate() async throws {
        try makeFirstStore(
            """
            INSERT INTO product (id, name, name_key, price_minor, initial_stock, stock, search_extra, created_at,
                updated_at) VALUES (1, 'Tea', 'tea', 100, 2, 2, '', 0, 0);
            INSERT INTO orders (id, user_id, status, subtotal_minor, discount_minor, tax_minor,
                total_minor, created_at, updated_at) VALUES (1, 1, 'paid', 0, 0, 0, 0, 0, 0);
            INSERT INTO order_item (order_id, product_id, product_name, quantity, unit_price_minor, total_minor)
                VALUES (1, 1, 'Tea', 1, 0, 0);
            INSERT INTO stock_movement VALUES (1, 1, 'adjustment', 1, NULL, 0), (2, 1, 'sale', -1, 1, 0);
            INSERT INTO payment (order_id, method_id, amount_minor, created_at) VALUES (1, 'cash', 0, 0);
            INSERT INTO idempotency VALUES ('key', 'order', 1, zeroblob(32), 1, 0);
            """)
        let store = try open()
        let methods = try await store.database.read { try PaymentMethodRecord.active(in: $0) }
        let boss = PaymentMethod(
            id: "boss", name: "Boss", kind: .externalCard, permission: .manageAccounts)
        #expect(methods == [.cash, .externalCard, boss, .online, .giftCard, .storeCredit])
        let order = try await store.services.orders.order(1, as: .operatorOfStore)
        #expect(order.payments.map(\.method) == [.cash])
        #expect(try await StoreVerifier(store.database).verify() == [])
        try store.close()
        // What it was before is kept.
        #expect(FileManager.default.fileExists(atPath: path + "-before-2"))
    }

    @Test func aStoreWithoutAPolicyIsGivenThatOfItsSettings() async throws {
        try makeFirstStore("")
        let settings = ShopPolicy(shopName: "Corner", lowStock: 9, shiftTolerance: Money(minorUnits: 500))
        try open(settings).close()
        let store = try open(ShopPolicy(shopName: "Another"))
        let version = try await store.services.policy.current()
        #expect(version.number == 1 && version.at == Timestamp(milliseconds: 77) && version.by == nil)
        #expect(version.policy == settings.in(.eur))
        #expect(store.policy == version.policy && store.policy.currency == .eur)
        try store.close()
    }

    @Test("SKUs that differ only by the case of a letter beyond ASCII are told apart by the product's id")
    func twinSKUs() async throws {
        try makeFirstStore(
            """
            INSERT INTO product (id, name, name_key, price_minor, initial_stock, stock, search_extra, sku,
                created_at, updated_at)
            VALUES (1, 'A', 'a', 100, 2, 2, '', 'Tä-1', 0, 0), (2, 'B', 'b', 100, 2, 2, '', 'TÄ-1', 0, 0);
            """)
        let store = try open()
        let catalog = store.services.catalog
        #expect(try await catalog.product(code: "tÄ-1").id == 1)
        #expect(try await catalog.product(code: "tä-1-2").id == 2)
        #expect(try await catalog.page(ProductQuery(text: "TÄ-1-2"), at: .first, perPage: 9).total.value == 1)
        #expect(try await StoreVerifier(store.database).verify() == [])
        try store.close()
    }

    @Test("Two spellings of one article's number keep both their products, and find the one that is on sale")
    func twinNumbers() async throws {
        try makeFirstStore(
            """
            INSERT INTO product (id, name, name_key, price_minor, initial_stock, stock, search_extra, barcode, archived,
                created_at, updated_at)
            VALUES (1, 'Old', 'old', 100, 2, 2, '', '036000291452', 1, 0, 0),
                (2, 'Soup', 'soup', 100, 2, 2, '', '0036000291452', 0, 0, 0),
                (3, 'Straße', 'straße', 100, 2, 2, '', '36000291452', 0, 0, 0);
            """)
        let store = try open()
        let catalog = store.services.catalog
        #expect(try await catalog.product(code: "36000291452").id == 2)
        #expect(try await catalog.product(3).barcode == "36000291452")
        #expect(
            try await catalog.page(ProductQuery(text: "strasse"), at: .first, perPage: 9).products.map(\.id)
                == [3])
        // What it had it keeps when something else is changed; once the code is free it is the other's.
        _ = try await catalog.edit(3, ProductPatch(name: "Broth"), as: .operatorOfStore)
        _ = try await catalog.edit(2, ProductPatch(barcode: ""), as: .operatorOfStore)
        _ = try await catalog.edit(3, ProductPatch(name: "Stock"), as: .operatorOfStore)
        #expect(try await catalog.product(code: "036000291452").id == 3)
        #expect(try await StoreVerifier(store.database).verify() == [])
        try store.close()
    }

    @Test("Money that was given back before refunds were documents is in documents now")
    func oldRefunds() async throws {
        try makeFirstStore(
            """
            INSERT INTO product (id, name, name_key, price_minor, initial_stock, stock, search_extra, created_at,
                updated_at) VALUES (1, 'Tea', 'tea', 100, 9, 7, '', 0, 0);
            INSERT INTO orders (id, user_id, status, subtotal_minor, discount_minor, tax_minor, total_minor,
                refunded_minor, created_at, updated_at)
            VALUES (1, 1, 'refunded', 200, 20, 17, 197, 197, 0, 0),
                (2, 1, 'partially_refunded', 200, 0, 17, 217, 50, 0, 0);
            INSERT INTO order_item (id, order_id, product_id, product_name, quantity, unit_price_minor, total_minor)
            VALUES (1, 1, 1, 'Tea', 2, 100, 200), (2, 2, 1, 'Tea', 2, 100, 200);
            INSERT INTO stock_movement VALUES (1, 1, 'sale', -2, 1, 0), (2, 1, 'sale', -2, 2, 0),
                (3, 1, 'return', 2, 1, 5);
            INSERT INTO payment (id, order_id, method_id, amount_minor, taken_by, created_at)
            VALUES (1, 1, 'cash', 197, 1, 3), (2, 2, 'cash', 217, 1, 3);
            INSERT INTO refund VALUES (1, 1, 197, 5), (2, 2, 50, 6);
            """)
        let store = try open()
        #expect(try await StoreVerifier(store.database).verify() == [])
        let counter = try #require(store.services.counter)
        let whole = try await counter.refunds.refunds(of: 1, as: .operatorOfStore)
        #expect(whole.map(\.amount.minorUnits) == [197] && whole.map(\.lines.count) == [1])
        #expect(whole.first?.tenders.map(\.paymentID) == [1])
        #expect(try await store.services.orders.order(1, as: .operatorOfStore).items.map(\.returned) == [2])
        let part = try await counter.refunds.refunds(of: 2, as: .operatorOfStore)
        #expect(part.map(\.amount.minorUnits) == [50] && part.map(\.lines.count) == [0])
        // What went back without goods does not go back with them once more.
        let people = try await store.database.read { try SQLiteTransaction.reading($0, .eur).account(1) }
        let admin = Principal.user(Session(user: try #require(people)))
        await #expect(
            throws: StoreError.paymentRefused(.moreThanDue(due: Money(minorUnits: 167, currency: .eur)))
        ) {
            try await counter.refunds.refund(
                RefundDraft(
                    orderID: 2, lines: [RefundDraft.Line(itemID: 2, quantity: 2)], reason: "Too strong"),
                till: Till.standard, key: .of("a"), as: admin)
        }
        let sales = try await store.database.read { db in
            try OrderRecord(db: db, currency: .eur)
                .sales(between: [0, 4, 6, 9].map { Timestamp(milliseconds: $0) })
        }
        #expect(sales.map(\.total.minorUnits) == [414, -197, -50])
        #expect(sales.map(\.orders) == [2, 0, 0])
        try store.close()
    }

    // MARK: - The second schema

    /// A store that the program before made: three accounts, four products, a discount code, four orders.
    private func takeSecondStore() throws {
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/schema-2.db")
        try directory.write(try Data(contentsOf: fixture), to: "store.db")
    }

    @Test func itsOrdersReadTheSameAsBefore() async throws {
        try takeSecondStore()
        let store = try open()
        #expect(
            try FileInspection(path: path + "-before-3") == .sqlite(applicationID: 0x5354_4F52, version: 2))
        #expect(try await StoreVerifier(store.database).verify() == [])
        let page = try await store.database.read { db in
            try OrderRecord(db: db, currency: .usd).page(OrderQuery(), of: nil)
        }
        let orders: [Order] = page.orders.reversed()
        #expect(orders.map(\.id) == [1, 2, 3, 4])
        #expect(orders.map(\.userName) == ["Customer", "Customer", "Staff", "Staff"])
        #expect(orders.map(\.status) == [.pending, .cancelled, .paid, .paid])
        #expect(orders.map(\.subtotal.minorUnits) == [3663, 1250, 6662, 3499])
        #expect(orders.map(\.discount.minorUnits) == [733, 0, 833, 0])
        #expect(orders.map(\.tax.minorUnits) == [311, 106, 566, 297])
        #expect(orders.map(\.total.minorUnits) == [3241, 1356, 6395, 3796])
        #expect(orders.map(\.discountCode) == ["SAVE20", nil, "SPRING", nil])
        #expect(orders.map(\.taxMode) == [.added, .added, .added, .added])
        #expect(orders.map { $0.items.map(\.quantity) } == [[3, 2], [1], [1, 2, 3], [2, 1]])
        #expect(
            orders.map { $0.items.map(\.total.minorUnits) } == [
                [2997, 666], [1250], [2999, 666, 2997], [2500, 999],
            ])
        #expect(orders.map(\.payments.count) == [0, 0, 1, 1])
        #expect(orders[2].payments[0].tendered?.minorUnits == 10_000)
        #expect(orders[2].payments[0].change?.minorUnits == 3605)
        #expect(orders[3].payments[0].approvalCode == "A1234")
        // Each line has its share of the discount and the tax.
        #expect(
            orders.map { $0.items.map(\.orderDiscount.minorUnits) } == [
                [600, 133], [0], [375, 83, 375], [0, 0],
            ])
        #expect(
            orders.map { $0.items.map(\.tax.minorUnits) } == [[254, 57], [106], [255, 56, 255], [212, 85]])
        try store.close()
    }

    @Test func itsOrdersCanBeRefunded() async throws {
        try takeSecondStore()
        let store = try open()
        let counter = try #require(store.services.counter)
        let staff = try await store.services.auth.signIn(
            email: "admin@example.com", password: Secret("storefront-demo"))
        func refund(_ lines: [RefundDraft.Line], key: String) async throws -> Refund {
            try await counter.refunds.refund(
                RefundDraft(orderID: 3, lines: lines, reason: "Too strong"), till: Till.standard,
                key: .of(key),
                as: .user(staff))
        }
        // A third of 29.97 − 3.75 + 2.55, then all that is left.
        let first = try await refund([RefundDraft.Line(itemID: 6, quantity: 1)], key: "a")
        #expect(first.amount.minorUnits == 999 - 125 + 85)
        let rest = [(4, 1), (5, 2), (6, 2)].map { RefundDraft.Line(itemID: $0.0, quantity: $0.1) }
        let second = try await refund(rest, key: "b")
        #expect(first.amount.minorUnits + second.amount.minorUnits == 6395)
        #expect(second.number?.text == "F1-000002")
        #expect(try await store.services.orders.order(3, as: .operatorOfStore).status == .refunded)
        #expect(try await store.services.catalog.product(1).stock == 46)
        #expect(try await StoreVerifier(store.database).verify() == [])
        try store.close()
    }

    @Test func itsSeniorsManagersAndAdminsMayVoidSales() async throws {
        try takeSecondStore()
        let store = try open()
        let roles = try await store.services.accounts.roles(as: .operatorOfStore)
        #expect(roles.filter { $0.allows(.voidSales) }.map(\.name) == ["admin", "manager", "senior"])
        #expect(roles.first { $0.name == "senior" } == Role.senior)
        try store.close()
    }

    @Test func itsKeysStillAnswer() async throws {
        try takeSecondStore()
        let store = try open()
        let staff = Principal.user(
            try await store.services.auth.signIn(
                email: "staff@example.com", password: Secret("storefront-demo")))
        let draft = try OrderDraft(
            lines: [(4, 2), (1, 1)].map { try OrderDraft.Line(productID: $0.0, quantity: $0.1) })
        let key = try IdempotencyKey.of("5c2d30f628cae1b5cbd76c0baebe4bf9")
        let orders = store.services.orders
        #expect(try await orders.place(draft, key: key, as: staff).id == 4)
        let other = try OrderDraft(lines: [OrderDraft.Line(productID: 4, quantity: 2)])
        await #expect(throws: StoreError.keyReused) { try await orders.place(other, key: key, as: staff) }
        let paid = try await store.services.payments.pay(
            4, [PaymentRequest(methodID: "card", approvalCode: "A1234")],
            key: .of("daa748824c1483399ba3adf27bcc2768"), as: staff)
        #expect(paid.id == 4 && paid.payments.count == 1)
        try store.close()
    }
}

extension SchemaTests {
    // MARK: - The third schema

    /// A store that the program before made, which kept books of what it did not count: a mug, gift wrapping with
    /// 7 pieces, plates whose counting ended with 16 on the shelf and 4 in a pending order, engraving without any.
    private func takeThirdStore() throws {
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/schema-3.db")
        try directory.write(try Data(contentsOf: fixture), to: "store.db")
    }

    @Test func whatNobodyCountsLosesItsBooks() async throws {
        try takeThirdStore()
        let store = try open()
        #expect(
            try FileInspection(path: path + "-before-4") == .sqlite(applicationID: 0x5354_4F52, version: 3))
        #expect(try await StoreVerifier(store.database).verify() == [])
        let products = try await store.services.catalog.products([1, 2, 3, 4])
        #expect(products.map(\.stock) == [47, .untracked, .untracked, .untracked])
        // The pending order is overdue, and what it held goes back to no stock.
        #expect(try await store.services.orders.order(2, as: .operatorOfStore).status == .cancelled)
        #expect(try await store.services.orders.order(1, as: .operatorOfStore).status == .paid)
        #expect(try await StoreVerifier(store.database).verify() == [])
        let counted = try await store.services.catalog.edit(
            3, ProductPatch(stock: 9), as: .operatorOfStore)
        #expect(counted.stock == 9)
        #expect(try await StoreVerifier(store.database).verify() == [])
        try store.close()
    }

    @Test func aStoreThatLeftItsZoneToTheMachineGetsItsName() async throws {
        try takeThirdStore()
        let store = try open(ShopPolicy(timeZone: "Pacific/Auckland"))
        #expect(store.policy.timeZone == "Pacific/Auckland")
        try store.close()
        // From then on it is the store's, whatever another machine says.
        let elsewhere = try open(ShopPolicy(timeZone: "Europe/Zurich"))
        #expect(elsewhere.policy.timeZone == "Pacific/Auckland")
        try elsewhere.close()
    }
}

extension SchemaTests {
    // MARK: - The fourth schema

    /// A demo store of the program before, with 12 products and 300 orders.
    private func takeFourthStore() throws {
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/schema-4.db")
        try directory.write(try Data(contentsOf: fixture), to: "store.db")
    }

    @Test func itsProductsAreFoundAsBefore() async throws {
        try takeFourthStore()
        let store = try open()
        #expect(
            try FileInspection(path: path + "-before-5") == .sqlite(applicationID: 0x5354_4F52, version: 4))
        #expect(try await StoreVerifier(store.database).verify() == [])
        let found = try await store.services.catalog.page(ProductQuery(text: "kit"), at: .first, perPage: 20)
        #expect(found.products.map(\.sku) == ["KIT-0002", "KIT-0001"])
        try store.close()
    }

    @Test func aLargeOneGetsBits() async throws {
        try takeFourthStore()
        let old = try DatabaseQueue(path: path)
        try await old.write { db in
            for id in 100..<100 + SearchUpkeep.enough {
                try db.execute(
                    sql: """
                        INSERT INTO product (id, name, name_key, price_minor, initial_stock, stock, created_at, updated_at)
                        VALUES (?1, 'Lamp ' || ?1, 'lamp ' || ?1, ?1 % 70, 0, 0, 0, 0)
                        """, arguments: [id])
                try db.execute(
                    sql: """
                        INSERT INTO product_words (id, words)
                        VALUES (?1, 'lamp ' || ?1 || ' \u{E001}lamp \u{E001}' || ?1)
                        """, arguments: [id])
            }
        }
        try old.close()
        let store = try open()
        #expect(try await StoreVerifier(store.database).verify() == [])
        #expect(try store.database.readBlocking { try SearchBits(db: $0).number(of: "lamp") } != nil)
        let found = try await store.services.catalog.page(
            ProductQuery(text: "lam 21"), at: .first, perPage: 500)
        #expect(found.products.allSatisfy { $0.name.hasPrefix("Lamp 21") } && found.total == Count(58))
        try store.close()
    }
}

extension SchemaTests {
    // MARK: - The fifth schema

    /// A demo store of the program before, with 12 products and 300 orders.
    @Test func aFifthStoreTakesVisitors() async throws {
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/schema-5.db")
        try directory.write(try Data(contentsOf: fixture), to: "store.db")
        let store = try open()
        #expect(
            try FileInspection(path: path + "-before-6") == .sqlite(applicationID: 0x5354_4F52, version: 5))
        #expect(try await StoreVerifier(store.database).verify() == [])
        let key = try #require(KeyFingerprint(sha256: [UInt8](repeating: 1, count: 32)))
        let visitor = store.visitors.service(for: key, visitor: "a", ids: RandomSource())
        let session = try await visitor.remember()
        #expect(try await visitor.recognize() == session)
        #expect(try await StoreVerifier(store.database).verify() == [])
        try store.close()
    }
}

extension SchemaTests {
    // MARK: - The fifteenth schema

    /// A demo store of the program before, with 12 products, 300 orders, PINs, and a receipt that was printed twice.
    @Test func aFifteenthStoreTakesInvoicesBadgesAndKeysOfParking() async throws {
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/schema-15.db")
        try directory.write(try Data(contentsOf: fixture), to: "store.db")
        let store = try open()
        #expect(
            try FileInspection(path: path + "-before-16") == .sqlite(applicationID: 0x5354_4F52, version: 15))
        #expect(try await StoreVerifier(store.database).verify() == [])
        let counter = try #require(store.services.counter)
        let admin = try await store.services.auth.signIn(
            email: "admin@example.com", password: Secret("storefront-demo"))
        let who = Principal.user(admin)
        let number = try #require(DocumentNumber("R1-1"))
        let query = OrderQuery(everybody: true, finding: .number(number))
        let sale = try #require(await store.services.orders.orders(query, as: who).orders.first)
        // Copies are counted on from where they were.
        #expect(try await counter.shifts.issue(.sale(sale.id), till: "1", as: who) == 2)
        let order = try await counter.till.makeInvoice(
            of: sale.id, to: InvoiceParty(name: "Corner Ltd"), till: "1", as: who)
        #expect(order.invoice?.number.text == "I1-000001")
        let pins = try #require(counter.pins)
        try await pins.setBadge(Badge("BADGE-0001"), of: "admin@example.com", as: who)
        #expect(try await pins.pins(as: who).contains { $0.hasBadge && $0.hasPIN })
        #expect(try await StoreVerifier(store.database).verify() == [])
        try store.close()
    }
}

extension SchemaTests {
    // MARK: - The seventeenth schema

    /// A demo store of the program before, with 12 products and three batches of prices: the first taken back, where one
    /// price had been changed since and was kept.
    @Test func aSeventeenthStoresBatchesBeganWhenTheyWereMade() async throws {
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/schema-17.db")
        try directory.write(try Data(contentsOf: fixture), to: "store.db")
        let store = try open()
        #expect(
            try FileInspection(path: path + "-before-18") == .sqlite(applicationID: 0x5354_4F52, version: 17))
        #expect(try await StoreVerifier(store.database).verify() == [])
        let products = try #require(store.services.counter).products
        let batches = try await products.batches(limit: 9, as: .operatorOfStore)
        #expect(batches.map(\.count) == [1, 2, 2] && batches.allSatisfy { $0.kept == 0 })
        #expect(batches.prefix(2).allSatisfy { $0.state == .holding(until: nil) })
        #expect(batches.last.map { $0.state == .over($0.takenBackAt ?? $0.at) } == true)
        #expect(try await store.due.look().prices == nil)
        _ = try await products.takeBack(3, as: .operatorOfStore)
        // Nobody was seen before it was noted.
        let accounts = try await store.services.accounts.accounts(as: .operatorOfStore)
        #expect(!accounts.isEmpty && accounts.allSatisfy { $0.lastSeenAt == nil })
        #expect(try await StoreVerifier(store.database).verify() == [])
        try store.close()
    }

    @Test func aBatchWhosePlanIsNotWholeIsNamed() async throws {
        let store = try LocalStore.demoInMemory(
            purpose: .till(), policy: ShopPolicy(), clock: TestClock(), zones: TestZones(),
            ids: RandomSource())
        let products = try #require(store.services.counter).products
        let day = try #require(ShopDay(ShopZone.utc.dateText(TestClock().now())))
        let draft = PriceBatchDraft(
            .products([1, 2]), try PriceRule(typed: "5", isAmount: false, ending: .none, currency: .usd),
            days: try ValidDays(first: day.advanced(by: 9), last: nil))
        let plan = try await products.plan(draft, as: .operatorOfStore)
        let batch = try await products.apply(draft, agreement: plan.agreement, as: .operatorOfStore)
        #expect(try await StoreVerifier(store.database).verify() == [])
        try await store.database.write {
            try $0.execute(sql: "DELETE FROM price_batch_line WHERE product_id = 2")
        }
        let found = try await StoreVerifier(store.database).verify()
        #expect(found.map(\.check) == [.stock])
        #expect(found.first?.sentence.contains("\(batch.id)") == true)
    }
}

extension SchemaTests {
    // MARK: - The sixteenth schema

    /// A demo store of the program before, with 12 products and 300 orders; of the first product came 10 pieces at 4.00 and
    /// 20 at 4.30, and two were corrected away.
    @Test func aSixteenthStoreCostsWhatItsDeliveriesSaid() async throws {
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/schema-16.db")
        try directory.write(try Data(contentsOf: fixture), to: "store.db")
        let store = try open()
        #expect(
            try FileInspection(path: path + "-before-17") == .sqlite(applicationID: 0x5354_4F52, version: 16))
        #expect(try await StoreVerifier(store.database).verify() == [])
        let counter = try #require(store.services.counter)
        let usd = Currency.usd
        let cost = try await counter.stock.cost(of: 1, as: .operatorOfStore)
        // The 29 that were there cost what the first delivery did: 156.00 + 86.00 for 59, less two of them.
        #expect(cost.value == Money(minorUnits: 23_380, currency: usd) && cost.stock == 57)
        #expect(cost.average == Money(minorUnits: 410, currency: usd) && cost.latest?.minorUnits == 430)
        #expect(try await counter.stock.cost(of: 2, as: .operatorOfStore).average == nil)
        let reports = try #require(counter.reports)
        let stock = try await reports.report(ReportQuery(.stock, .today), as: .operatorOfStore)
        #expect(stock.total.stockValue == 23_380 && stock.total.stockCosted == 57)
        #expect(stock.total.stockUncosted == stock.total.stock - 57)
        // What was sold before has no cost, and what is booked now goes on from there.
        let margin = try await reports.report(ReportQuery(.margin, .year), as: .operatorOfStore)
        #expect(margin.total.costed == 0 && margin.total.uncosted == margin.total.turnoverNet)
        _ = try await counter.stock.adjust(
            StockAdjustment(productID: 1, kind: .loss, quantity: -7, reason: "fire"), as: .operatorOfStore)
        let movements = try await counter.stock.movements(of: 1, limit: 99, as: .operatorOfStore)
        let movement = movements.first { $0.reason == "fire" }
        #expect(movement?.cost?.minorUnits == 2_871 && movement?.unitCost?.minorUnits == 410)
        #expect(try await StoreVerifier(store.database).verify() == [])
        // Whoever reads the journal could see costs before, and nobody else may now.
        let roles = try await store.services.accounts.roles(as: .operatorOfStore)
        #expect(Set(roles.filter { $0.allows(.seeCost) }.map(\.name)) == ["admin", "manager"])
        try store.close()
    }

    @Test func aCostThatIsWrongIsNamedByItsProductOrItsDay() async throws {
        let store = try LocalStore.demoInMemory(
            purpose: .till(), policy: ShopPolicy(), clock: TestClock(), zones: TestZones(),
            ids: RandomSource())
        let reports = try #require(store.services.counter?.reports)
        let report = try await reports.report(ReportQuery(.margin, .year), as: .operatorOfStore)
        #expect(report.total.costed > 0 && report.total.uncosted > 0 && report.total.margin > 0)
        #expect(try await StoreVerifier(store.database).verify() == [])
        func found(_ sql: String, _ check: StoreVerifier.Check, undoneBy undo: String) async throws
            -> [String]
        {
            try await store.database.write { try $0.execute(sql: sql) }
            let sentences = try await StoreVerifier(store.database).verify().filter { $0.check == check }
            try await store.database.write { try $0.execute(sql: undo) }
            return sentences.map(\.sentence)
        }
        let kept = try await found(
            "UPDATE product SET cost_value_minor = cost_value_minor + 1 WHERE id = 3", .costs,
            undoneBy: "UPDATE product SET cost_value_minor = cost_value_minor - 1 WHERE id = 3")
        #expect(kept.count == 1 && kept.first?.contains("Product 3 ") == true)
        let sale = "(SELECT MAX(id) FROM stock_movement WHERE kind = 'sale' AND product_id = 3)"
        let moved = try await found(
            "UPDATE stock_movement SET cost_minor = cost_minor + 1 WHERE id = \(sale)", .costs,
            undoneBy: "UPDATE stock_movement SET cost_minor = cost_minor - 1 WHERE id = \(sale)")
        #expect(moved.count == 1 && moved.first?.contains("product 3 ") == true)
        let row = """
            dimension = 2 AND key = '3'
                AND day = (SELECT MAX(day) FROM sales_sum WHERE dimension = 2 AND key = '3')
            """
        let sums = try await found(
            "UPDATE sales_sum SET cost = cost + 1 WHERE \(row)", .sums,
            undoneBy: "UPDATE sales_sum SET cost = cost - 1 WHERE \(row)")
        #expect(sums.count == 1 && sums.first?.contains("products 3)") == true)
        #expect(try await StoreVerifier(store.database).verify() == [])
        try store.close()
    }
}

/// A moment after the last order of the fixture.
private struct LateClock: StoreClock {
    func now() -> Timestamp { Timestamp(milliseconds: 1_795_617_500_000) }
}
