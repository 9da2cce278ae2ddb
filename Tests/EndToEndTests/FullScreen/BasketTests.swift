import Foundation
import StoreSQLite
import Testing

/// Baskets of real programs, of which some are killed.
@Suite(
    .serialized, .enabled(if: Tmux.path != nil, "tmux is missing: apt-get install tmux"),
    .timeLimit(.minutes(20)))
struct BasketTests {
    @Test func twoTillsShareNothingAndAKillLosesNothing() throws {
        let program = try Program()
        let db = program.home.path("shop.db")
        try #require(program.run("demo", "--db", db, "--products", "40").code == 0)
        let one = try PtyShop(program, ["--db", db])
        try one.signIn("staff@example.com")
        try one.addOne()
        let two = try PtyShop(program, ["--db", db])
        try two.signIn(isKnown: true)
        try two.addOne()
        one.session.signal(SIGKILL)
        #expect(try one.exit() == .signal(SIGKILL))
        // The next one has what the killed one had, and the living one keeps its own.
        let next = try PtyShop(program, ["--db", db])
        try next.signIn(isKnown: true, sees: "still here")
        try two.press("u", "Took back", "Cart empty")
        try two.press("U", "Made again", "Cart 1")
        for shop in [two, next] {
            shop.session.send("q")
            #expect(try shop.exit() == .code(0))
        }
        #expect(try program.run("verify", "--db", db).code == 0)
        let last = try PtyShop(program, ["--db", db])
        try last.signIn(isKnown: true, sees: "2 baskets are left behind")
        last.session.send("q")
        #expect(try last.exit() == .code(0))
    }
}
