import Foundation
import Testing

@Suite struct AccountCommandTests {
    @Test func addsAndChangesAccounts() throws {
        let program = try Program()
        let added = try program.run(
            "user", "add", "admin@example.com", "--name", "The Admin", "--role", "admin", "--json",
            input: "storefront-demo\n")
        #expect(added.code == 0)
        #expect(try added.json()["role"] as? String == "admin")
        try program.run("user", "add", "staff@example.com", "--name", "The Staff", input: "storefront-demo")
        let role = try program.run("user", "role", "STAFF@example.com", "staff", "--json").json()
        #expect(role["role"] as? String == "staff")
        let list = try program.run("user", "list", "--json")
        #expect(try list.json()["count"] as? Int == 2)
        #expect(!list.output.contains("$2b$"))
        #expect(try program.run("user", "list").output.contains("staff@example.com  The Staff  staff"))
        let changed = try program.run("user", "passwd", "staff@example.com", input: "another-one\n")
        #expect(changed.code == 0)
        #expect(changed.complaints == ["The password of staff@example.com was changed"])
        let ended = try program.run("user", "sign-out", "Staff@example.com", "--json")
        #expect(try ended.json()["email"] as? String == "staff@example.com", "\(ended.errors)")
        #expect(try program.run("user", "sign-out", "staff@example.com").output.isEmpty)
        let nobody = try program.run("user", "sign-out", "nobody@example.com", "--json")
        #expect(nobody.code == 1 && nobody.output.isEmpty)
    }

    @Test func refusesWhatBreaksARule() throws {
        let program = try Program()
        try program.run(
            "user", "add", "admin@example.com", "--name", "The Admin", "--role", "admin",
            input: "storefront-demo")
        let cases: [([String], String, String)] = [
            (["add", "Admin@Example.com", "--name", "x"], "storefront-demo", "Email already registered"),
            (["add", "nobody", "--name", "x"], "storefront-demo", "email must look like name@example.com"),
            (["add", "a@example.com", "--name", "x"], "short", "password must be 8 characters or more"),
            (
                ["add", "a@example.com", "--name", "x"], "",
                "the password is expected on standard input, which is empty"
            ),
            (["passwd", "a@example.com"], "storefront-demo", "No account has the e-mail a@example.com"),
            (
                ["role", "admin@example.com", "staff"], "",
                "role must stay admin: the store would have no admin left"
            ),
        ]
        for (arguments, input, complaint) in cases {
            let run = try program.run(["user"] + arguments, input: input)
            #expect(run.code == 1)
            #expect(run.complaints == ["storefront: \(complaint)"])
        }
    }

    @Test func asksForThePasswordWithoutShowingIt() throws {
        let program = try Program()
        let terminal = try PseudoTerminal()
        let process = try program.process(["user", "add", "a@example.com", "--name", "x"])
        process.standardInput = terminal.program
        process.standardError = terminal.program
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        try terminal.wait(for: "Password: ")
        try terminal.type("wrong\u{15}mistakk\u{7F}e-1\r")
        try terminal.wait(for: "Repeat password: ")
        try terminal.type("mistake-1\r")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(!terminal.seen.contains("mistak"))
        #expect(terminal.echoes)
        #expect(try program.run("user", "list").output.contains("a@example.com"))
    }

    @Test func givesUpOnControlC() throws {
        let program = try Program()
        let terminal = try PseudoTerminal()
        let process = try program.process(["user", "add", "a@example.com", "--name", "x"])
        process.standardInput = terminal.program
        process.standardError = terminal.program
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        try terminal.wait(for: "Password: ")
        try terminal.type("secret\u{3}")
        try terminal.wait(for: "storefront: given up; nothing was changed")
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
        #expect(terminal.echoes)
    }

    @Test func addsAndListsDiscounts() throws {
        let program = try Program()
        let added = try program.run(
            "discount", "add", "Spring-5", "--amount", "5", "--from", "2026-03-01", "--until", "2026-03-31",
            "--minimum", "50", "--limit", "10", "--json")
        #expect(
            added.output == """
                {"code":"Spring-5","kind":"fixed","amount":5.00,"valid_from":"2026-03-01T00:00:00Z",\
                "valid_until":"2026-04-01T00:00:00Z","minimum_subtotal":50.00,"usage_limit":10,\
                "times_used":0,"active":true}

                """)
        let ended = try program.run("discount", "end", "spring-5", "--json").json()
        #expect(ended["active"] as? Bool == false)
        #expect(try program.run("discount", "resume", "SPRING-5", "--json").json()["active"] as? Bool == true)
        let list = try program.run("discount", "list")
        #expect(list.output.contains("SAVE20"))
        #expect(
            list.output.contains(
                "Spring-5  $5.00 off  2026-03-01 00:00  2026-04-01 00:00   $50.00  0 of 10  yes"))
        let cases: [([String], String)] = [
            (["spring-5", "--percent", "5"], "Another product or code already has code spring-5"),
            (["X", "--percent", "101"], "percent must be more than 0 and at most 100"),
            (["X", "--percent", "x"], "percent must be a percentage such as 12.5, not \"x\""),
            (["a b", "--amount", "1"], "code must be 1 to 50 letters, digits, - or _"),
            (
                ["X", "--amount", "1", "--until", "soon"],
                "until must be a day such as 2026-11-22 or a time such as 2026-11-22T14:00:00Z"
            ),
        ]
        for (arguments, complaint) in cases {
            let run = try program.run(["discount", "add"] + arguments)
            #expect(run.code == 1)
            #expect(run.complaints == ["storefront: \(complaint)"])
        }
    }
}
