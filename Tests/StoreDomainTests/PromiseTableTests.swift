import Foundation
import Testing

/// The page on operations names for each promise the tests that show it.
@Suite struct PromiseTableTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test func eachPromiseHasTestsThatAreThere() throws {
        let page = try String(
            contentsOf: Self.root.appending(
                path: "Sources/StoreDomain/Documentation.docc/Operations.md"), encoding: .utf8)
        let section = try #require(page.components(separatedBy: "## What is promised").dropFirst().first)
        let rows = section.prefix { $0 != "#" }.split(separator: "\n").filter { $0.hasPrefix("| ") }
            .dropFirst(2)
        #expect(rows.count >= 13)
        for row in rows {
            let columns = row.split(separator: "|", omittingEmptySubsequences: false)
            let suites = columns[2].matches(of: #/`([^`]+)`/#).map(\.1)
            #expect(!suites.isEmpty, "\(columns[1]) has no tests")
            for suite in suites {
                let file = Self.root.appending(path: "Tests/\(suite).swift")
                let source = try String(contentsOf: file, encoding: .utf8)
                #expect(
                    source.contains("@Test") || source.contains("ContractCase("), "\(suite) tests nothing")
            }
        }
    }
}
