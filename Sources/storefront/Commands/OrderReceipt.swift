import ArgumentParser
import ProgramKit
import StoreDomain
import StorefrontCore
import StorefrontTUI

struct OrderReceipt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Show a paid order's receipt, print it or mail it.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The order's id.")
    var id: Int64

    @Option(help: ArgumentHelp("Mail it to this address.", valueName: "address"))
    var mail: String?

    @Flag(help: "Send it to the printer of the settings.")
    var print = false

    func run() async throws {
        let settings = try await Settings.load(
            SettingTable.all, flags: place.flags, in: Places.current()
        ).checked()
        let recipient = try mail.map { try Email($0) }
        let sender = MailCommand(settings, clock: settings.clock)
        if recipient != nil, sender == nil { throw CommandFailure("no mail is set up: set mail.command") }
        let printer = Printer(settings)
        if print, printer == nil {
            throw CommandFailure("no printer is set up: set printer.command or printer.device")
        }
        try await ShopContext.with(place) { context in
            let order = try await context.services.orders.order(id, as: context.principal)
            let style = ReceiptStyle(context.policy, isDemo: context.isDemo, width: context.receiptWidth)
            let issue = try await context.services.counter?.issueReceipt(
                of: order, till: nil, as: context.principal)
            let page = try PrintedPage(order, style, issue ?? .original, in: context.zone)
            if let recipient {
                try await sender?.send(page.text, subject: order.mailSubject(style), to: recipient)
            }
            if print { try await printer?.print(page) }
            guard !output.json else {
                return Console.write(
                    OutputJSON.object([
                        ("order", .int(order.id)), ("receipt", .text(order.number?.text)),
                        ("mailed_to", .text(recipient?.address)), ("printed", .bool(print)),
                    ]).text + "\n")
            }
            if let recipient { Console.line("Receipt mailed to \(recipient.address)") }
            if print { Console.line("Receipt sent to the printer") }
            if recipient == nil, !print { Console.write(FieldList.paragraph(String(page.text.dropLast()))) }
        }
    }
}

extension PrintedPage {
    /// The receipt of a paid order.
    ///
    /// - Throws: `CommandFailure` where it is not paid.
    fileprivate init(_ order: Order, _ style: ReceiptStyle, _ issue: PaperIssue, in zone: ShopZone) throws {
        guard let paidAt = order.paidAt else {
            throw CommandFailure(
                "order \(order.id) is \(order.status.word); a receipt comes with the payment")
        }
        let lines = ReceiptText.lines(order, style, time: zone.minuteText(paidAt), issue: issue)
        self.init(
            text: lines.map { $0 + "\n" }.joined(), strong: "TOTAL ", code: order.number?.text)
    }
}
