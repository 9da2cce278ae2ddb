import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

/// What a printer is sent for a receipt, whatever is sold and whatever it is called.
@Suite struct PrinterLanguageTests {
    private func page(
        _ names: [String] = ["Émile café cup", "緑茶 green tea 100 g"], shop: String = "Corner Shop"
    )
        -> PrintedPage
    {
        let currency = Currency.eur
        let items = names.enumerated().map { index, name in
            OrderItem(
                id: Int64(index + 1), orderID: 7, productID: Int64(index + 1), productName: name, quantity: 2,
                unitPrice: Money(minorUnits: 1_290, currency: currency),
                total: Money(minorUnits: 2_580, currency: currency))
        }
        let total = Money(minorUnits: 2_580 * Int64(names.count), currency: currency)
        let order = Order(
            id: 7, userID: nil, number: DocumentNumber("R1-000123"), status: .paid, items: items,
            subtotal: total, discount: .zero(currency), tax: .zero(currency), total: total,
            createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0))
        let style = ReceiptStyle(
            ShopPolicy(shopName: shop, currency: currency, receiptFooter: ["Bis bald, à bientôt"]),
            isDemo: false, width: .roll58)
        let lines = ReceiptText.lines(order, style, time: "2026-11-22 14:05")
        return PrintedPage(
            text: lines.map { $0 + "\n" }.joined(), strong: "TOTAL ", code: order.number?.text)
    }

    private func listing(_ language: PrinterLanguage, _ page: PrintedPage) -> String {
        EscPosListing(language.bytes(page)).lines.map { $0 + "\n" }.joined()
    }

    @Test(arguments: CodePage.allCases) func aReceiptOnEachCodePage(_ characters: CodePage) throws {
        try Golden.check(
            listing(.escpos(characters, .qr), page()), "escpos-receipt-\(characters.rawValue)")
    }

    @Test func theCodeIsTheReceiptsNumber() {
        let bars = listing(.escpos(.pc437, .barcode), page())
        #expect(bars.contains("[GS k I 0B{BR1-000123]"))
        let without = listing(.escpos(.pc437, .none), page())
        #expect(!without.contains("GS k") && !without.contains("GS ( k"))
        #expect(
            without.contains("Receipt") && without.contains("R1-000123"), "the number stands there as text")
    }

    @Test func theTotalAloneIsLarge() {
        let pieces = EscPosListing(PrinterLanguage.escpos(.pc437, .none).bytes(page())).pieces
        let large = pieces.indices.filter { pieces[$0] == .command("GS ! 01") }
        #expect(large.count == 1)
        guard let place = large.first, case .text(let line) = pieces[place + 1] else {
            Issue.record("nothing is large")
            return
        }
        #expect(String(decoding: line, as: UTF8.self).hasPrefix("TOTAL "))
    }

    /// Whatever a product or the shop is called, the printer is told what it is told without it.
    @Test func noNameIsACommand() {
        let names = [
            "\u{1b}@\u{1d}V\u{0}", "\u{9b}1m\u{7f}", "a\r\nTOTAL 0.00\u{c}", "\u{1b}p0\u{19}\u{fa}",
            "\u{202e}x", "TOTAL 0.00",
        ]
        for characters in CodePage.allCases {
            let language = PrinterLanguage.escpos(characters, .qr)
            func commands(_ page: PrintedPage) -> [EscPosListing.Piece] {
                EscPosListing(language.bytes(page)).pieces.filter {
                    if case .text = $0 { false } else { true }
                }
            }
            let plain = commands(page(["Plain"]))
            for name in names {
                #expect(commands(page([name], shop: name)) == plain, "\(name.debugDescription)")
            }
        }
    }

    @Test func linesKeepTheirWidth() {
        for characters in CodePage.allCases where characters != .utf8 {
            for piece in EscPosListing(PrinterLanguage.escpos(characters, .none).bytes(page())).pieces {
                if case .text(let bytes) = piece { #expect(bytes.count <= 32) }
            }
        }
    }

    @Test func aPrinterOfTextGetsTheText() {
        #expect(PrinterLanguage.text.bytes(page()) == Array(page().text.utf8))
        #expect(PrinterLanguage.text.kick == nil)
        #expect(PrinterLanguage.escpos(.pc858, .qr).kick == [0x1B, 0x70, 0x00, 0x19, 0xFA])
    }

    @Test(arguments: ReceiptWidth.allCases) func theTestPageFits(_ width: ReceiptWidth) {
        let page = PrintedPage.test(width: width, shop: "Corner Shop")
        for line in page.text.split(separator: "\n") {
            #expect(TextWidth.width(of: String(line)) <= width.rawValue)
        }
    }
}
