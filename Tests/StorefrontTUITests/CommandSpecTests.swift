import StorefrontCore
import TerminalKit
import Testing

/// What holds for the description of every command.
@Suite struct CommandSpecTests {
    @Test func namesAreUniqueAndKeysAreKeys() {
        let names = CommandSpec.all.map(\.command.rawValue)
        #expect(Set(names).count == names.count)
        for spec in CommandSpec.all {
            #expect(spec.keys.compactMap { Key(name: $0) }.count == spec.keys.count, "\(spec.command)")
            #expect(!spec.title.isEmpty && !spec.help.isEmpty && spec.help.last != ".", "\(spec.command)")
        }
    }

    @Test func movementsHaveTheNamesOfTheirCommands() {
        for walk in Walk.allCases { #expect(Command("\(walk)").walk == walk) }
    }
}
