import StoreContracts
import StoreDomain
import StoreSQLite
import StorefrontCore
import Synchronization
import TerminalKit
import Testing

@testable import StorefrontTUI

/// The same keys lead to the same state, whether each waits for what the one before asked for, or all of them
/// come at once.
@Suite(.serialized, .timeLimit(.minutes(20))) struct BurstJourneys {
    private static let small = Size(width: 80, height: 14)

    /// The shop that each walk starts with.
    private static let model = Task { try await JourneyStore(products: 60) }

    /// Everything that a person can tell apart.
    private struct Place: Equatable {
        let way: [Screen]
        let overlays: [Overlay]
        let cart: Cart
        let quote: PriceBreakdown?
        let differences: [CartDifference]
        let number: String?
        let status: StatusMessage?

        init(_ state: AppState) {
            way = state.way
            overlays = state.overlays
            cart = state.desk.basket.cart
            quote = state.desk.basket.quote
            differences = state.desk.basket.differences
            number = state.desk.number
            status = state.desk.status
        }
    }

    /// Sends keys in groups of the given sizes, over and over, and returns where they led.
    private static func walk(
        _ keys: [Key], inGroupsOf sizes: [Int], as role: Role?, size: Size = small
    ) async throws -> (place: Place, screen: String) {
        let files = try JourneyStore(copying: try await model.value)
        let store = try files.open()
        let journey = await Journey(store, size: size)
        if let role { await journey.signIn(role) }
        var left = keys[...]
        var group = 0
        while !left.isEmpty {
            let keys = left.prefix(sizes[group % sizes.count])
            left = left.dropFirst(keys.count)
            group += 1
            for key in keys { journey.send(.key(key)) }
            await journey.untilIdle()
        }
        let state = await journey.state
        let screen = journey.screen
        journey.abandon()
        _ = await journey.end()
        try store.close()
        return (Place(state), screen)
    }

    private static func expectSame(
        _ keys: [Key], as role: Role? = nil, size: Size = small, _ name: String = "",
        groups: [[Int]] = [[.max]], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let single = try await walk(keys, inGroupsOf: [1], as: role, size: size)
        for sizes in groups {
            let burst = try await walk(keys, inGroupsOf: sizes, as: role, size: size)
            let isSame = burst.place == single.place && burst.screen == single.screen
            #expect(
                isSame,
                """
                \(name) in groups of \(sizes): \(keys.map { $0.name(ascii: true) }.joined(separator: " "))
                one by one:
                \(single.screen)
                \(single.place.status as Any)
                in a burst:
                \(burst.screen)
                \(burst.place.status as Any)
                """,
                sourceLocation: sourceLocation)
        }
    }

    private static func keys(_ text: String) -> [Key] {
        text.map { $0 == "\n" ? .enter : $0 == "\t" ? .tab : $0 == "\u{1b}" ? .escape : .character($0) }
    }

    // MARK: - What was found

    /// At the end of each page the next one is loaded.
    @Test(arguments: ["j", "k", "]", "[", "G", "g", "]]]jj[", "Gkkkkkkkkkkkkkkkkk", "]+", "jjjjjjjjjjjj+j+"])
    func movesInListsOfSeveralPages(_ text: String) async throws {
        let keys = Self.keys(text.count == 1 ? String(repeating: text, count: 40) : text)
        try await Self.expectSame(Self.keys("jjj") + keys, text)
        try await Self.expectSame([.function(4)] + keys, as: .staff, text)
    }

    @Test(arguments: [
        "/", "/Demo Customer\nnnnNn", "/paid\nnNNN", "]x", "jjjjjjjjj\nv\u{1b}\u{1b}j", "fj\nG", "]]rj", "]v",
    ])
    func findsInOrders(_ text: String) async throws {
        try await Self.expectSame([.function(4)] + Self.keys(text), as: .staff, text)
    }

    @Test(arguments: [
        "/kimchi\n+", "/kendama\nj+", "/a\nG+", "/a\u{1b}j", "/a\n]\u{1b}+", "sj\n]+", "cj\nG+x", "xx3+2-",
        "]\n+\u{1b}+",
        "++++o", "99999\n", "+\u{1b}u",
    ])
    func findsInTheShop(_ text: String) async throws {
        try await Self.expectSame(Self.keys(text), text)
        try await Self.expectSame(Self.keys(text), size: Size(width: 130, height: 20), text)
    }

    @Test(arguments: [
        "e", "o", "y", "d", "%save10\n", "%save10\ne", "5\n", "\n", "%nothing\nj", "du+", "/whistle\nn",
    ])
    func worksInTheCart(_ text: String) async throws {
        try await Self.expectSame(Self.keys("+j+jj3+") + [.function(3)] + Self.keys(text), text)
    }

    @Test func signsInAndGoesOn() async throws {
        let words = "customer@example.com\t\(DemoData.password.revealed)\n"
        try await Self.expectSame(
            Self.keys("+") + [.function(5)] + Self.keys(words + "j+j+") + [.function(3)] + Self.keys("e"))
        try await Self.expectSame(Self.keys("+") + [.function(3)] + Self.keys("o" + words + "\n"))
        try await Self.expectSame([.function(5)] + Self.keys("customer@example.com\twrong\nabc\u{1b}j"))
    }

    /// `G` acts at once, before the rest of the code has come.
    @Test(arguments: [1, 2]) func whatAScanMovedGoesBackPageAndAll(passed: Int) async throws {
        let files = try JourneyStore(copying: try await Self.model.value)
        let store = try files.open()
        let journey = await Journey(store, size: Self.small)
        for key in Self.keys("j]j") { await journey.press(key) }
        let before = await journey.state.screen
        for _ in 0..<passed { journey.send(.key(.character("G"))) }
        await journey.hear(.scan(Scan(String(repeating: "G", count: passed) + "-1234", passed: passed)))
        #expect(await journey.state.screen == before)
        journey.expect("G-1234")
        journey.abandon()
        try store.close()
    }

    // MARK: - Anything

    @Test(arguments: 0..<6) func anyKeys(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let letters = "jjjkk[]gG+-/abeo xcsdyunNrv123%fh".map { Key.character($0) }
        let others: [Key] = [
            .enter, .enter, .escape, .escape, .escape, .down, .down, .up, .pageDown, .pageUp, .home, .end,
            .function(2), .function(3), .function(4), .tab, .backTab, .backspace,
        ]
        let keys = (0..<100).map { _ in
            let all = Bool.random(using: &random) ? letters : others
            return all[Int.random(in: 0..<all.count, using: &random)]
        }
        let role: Role? = [nil, .staff, .customer][Int(seed % 3)]
        try await Self.expectSame(keys, as: role, "seed \(seed)", groups: [[.max], [1, 5, 2, 30]])
    }

    // MARK: - Changes of the cart that come faster than the disk

    @Test(arguments: [
        String(repeating: "+", count: 90), String(repeating: "+-", count: 60),
        String(repeating: "++j+k-", count: 12) + "uuuUU" + String(repeating: "+", count: 30) + "uu",
        String(repeating: "+", count: 40) + "%save10\n" + String(repeating: "-", count: 39),
    ])
    func fillsTheCart(_ text: String) async throws {
        try await Self.expectSame(Self.keys(text), text, groups: [[.max], [7, 30]])
    }

    /// Those that wait for the one before them are stored in one go, and each gets its answer.
    @Test func changesThatWaitAreStoredTogether() async throws {
        let files = try JourneyStore(copying: try await Self.model.value)
        let store = try files.open()
        let product = try await store.services.catalog.product(1)
        let plan = FaultPlan()
        let calls = Mutex(0)
        plan.before(.applyChange) { calls.withLock { $0 += 1 } }
        let outside = Outside(
            services: plan.wrap(store.services), ids: CountedIDs(from: 1),
            ports: JourneyPorts(database: store.database), zones: TestZones())
        func request(_ number: Int, as principal: Principal = .guest) -> Request {
            Request(
                id: RequestID(number), principal: principal,
                ask: .basket(.change(.add(CartLine(product, quantity: 1), by: 1), version: number)))
        }
        let group = RequestGroup(request(1))
        #expect(group.take(request(2)) && group.take(request(3)))
        #expect(!group.take(request(4, as: .operatorOfStore)))
        #expect(!group.take(Request(id: RequestID(5), principal: .guest, ask: .basket(.undo(version: 5)))))
        let replies = await Request.answered(group.begin(), by: outside) { _ in }
        #expect(!group.take(request(6)), "what is under way takes nothing more")
        #expect(calls.withLock { $0 } == 1)
        let cart = try await store.services.cart.cart(of: .guest)
        #expect(cart.pieces == 3 && cart.undoSteps.count == 3)
        #expect(
            replies.map(\.reply)
                == (1...3).map { .basket(.changed(version: $0, .success(CartOutcome(cart: cart)))) })
        #expect(replies.map(\.id.number) == [1, 2, 3])
        try store.close()
    }

    // MARK: - Pictures

    /// Keys that come faster than pictures cost few of them.
    @Test func aBurstCostsFewPictures() async throws {
        let files = try await JourneyStore(products: 60)
        let store = try files.open()
        let journey = await Journey(store, size: Self.small)
        let frames = journey.terminal.frameCount
        for _ in 0..<100 { journey.send(.key(.character("]"))) }
        await journey.untilIdle()
        #expect(journey.terminal.frameCount - frames < 20)
        journey.abandon()
        try store.close()
    }
}
