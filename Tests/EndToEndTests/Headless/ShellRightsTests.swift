import StoreDomain
import Testing

@testable import storefront

/// Which right each command of the shell needs. Whoever adds a command says so here; one that is not here fails.
@Suite(.timeLimit(.minutes(20))) struct ShellRightsTests {
    private enum Right {
        /// Open to all who are signed in, or about what is their own.
        case anyone
        /// About what is one's own alone: of others' nothing is found.
        case ownAlone
        case needs(Permission)
        /// Works on the store's own file, whose owner may do everything, and not over a server.
        case file
    }

    private static let table: [(command: String, arguments: String, right: Right)] = [
        ("product list", "", .anyone),
        ("product search", "mug", .anyone),
        ("product show", "1", .anyone),
        ("product label", "1", .anyone),
        ("product add", "--name Pen --price 1", .needs(.manageProducts)),
        ("product edit", "1 --price 6", .needs(.manageProducts)),
        ("product history", "1", .needs(.manageProducts)),
        ("product price", "1 --percent 5", .needs(.manageProducts)),
        ("product price-batches", "", .needs(.manageProducts)),
        ("product price-back", "1", .needs(.manageProducts)),
        ("product import", "goods.csv", .needs(.manageProducts)),
        ("product export", "", .needs(.manageProducts)),
        ("order list", "", .anyone),
        ("order show", "1", .ownAlone),
        ("order receipt", "1", .ownAlone),
        ("order cancel", "1", .ownAlone),
        ("sale show", "1", .ownAlone),
        ("sale exchange", "1 --take MUG=1 --reason no", .ownAlone),
        ("sale void", "1 --reason no", .ownAlone),
        ("sale invoice", "1 --name Corner", .ownAlone),
        ("return", "1 --reason no", .ownAlone),
        ("gift-card list", "", .needs(.seeAllOrders)),
        ("gift-card show", "1", .needs(.seeAllOrders)),
        ("gift-card issue", "5 --reason no", .needs(.manageDiscounts)),
        ("gift-card expire", "", .needs(.manageDiscounts)),
        ("customer list", "", .needs(.seeAllOrders)),
        ("customer show", "1", .needs(.seeAllOrders)),
        ("customer merge", "1 --into 2", .needs(.seeAllOrders)),
        ("customer export", "1", .needs(.seeAllOrders)),
        ("customer erase", "1 --yes", .needs(.seeAllOrders)),
        ("report", "sales", .needs(.seeReports)),
        ("user add", "x@example.com --name X", .needs(.manageAccounts)),
        ("user list", "", .needs(.manageAccounts)),
        ("user passwd", "ada@example.com", .needs(.manageAccounts)),
        ("user pin", "ada@example.com", .needs(.manageAccounts)),
        ("user badge", "ada@example.com BADGE-0001", .needs(.manageAccounts)),
        ("user role", "ada@example.com customer", .needs(.manageAccounts)),
        ("user sign-out", "ada@example.com", .needs(.manageAccounts)),
        ("stock receive", "1 2", .needs(.adjustStock)),
        ("stock count", "1 2", .needs(.adjustStock)),
        ("stock adjust", "1 --by 1 --reason no", .needs(.adjustStock)),
        ("stock low", "", .needs(.adjustStock)),
        ("stock explain", "1", .needs(.adjustStock)),
        ("stock flagged", "", .needs(.adjustStock)),
        ("discount add", "X --percent 5", .needs(.manageDiscounts)),
        ("discount list", "", .needs(.manageDiscounts)),
        ("discount end", "SAVE10", .needs(.manageDiscounts)),
        ("discount resume", "SAVE10", .needs(.manageDiscounts)),
        ("discount days", "SAVE10 --until 2030-01-01", .needs(.manageDiscounts)),
        ("policy show", "", .anyone),
        ("policy set", "stock.low 4", .needs(.changePolicy)),
        ("policy preset", "US", .needs(.changePolicy)),
        ("policy history", "", .needs(.changePolicy)),
        ("till list", "", .needs(.sell)),
        ("till no-sale", "--reason no", .needs(.noSale)),
        ("shift open", "5", .needs(.openShift)),
        ("shift x", "", .needs(.sell)),
        ("shift count", "5", .needs(.closeShift)),
        ("shift close", "5", .needs(.closeShift)),
        ("shift z", "", .needs(.sell)),
        ("shift list", "", .needs(.sell)),
        ("shift show", "", .needs(.sell)),
        ("shift in", "5 --reason no", .needs(.moveCash)),
        ("shift out", "5 --reason no", .needs(.moveCash)),
        ("shift drop", "5 --reason no", .needs(.moveCash)),
        ("approval list", "", .anyone),
        ("approval grant", "1", .ownAlone),
        ("approval refuse", "1", .ownAlone),
        ("watch", "", .needs(.seeReports)),
        ("journal list", "", .needs(.readJournal)),
        ("journal verify", "", .needs(.readJournal)),
        ("journal export", "", .needs(.readJournal)),
        ("role list", "", .needs(.manageAccounts)),
        ("role set", "helper sell yes", .needs(.manageAccounts)),
        ("backup", "x.db", .file),
        ("verify", "", .file),
    ]

    /// These ask no shop for anything that a role grants: they are about this machine, its own files, tapes, throw-away
    /// shops, signing in and out, or a kiosk's host.
    private static let ofMachine = [
        "display", "printer test", "macro list", "macro show", "macro add", "macro remove", "sign-in",
        "sign-out", "restore", "doctor", "demo", "render", "kiosk session", "kiosk setup", "kiosk check",
        "kiosk status", "kiosk close", "kiosk open", "kiosk end", "kiosk say", "kiosk watch", "kiosk wipe",
        "kiosk key list", "kiosk key add", "kiosk key remove", "qa record", "qa play", "qa check",
        "qa shrink", "qa export", "qa report", "qa open", "qa explore", "qa races", "qa cover", "qa diff",
        "qa bench", "qa stage list", "qa stage save", "qa stage remove", "qa faults", "manual",
    ]

    @Test func eachCommandSaysWhichRightItNeeds() {
        var (open, leaves) = (
            Storefront.configuration.subcommands.map { ([$0._commandName], $0) }, [String]()
        )
        while let (path, command) = open.popLast() {
            let subcommands = command.configuration.subcommands
            if subcommands.isEmpty { leaves.append(path.joined(separator: " ")) }
            open += subcommands.map { (path + [$0._commandName], $0) }
        }
        #expect(leaves.sorted() == (Self.table.map(\.command) + Self.ofMachine).sorted())
    }

    /// Somebody whose role may do nothing, signed in at a server, tries each.
    @Test func whoMayNothingIsRefused() throws {
        let program = try Program()
        for (email, role) in [("ada@example.com", "admin"), ("bob@example.com", "customer")] {
            try program.run(
                "user", "add", email, "--name", "Somebody", "--role", role, input: "storefront-demo\n")
        }
        try program.run("role", "set", "powerless", "sell", "no")
        try program.run("user", "role", "bob@example.com", "powerless")
        try program.run("product", "add", "--name", "Mug", "--price", "5", "--stock", "10", "--sku", "MUG")
        let goods = try program.home.file("goods.csv", "name,price\nPen,1\n").path
        let server = try DemoServer(["--db", program.storePath, "--port", "0"])
        let signedIn = try program.run(
            "sign-in", "bob@example.com", "--remote", server.url, input: "storefront-demo\n")
        try #require(signedIn.code == 0, "\(signedIn.errors)")
        for (command, arguments, right) in Self.table {
            let words = "\(command) \(arguments)".split(separator: " ").map {
                $0 == "goods.csv" ? goods : String($0)
            }
            let run = try program.run(words + ["--remote", server.url], input: "storefront-demo\n")
            let said: Comment = "\(command): \(run.code) \(run.output) \(run.errors)"
            switch right {
            case .anyone: #expect(run.code == 0, said)
            case .ownAlone:
                #expect(run.code == 1 && run.output.isEmpty, said)
                let last = run.complaints.last ?? ""
                #expect(last.hasSuffix(" not found") || last.contains(" no sale has "), said)
            case .needs(let permission):
                // Not even the heading of a table, which would be a list of nothing to a pipe.
                #expect(run.code == 1 && run.output.isEmpty, said)
                #expect(
                    run.complaints.last == "storefront: \(StoreError.notAllowed(permission).message)", said)
            case .file: #expect(run.code == 1 && run.complaints.last?.contains(server.url) == true, said)
            }
        }
        // Nothing of it was done.
        let left = try program.run("product", "list", "--json").json()
        #expect((left["products"] as? [[String: Any]])?.count == 1)
        let people = try program.run("user", "list", "--json").json()
        #expect(people["count"] as? Int == 2)
    }
}
