import Foundation
import StoreDomain
import Synchronization
import Testing

@testable import StoreCrypto

@Suite(.serialized) struct HashingThreadsTests {
    @Test func noMoreThanTheLimitWorkAtOnce() async {
        let threads = HashingThreads(limit: 2)
        let counts = Counts()
        await withTaskGroup(of: Int.self) { group in
            for number in 0..<20 {
                group.addTask {
                    await threads.run {
                        counts.enter()
                        // Time enough for others to come in, were they let.
                        for _ in 0..<200 { sched_yield() }
                        counts.leave()
                        return number
                    }
                }
            }
            var results: Set<Int> = []
            for await number in group { results.insert(number) }
            #expect(results == Set(0..<20))
        }
        #expect((1...2).contains(counts.most))
    }

    /// As many passwords as there are cores keep neither tasks nor the database waiting.
    @Test func nothingElseWaitsForAPassword() async throws {
        let store = try await TestStore()
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let threads = HashingThreads(limit: cores)
        let end = End()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<cores {
                group.addTask { await threads.run { end.wait() } }
            }
            // These end although every hashing thread is busy until they have.
            for _ in 0..<10 {
                let orders = try? await store.services.orders.orders(OrderQuery(), as: store.customer)
                #expect(orders?.total == 0)
            }
            end.come()
        }
    }

    private final class End: Sendable {
        private let hasCome = Atomic(false)

        func come() { hasCome.store(true, ordering: .relaxed) }
        func wait() { while !hasCome.load(ordering: .relaxed) {} }
    }

    private final class Counts: Sendable {
        private let state = Mutex((now: 0, most: 0))

        var most: Int { state.withLock { $0.most } }

        func enter() {
            state.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
        }

        func leave() { state.withLock { $0.now -= 1 } }
    }
}
