import ArgumentParser
import Testing

@testable import storefront_server

/// The right to each command of `storefront-server` is the right to open the store's own file or database: no command
/// takes a server's address, and none asks who calls. Whoever adds one says so here.
@Suite struct ServerRightsTests {
    private static let table: [(command: String, arguments: String)] = [
        ("user add", "ada@example.com --name Ada"), ("backup", "copy.db"), ("verify", ""), ("doctor", ""),
        ("adopt", ""), ("copy", "--from store.db --to copy.db"), ("unit", ""), ("manual", ""),
    ]

    @Test func eachCommandIsInTheTable() {
        var (open, leaves) = (
            StorefrontServer.configuration.subcommands.map { ([$0._commandName], $0) }, [String]()
        )
        while let (path, command) = open.popLast() {
            let subcommands = command.configuration.subcommands
            if subcommands.isEmpty { leaves.append(path.joined(separator: " ")) }
            open += subcommands.map { (path + [$0._commandName], $0) }
        }
        #expect(leaves.sorted() == Self.table.map(\.command).sorted())
    }

    @Test func noneWorksOnAStoreThatItsCallerCannotOpen() throws {
        for (command, arguments) in Self.table + [("", "")] {
            let words = "\(command) \(arguments)".split(separator: " ").map(String.init)
            #expect(throws: Never.self, "\(command)") { try StorefrontServer.parseAsRoot(words) }
            for option in ["--remote", "--as", "--email"] {
                #expect(throws: (any Error).self, "\(command) \(option)") {
                    try StorefrontServer.parseAsRoot(words + [option, "http://127.0.0.1:1"])
                }
            }
        }
    }
}
