import ArgumentParser
import ProgramKit
import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

struct PrinterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "printer", abstract: "Try the receipt printer.", subcommands: [PrinterTest.self])
}

struct PrinterTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Print a page that shows whether the printer is set right.",
        discussion: """
            The page shows the paper's width, letters with accents, the signs of money, the bold type of a \
            total, a code for the scanner and the cut. --show prints what the printer would be sent instead: \
            commands and bytes beyond ASCII in brackets.
            """)

    @Flag(help: "Show what would be sent, and send nothing.")
    var show = false

    @Flag(help: "Open the drawer too, where it is plugged into the printer.")
    var drawer = false

    func run() async throws {
        let settings = try await Settings.load(SettingTable.all, flags: [:], in: Places.current()).checked()
        let page = PrintedPage.test(
            width: settings[SettingTable.receiptWidth], shop: settings.policy.shopName)
        let language = settings.printerLanguage
        guard !show else { return Console.write(listing(page, language)) }
        guard let printer = Printer(settings) else {
            throw CommandFailure("no printer is set up: set printer.command or printer.device")
        }
        try await printer.print(page)
        if drawer { try await printer.openDrawer() }
        Console.line("Test page sent to \(printer.way.words)")
    }

    private func listing(_ page: PrintedPage, _ language: PrinterLanguage) -> String {
        switch language {
        case .text: page.text
        case .escpos:
            EscPosListing(language.bytes(page) + (drawer ? language.kick ?? [] : [])).lines
                .map { $0 + "\n" }.joined()
        }
    }
}
