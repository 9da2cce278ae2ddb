import Foundation
import Testing

@Suite struct ArgumentTests {
    @Test func saysItsVersion() throws {
        let run = try Program().run("--version")
        #expect(run.code == 0)
        #expect(run.output.wholeMatch(of: /\d+\.\d+\.\d+ \(.+\)\n/) != nil)
    }

    @Test(arguments: [
        [], ["product"], ["product", "list"], ["product", "search"], ["product", "show"], ["product", "add"],
        ["product", "edit"], ["product", "import"], ["product", "export"], ["order", "list"],
        ["order", "show"], ["order", "cancel"], ["user", "add"], ["user", "list"], ["user", "passwd"],
        ["user", "role"], ["discount", "add"], ["discount", "list"], ["backup"], ["restore"], ["verify"],
        ["doctor"], ["demo"],
    ])
    func helpsWithEverything(command: [String]) throws {
        let program = try Program()
        let run = try program.run(command + ["--help"])
        #expect(run.code == 0)
        #expect(run.output.contains("USAGE: storefront"))
        #expect(run.errors.isEmpty)
        #expect(!program.home.exists("data"))
    }

    @Test(arguments: [
        (["--nonsense"], "storefront: Unknown option '--nonsense'. See storefront --help."),
        (["nonsense"], "storefront: Unexpected argument 'nonsense'. See storefront --help."),
        (
            ["product", "list", "--page", "x"],
            "storefront: The value 'x' is invalid for '--page <n>'. See storefront --help."
        ),
        (
            ["product", "list", "--per-page", "501"],
            "storefront: --per-page must be 1 to 500. See storefront --help."
        ),
        (["product", "add", "--name", "x"], "storefront: A product needs --price. See storefront --help."),
        (
            ["discount", "add", "X", "--percent", "1", "--amount", "1"],
            "storefront: A discount needs either --percent or --amount. See storefront --help."
        ),
        (
            ["--demo", "--db", "x"],
            "storefront: --demo keeps nothing and so takes no --db; storefront demo --db PATH makes a demo store to keep. "
                + "See storefront --help."
        ),
        (
            ["product", "list", "--demo"],
            "storefront: --demo is for the full-screen shop, not for subcommands. See storefront --help."
        ),
        (
            ["--demo-products", "0"],
            "storefront: --demo-products must be 1 to 1000000. See storefront --help."
        ),
    ])
    func refusesWrongArgumentsInOneLine(arguments: [String], complaint: String) throws {
        let program = try Program()
        let run = try program.run(arguments)
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(run.complaints == [complaint])
        #expect(!program.home.exists("data") && !program.home.exists("x"))
    }
}
