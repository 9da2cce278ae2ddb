import Foundation
import Testing

@testable import storefront

/// `--read-only` as a flag, in the environment and in the configuration.
@Suite struct ReadOnlyTests {
    private func shop() throws -> (program: Program, path: String) {
        let program = try Program()
        let path = program.home.path("shop/store.db")
        #expect(try program.run("demo", "--db", path, "--products", "12").code == 0)
        return (program, path)
    }

    /// Every file below a directory with its bytes.
    private func files(_ path: String) throws -> [String: Data] {
        let root = (path as NSString).deletingLastPathComponent
        let names = try FileManager.default.subpathsOfDirectory(atPath: root)
        return Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, FileManager.default.contents(atPath: "\(root)/\($0)") ?? Data())
            })
    }

    @Test func commandsThatLookWorkAndLeaveNoTrace() throws {
        let (program, path) = try shop()
        let before = try files(path)
        for command in [
            ["product", "list"], ["order", "list"], ["user", "list"], ["verify"], ["policy", "show"],
        ] {
            let run = try program.run(command + ["--db", path, "--read-only"])
            #expect(run.code == 0, "\(command): \(run.errors)")
        }
        #expect(try files(path) == before)
    }

    @Test(arguments: [
        ["product", "add", "--name", "x", "--price", "1"], ["policy", "set", "tax.rate", "7"],
        ["order", "cancel", "1"], ["demo", "--products", "5"],
    ])
    func commandsThatChangeAreRefused(_ command: [String]) throws {
        let (program, path) = try shop()
        let before = try files(path)
        let run = try program.run(command + ["--db", path], environment: ["STOREFRONT_READ_ONLY": "on"])
        #expect(run.code != 0)
        #expect(run.complaints.count == 1 && run.errors.contains("read-only"), "\(run.errors)")
        #expect(try files(path) == before)
    }

    @Test func theShopOpensLineByLineAndLeavesNoTrace() throws {
        let (program, path) = try shop()
        let before = try files(path)
        let run = try program.run(
            "--plain", "--db", path, "--read-only",
            input: "staff@example.com\nstorefront-demo\nadd 1\ncart\ncheckout\nquit\n")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output.contains("read-only"), "\(run.output)")
        #expect(run.output.contains("nothing can be sold"), "\(run.output)")
        #expect(try files(path) == before)
        #expect(!program.home.exists("state/storefront/state.db"))
    }

    /// Over a server nothing that has an effect is sent, and nothing is kept here.
    @Test func aServersShopIsLookedAt() throws {
        let server = try DemoServer()
        let program = try Program()
        let list = try program.run("product", "list", "--remote", server.url, "--read-only")
        #expect(list.code == 0, "\(list.errors)")
        let shop = try program.run(
            "--plain", "--remote", server.url, "--read-only",
            input: "staff@example.com\nstorefront-demo\norders\ncancel 1\nquit\n")
        #expect(shop.code == 0, "\(shop.errors)")
        #expect(shop.output.contains("read-only"), "\(shop.output)")
        // The session that was kept is there to be used, and none was.
        let cancel = try program.run("order", "cancel", "1", "--remote", server.url, "--read-only")
        #expect(cancel.code != 0)
        #expect(!program.home.exists("state/storefront"), "nothing of the terminal's own is written")
    }

    @Test func aThrowAwayShopIsNoneToLookAt() throws {
        #expect(try Program().run("--demo", "--read-only", "--plain").code != 0)
    }
}
