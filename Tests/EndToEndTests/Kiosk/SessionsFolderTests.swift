import Foundation
import PtyTesting
import Testing

@testable import storefront

/// The folder belongs to the account that every visitor is: what stands in it is taken for nothing more than that.
@Suite struct SessionsFolderTests {
    @Test(
        "Numbers that mean many processes, or the first, end none", arguments: [0, 1, -1, -4_242] as [Int32])
    func noProcess(id: Int32) throws {
        let home = try TemporaryHome()
        let folder = try #require(SessionsFolder(home.url.path))
        #expect(throws: CommandFailure.self) { try folder.end(id) }
    }

    @Test(
        "Root ends no process of anybody but the folder's owner",
        .enabled(if: geteuid() == 0, "only root gives a folder away"))
    func othersGoOn() throws {
        let home = try TemporaryHome()
        #expect(chown(home.url.path, 65_534, 65_534) == 0)
        let folder = try #require(SessionsFolder(home.url.path))
        let other = try PtySession(["/bin/sleep", "600"])
        #expect(throws: CommandFailure.self) { try folder.end(other.process) }
        #expect(other.exit == nil)
        // Of its owner's it does.
        #expect(chown(home.url.path, 0, 0) == 0)
        try folder.end(other.process)
        #expect(try other.waitForExit() == .signal(SIGTERM))
    }
}
