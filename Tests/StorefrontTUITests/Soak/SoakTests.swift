import Foundation
import StoreDomain
import StorefrontCore
import TerminalKit
import TerminalNcurses
import Testing

/// Whatever is pressed, pasted, clicked and resized, in whatever order: the program runs on, what it draws
/// is whole, and the books are right at the end.
///
/// 30,000 events in all; `STOREFRONT_SOAK=100000` makes it a long one, `STOREFRONT_SOAK_SEED` runs one seed alone.
///
/// One seed at a time and on a thread of its own: the pool of the other tests stays free.
@Suite(.serialized) struct SoakTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let events = environment["STOREFRONT_SOAK"].flatMap(Int.init) ?? 30_000
    private static let seeds: [UInt64] =
        environment["STOREFRONT_SOAK_SEED"].flatMap(UInt64.init).map { [$0] } ?? [1, 20_261_122]

    @Test(.timeLimit(.minutes(20)), arguments: seeds) func survivesAnything(seed: UInt64) async throws {
        let executor = OneThreadExecutor()
        Thread { executor.run() }.start()
        defer { executor.stop() }
        try await withTaskExecutorPreference(executor) { try await survive(seed: seed, on: executor) }
    }

    private func survive(seed: UInt64, on executor: OneThreadExecutor) async throws {
        let store = try await JourneyStore()
        let open = try store.open()
        var hand = RandomHand(seed: seed)
        var start: UInt64 = 100
        var journey = await Journey(open, size: hand.size(), hasTill: true, executor: executor)
        var seen: Set<ScreenKind> = []
        var left = Self.events / Self.seeds.count
        while left > 0 {
            let state = await journey.state
            if state.isEnding {
                #expect(await journey.end() == nil)
                start += 1
                journey = await Journey(
                    open, size: hand.size(), ids: CountedIDs(from: start), hasTill: true, executor: executor)
            }
            seen.insert(state.kind)
            let burst = hand.burst(in: journey.terminal.size)
            for event in burst {
                if case .resize(let size) = event {
                    journey.sendResize(size)
                } else {
                    journey.send(event)
                }
            }
            left -= burst.count
            await journey.untilIdle()
            let surface = try #require(journey.terminal.lastSurface)
            let problems = surface.problems
            guard problems.isEmpty else {
                Issue.record(
                    "seed \(seed), \(left) left: \(problems.joined(separator: ", "))\n\(surface.text)")
                return
            }
        }
        // It still answers: out of whatever is open, and to the products.
        await journey.resize(Size(width: 80, height: 24))
        for _ in 0..<12 { await journey.press(.escape) }
        await journey.press(.character("y"), .function(2))
        if await journey.state.kind == .till { await journey.press(.function(2)) }
        if await !journey.state.isEnding { journey.expect("Shop", "Product", "Price") }
        journey.abandon()
        _ = await journey.end()
        try open.close()
        #expect(try await store.violations() == [], "seed \(seed)")
        guard Self.events >= 50_000 else { return }
        let missed = Set(ScreenKind.allCases).subtracting([.welcome, .visitor]).subtracting(seen)
        #expect(missed.isEmpty, "seed \(seed) never came there, and so says nothing about it")
    }
}

extension Surface {
    /// What is wrong with the picture; empty when nothing is.
    fileprivate var problems: [String] {
        var problems: [String] = []
        if let cursor, !bounds.contains(cursor) { problems.append("the cursor is outside, at \(cursor)") }
        for y in 0..<size.height {
            let width = row(y).reduce(0) { $0 + Int($1.width) }
            if width != size.width { problems.append("row \(y) has \(width) of \(size.width) cells") }
        }
        if !text.unicodeScalars.allSatisfy({ $0 == "\n" || $0.properties.generalCategory.isTame }) {
            problems.append("something that could steer a terminal")
        }
        return problems
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isTame: Bool { self != .control && self != .format && self != .lineSeparator }
}
