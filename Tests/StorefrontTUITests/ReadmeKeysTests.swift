import StoreTesting
import StorefrontTUI
import Testing

@Suite struct ReadmeKeysTests {
    /// The README's keys are the registry's.
    @Test func readmeListsEveryKey() throws {
        var text = ""
        for section in HelpText.allSections(keyMap: .standard) {
            text += "\n**\(section.title)**\n\n| keys | what | name |\n| --- | --- | --- |\n"
            for row in section.rows {
                let keys =
                    row.keys.isEmpty
                    ? "`:`" : row.keys.split(separator: " ").map { "`\($0)`" }.joined(separator: " ")
                let name = row.name.map { "`\($0)`" } ?? ""
                text += "| \(keys) | \(row.title): \(row.help) | \(name) |\n"
            }
        }
        #expect(try ReadmeBlock.holds(text, as: "keys"), "UPDATE_README=1 swift test writes them anew")
    }
}
