import Foundation
import Testing

/// Printers, mail and looking on, from the shell.
@Suite struct PaperCommandTests {
    private static let clock = ["STOREFRONT_FIXED_CLOCK": "2026-11-22T14:05:09Z"]

    /// A demo store, and a paid order of it.
    private func shop() throws -> (Program, order: String) {
        let program = try Program()
        try program.run("demo", "--db", "d.db", environment: Self.clock)
        let list = try program.run(
            "order", "list", "--status", "paid", "--json", "--db", "d.db", environment: Self.clock
        ).json()
        let orders = try #require(list["orders"] as? [[String: Any]])
        return (program, "\(try #require(orders.first?["id"] as? Int))")
    }

    @Test func aReceiptIsShownPrintedAndMailed() throws {
        let (program, id) = try shop()
        let (paper, letter) = (program.home.path("paper"), program.home.path("letter"))
        func receipt(_ arguments: String...) throws -> Program.Run {
            try program.run(
                ["order", "receipt", id, "--db", "d.db"] + arguments,
                environment: Self.clock.merging([
                    "STOREFRONT_PRINTER_COMMAND": "cat > '\(paper)'", "STOREFRONT_PRINTER_KIND": "escpos",
                    "STOREFRONT_MAIL_COMMAND": "cat > '\(letter)'",
                    "STOREFRONT_MAIL_FROM": "shop@example.com",
                ]) { $1 })
        }
        let shown = try receipt()
        #expect(shown.code == 0 && shown.output.contains("TOTAL"), "\(shown)")
        let done = try receipt("--print", "--mail", "emile@example.com")
        #expect(done.code == 0, "\(done)")
        let bytes = try Data(contentsOf: URL(filePath: paper))
        #expect(bytes.starts(with: [0x1B, 0x40]) && bytes.suffix(4) == Data([0x1D, 0x56, 0x42, 0x00]))
        let text = try String(contentsOfFile: letter, encoding: .utf8)
        #expect(text.contains("To: <emile@example.com>\n") && text.contains("From: <shop@example.com>\n"))
        #expect(text.contains("TOTAL"))
        let json = try receipt("--mail", "emile@example.com", "--json").json()
        #expect(json["mailed_to"] as? String == "emile@example.com")
    }

    @Test func whatCannotBeDoneIsSaid() throws {
        let (program, id) = try shop()
        func refusal(_ arguments: [String], _ environment: [String: String] = [:]) throws -> String {
            let run = try program.run(
                arguments, environment: Self.clock.merging(environment) { $1 })
            #expect(run.code != 0 && run.output.isEmpty, "\(run)")
            return run.errors
        }
        let receipt = ["order", "receipt", id, "--db", "d.db"]
        #expect(try refusal(receipt + ["--mail", "emile@example.com"]).contains("mail.command"))
        #expect(try refusal(receipt + ["--print"]).contains("printer.command"))
        #expect(
            try refusal(receipt + ["--mail", "nobody"], ["STOREFRONT_MAIL_COMMAND": "cat"]).contains("email"))
        let failing = ["STOREFRONT_MAIL_COMMAND": "echo no route >&2; exit 75"]
        #expect(
            try refusal(receipt + ["--mail", "emile@example.com"], failing).contains("code 75: no route"))
        #expect(
            try refusal(["printer", "test"], ["STOREFRONT_PRINTER_DEVICE": "/dev/nothing"])
                .contains("switched on"))
        #expect(try refusal(["printer", "test"]).contains("printer.command"))
    }

    @Test func theTestPageIsShownAsItWouldBeSent() throws {
        let program = try Program()
        let text = try program.run("printer", "test", "--show")
        #expect(text.code == 0 && text.output.contains("TOTAL") && !text.output.contains("[ESC"))
        let escpos = try program.run(
            "printer", "test", "--show", "--drawer",
            environment: ["STOREFRONT_PRINTER_KIND": "escpos", "STOREFRONT_PRINTER_CODEPAGE": "1252"])
        #expect(escpos.output.hasPrefix("[ESC @]\n[FS .]\n[ESC t 10]\n"), "\(escpos)")
        #expect(escpos.output.hasSuffix("[GS V B 00]\n[ESC p 00 19 FA]\n"))
    }
}
