import Testing

@testable import storefront

@Suite("Starts that need no parser") struct PlainStartTests {
    @Test(arguments: [[], ["--demo"], ["--db", "/tmp/a shop.db"]])
    func theyAreWhatTheParserMakesOfThem(_ arguments: [String]) throws {
        let plain = try #require(Storefront.plainStart(arguments))
        let parsed = try #require(try Storefront.parseAsRoot(arguments) as? Storefront)
        #expect(words(plain) == words(parsed))
    }

    @Test(arguments: [
        ["--db"], ["--db", "--demo"], ["--db", ""], ["--demo", "--plain"], ["product"], ["--demo=1"],
        ["--help"],
    ])
    func allOthersAreLeftToTheParser(_ arguments: [String]) {
        #expect(Storefront.plainStart(arguments) == nil)
    }

    /// All that a start can be told.
    private func words(_ start: Storefront) -> [String] {
        let flags = [start.place.flags, start.look.flags, start.repeatable.flags].flatMap { flags in
            flags.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.text) \($0.value.source)" }
        }
        return flags + [
            "\(start.qa) \(start.demo) \(start.look.noColor) \(start.place.readOnly)",
            "\(start.demoProducts as Int?, default: "-") \(start.country, default: "-")",
            "\(start.place.db, default: "-") \(start.place.remote, default: "-")",
            "\(start.repeatable.seed, default: "-")",
        ]
    }
}
