import StoreContracts
import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Whatever is pressed, typed, clicked and answered in whatever order: the model never traps and never
/// contradicts itself or the shop.
@Suite struct RandomSessionTests {
    /// 20,000 actions in all; a failure names the seed and the step.
    @Test(arguments: Array(UInt64(1)...10)) func staysConsistent(seed: UInt64) throws {
        var session = try RandomSession(seed: seed)
        for step in 0..<2_000 {
            session.act()
            let problems = session.problems()
            guard problems.isEmpty else {
                Issue.record(
                    """
                    seed \(seed), step \(step): \(problems.joined(separator: "; "))
                    after \(session.history.suffix(12).joined(separator: ", "))
                    \(session.driver)
                    """)
                return
            }
        }
        session.settle()
        #expect(session.driver.held.isEmpty)
        let stored = session.driver.shop.carts[session.driver.state.owner] ?? Cart()
        #expect(
            session.driver.state.cart == stored || session.driver.state.desk.basket.error != nil,
            "seed \(seed): the cart on the screen is not the one on disk\n\(session.driver)")
        let paid = session.driver.shop.orders.filter { $0.status == .paid }
        #expect(paid.allSatisfy { $0.payments.first?.amount == $0.total }, "seed \(seed)")
    }
}
