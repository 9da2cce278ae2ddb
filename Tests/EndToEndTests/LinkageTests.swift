import Foundation
import Testing

/// The terminal program stays lean: nothing of the server is linked into it.
@Suite struct LinkageTests {
    @Test(arguments: ["NIOCore", "NIOPosix", "Hummingbird", "JWTKit", "StorePostgres"])
    func noServerInTheTerminalProgram(_ module: String) throws {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent()
        let program = try Data(contentsOf: tests.appendingPathComponent("storefront"), options: .alwaysMapped)
        // Swift mangles a module as the length of its name and the name.
        let symbol = Data("\(module.utf8.count)\(module)".utf8)
        #expect(program.range(of: symbol) == nil)
        #expect(program.range(of: Data("11StoreDomain".utf8)) != nil)
    }
}
