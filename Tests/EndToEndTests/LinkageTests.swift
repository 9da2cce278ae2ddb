import Foundation
import Testing

@Suite("What is linked")
struct LinkageTests {
    /// Every Swift symbol begins with its module's name and the length of that.
    @Test("The terminal program has nothing of the server in it")
    func nothingOfTheServer() throws {
        let program = try Data(contentsOf: Program.executable(), options: .mappedIfSafe)
        func has(_ module: String) -> Bool {
            program.range(of: Data("$s\(module.utf8.count)\(module)".utf8)) != nil
        }
        #expect(has("StoreDomain") && has("StoreRemote"))
        for module in [
            "NIOCore", "NIOPosix", "NIOHTTP1", "NIOSSL", "Hummingbird", "HummingbirdCore", "JWTKit",
            "StoreServer", "FoundationNetworking",
        ] { #expect(!has(module), "\(module)") }
        // libcurl is loaded when a server is asked for, so that a local start does not pay for it.
        #expect(program.range(of: Data("libcurl.so.4\0".utf8)) != nil)
    }
}
