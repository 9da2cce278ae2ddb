import StoreDomain
import StorefrontCore
import StorefrontTUI
import Synchronization
import TerminalKit
import Testing

@testable import StorefrontTape

/// Answers in another order: every order is tried, and the first that breaks something is a tape.
@Suite(.serialized, .timeLimit(.minutes(20))) struct RaceTests {
    /// Somebody adds a piece and turns the page.
    private static let tape = Tape(
        header: TapeHeader(RecordedSession.facts, size: Size(width: 80, height: 24)),
        entries: [
            .action(.resized(AppView.viewport(Size(width: 80, height: 24)))), .action(.started),
            .event(.key(.character("+"), isAlone: true)), .event(.key(.pageDown, isAlone: true)),
            .check("verify clean"),
        ].map { Tape.Entry($0) })

    @Test func everythingHoldsInEveryOrder() async throws {
        let result = try await Races(Self.tape, most: 4, seed: 1) { body in
            try await ProofOfSession.withShop { await body($0) }
        }.run()
        // There are more than four, so that as many are drawn from the seed.
        #expect(result.finding == nil && !result.areAll && result.orders == 8, "\(result)")
    }

    /// A shop that breaks when it is asked for a page before it has heard of the cart.
    @Test func theOrderThatBreaksSomethingIsATape() async throws {
        func inShop(_ body: (ProofShop) async -> ProofResult) async throws -> ProofResult {
            try await ProofOfSession.withShop { shop in await body(Self.withRace(shop)) }
        }
        let result = try await Races(Self.tape, most: 30, seed: 1, inShop: inShop).run()
        let finding = try #require(result.finding)
        #expect(finding.failure.sentence == "verify clean" && result.orders > 1)
        let page = try #require(finding.answers.firstIndex(of: "shop.page"))
        let change = try #require(finding.answers.firstIndex(of: "basket.change"))
        #expect(page < change, "\(finding.answers)")
        // The tape alone shows it, and becomes short with its order.
        let read = try Tape(finding.tape.text)
        func prove(_ tape: Tape) async throws -> ProofResult {
            try await inShop { shop in
                var proof = Proof(tape, in: shop, answers: .atOnce)
                return await proof.run()
            }
        }
        #expect(try await prove(read).failures.first?.problem == finding.failure.problem)
        var shrinker = Shrinker(read, finding.failure, prove: prove)
        let short = try await shrinker.run()
        #expect(short.after <= 4, "\(short.tape.text)")
    }

    private static func withRace(_ shop: ProofShop) -> ProofShop {
        let race = Race()
        let services = shop.outside.services
        let watched = StoreServices(
            auth: services.auth, accounts: services.accounts,
            catalog: WatchedCatalog(base: services.catalog, carts: services.cart, race: race),
            orders: services.orders,
            payments: services.payments, discounts: services.discounts,
            cart: services.cart, policy: services.policy, counter: services.counter)
        return ProofShop(
            outside: Outside(
                services: watched, ids: shop.outside.ids, ports: SilentPorts(), zones: OnlyUTC()),
            checked: CheckedShop(shop.checked.services) { () throws(StoreError) in
                race.isLost.withLock { $0 } ? ["the page was first"] : []
            },
            faults: shop.faults, zones: shop.zones, secret: shop.secret, themes: shop.themes)
    }

    private final class Race: Sendable {
        let pages = Mutex(0)
        let isLost = Mutex(false)
    }

    private struct WatchedCatalog: CatalogService {
        let base: any CatalogService
        let carts: any CartService
        let race: Race

        func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) async throws(StoreError)
            -> ProductPage
        {
            let isFirst = race.pages.withLock { pages in
                pages += 1
                return pages == 1
            }
            let page = try await base.page(query, at: position, perPage: perPage)
            if !isFirst, try await carts.cart(of: .guest).lines.isEmpty { race.isLost.withLock { $0 = true } }
            return page
        }
        func product(_ id: Int64) async throws(StoreError) -> Product { try await base.product(id) }
        func product(code: String) async throws(StoreError) -> Product { try await base.product(code: code) }
        func products(_ ids: [Int64]) async throws(StoreError) -> [Product] { try await base.products(ids) }
        func categories() async throws(StoreError) -> [CategoryCount] { try await base.categories() }
        func add(_ draft: ProductDraft, as principal: Principal) async throws(StoreError) -> Product {
            try await base.add(draft, as: principal)
        }
        func edit(_ id: Int64, _ patch: ProductPatch, seen: ProductVersion?, as principal: Principal)
            async throws(StoreError) -> Product
        { try await base.edit(id, patch, seen: seen, as: principal) }
    }
}
