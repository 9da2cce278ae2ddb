import Foundation
import Testing

/// `storefront customer`, on a file and over a server.
@Suite struct CustomerCommandTests {
    private func shop() throws -> Program {
        let program = try Program()
        for name in ["ann", "anne", "bob"] {
            let added = try program.run(
                "user", "add", "\(name)@example.com", "--name", "\(name) Example", input: "long enough\n")
            #expect(added.code == 0, "\(added.errors)")
        }
        return program
    }

    @Test func listsShowsMergesExportsAndErases() throws {
        let program = try shop()
        let page = try program.run("customer", "list", "--limit", "2", "--json").json()
        #expect(page["next"] as? Int == 2 && (page["customers"] as? [Any])?.count == 2)
        let rest = try program.run("customer", "list", "--after", "2")
        #expect(rest.output.contains("ann@example.com") && !rest.output.contains("anne@"))
        #expect(try program.run("customer", "list", "--limit", "1").output.contains("--after 3"))
        #expect(try program.run("customer", "list", "anne").output.contains("anne@example.com"))

        let merged = try program.run("customer", "merge", "ann@example.com", "--into", "2", "--json").json()
        #expect((merged["account"] as? [String: Any])?["id"] as? Int == 2)
        #expect(
            try program.run("customer", "show", "1").complaints == [
                "storefront: No customer has the number 1"
            ])
        let export = try program.run("customer", "export", "anne@example.com").json()
        #expect((export["account"] as? [String: Any])?["name"] as? String == "anne Example")
        #expect((export["journal"] as? [Any])?.isEmpty == false)

        #expect(try program.run("customer", "erase", "2").code == 1)
        #expect(try program.run("customer", "show", "2").output.contains("anne Example"))
        let erased = try program.run("customer", "erase", "2", "--yes", "--json").json()
        #expect(erased["name"] as? String == "Former customer")
        let list = try program.run("customer", "list", "--json").json()
        #expect((list["customers"] as? [[String: Any]])?.map { $0["id"] as? Int } == [3])
        #expect(try program.run("verify").code == 0)
    }
}
