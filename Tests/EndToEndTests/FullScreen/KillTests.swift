import Foundation
import StoreContracts
import StoreDomain
import StoreSQLite
import StoreTesting
import Testing

/// The program killed at any moment of a checkout, again and again, on one store.
@Suite(
    .serialized, .enabled(if: Tmux.path != nil, "tmux is missing: apt-get install tmux"),
    .timeLimit(.minutes(20)))
struct KillTests {
    private static let rounds = 20

    /// After each kill the books are right; the next start has the cart or the checkout; and however often
    /// one was cut short, each cart was bought exactly once.
    @Test func killedAtAnyMomentOfACheckout() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix64(seed: seed)
        let program = try Program()
        let db = program.home.path("shop.db")
        try #require(program.run("demo", "--db", db, "--products", "40").code == 0)
        var orders = try count(program, db)
        var isUnderWay = false

        for round in 1...Self.rounds {
            let situation: Comment = "round \(round), seed \(seed)"
            let tmux = try Tmux(program, "--db", db)
            try signIn(tmux, isKnown: round > 1)
            _ = try tmux.seeAny(["A checkout was interrupted", "Cart 1", "Cart empty"])
            // The cart is shown before it is known whether a checkout waits; starting another program takes
            // many times as long as that.
            _ = try program.run("verify", "--db", db)
            if try tmux.screen().contains("A checkout was interrupted") {
                try tmux.press("Enter")
                try tmux.see("is paid", "Cart empty")
                try tmux.press("F2")
                try tmux.see("Product", "Cart empty")
            }
            let hasCart = try tmux.screen().contains("Cart 1")
            let now = try count(program, db)
            // What was in the cart is still there, or was bought once.
            #expect(now == orders + (isUnderWay && !hasCart ? 1 : 0), situation)
            #expect(!hasCart || isUnderWay, situation)
            orders = now

            if !hasCart {
                // Sold out ones have no place here: the cheapest way is the first that can be added.
                try tmux.type("+")
                var screen = try tmux.seeAny(["Cart 1", "sold out"])
                while !screen.contains("Cart 1") {
                    try tmux.press("Down")
                    try tmux.type("+")
                    screen = try tmux.seeAny(["Cart 1", "sold out"])
                }
            }
            isUnderWay = true
            try tmux.press("F3")
            try tmux.see("Subtotal")
            try tmux.press("Enter")
            try tmux.see("Demo card")
            try tmux.press("Enter")
            usleep(.random(in: 0..<120_000, using: &random))
            try tmux.kill()

            let report = try program.run("verify", "--db", db)
            #expect(report.code == 0, "\(situation): \(report.output) \(report.errors)")
        }
    }

    /// The e-mail of the round before is there.
    private func signIn(_ tmux: Tmux, isKnown: Bool) throws {
        try tmux.see("Sign in", "E-mail")
        if !isKnown {
            try tmux.type("customer@example.com")
            try tmux.press("Tab")
        }
        try tmux.type(DemoData.password.revealed)
        try tmux.press("Enter")
        try tmux.see("Demo Customer")
    }

    private func count(_ program: Program, _ db: String) throws -> Int {
        let run = try program.run("order", "list", "--json", "--db", db)
        return try #require(run.json()["count"] as? Int)
    }
}
