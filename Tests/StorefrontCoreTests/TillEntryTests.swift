import StoreDomain
import StorefrontCore
import Testing

/// What a line typed at the till asks for.
@Suite struct TillEntryTests {
    private static func amount(_ minor: Int64) -> Money { Money(minorUnits: minor, currency: .usd) }
    private static func percent(_ text: String) -> ManualDiscount {
        .percent(Rate(percentText: text) ?? .zero)
    }

    static let read: [(String, TillEntry)] = [
        ("3*", .quantity(3)), ("9999*", .quantity(9_999)),
        ("4006381333931", .code("4006381333931", count: 1)), ("CS-100", .code("CS-100", count: 1)),
        ("3*CS-100", .code("CS-100", count: 3)),
        ("10%", .lineDiscount(percent("10"))), ("2,5%", .lineDiscount(percent("2.5"))),
        ("-10%", .saleDiscount(percent("10"))), ("-5", .saleDiscount(.amount(amount(500)))),
        ("-5,50", .saleDiscount(.amount(amount(550)))), ("-", .less),
        ("12.50=", .price(amount(1_250))), ("0=", .price(amount(0))),
        ("20c", .cash(amount(2_000))), ("20 cash", .cash(amount(2_000))), ("cash 20", .cash(amount(2_000))),
        ("cash", .cash(nil)), ("Cash", .cash(nil)),
        ("12.50k", .card(amount(1_250))), ("card", .card(nil)), ("card 5", .card(amount(500))),
        ("5t", .other(amount(500))), ("other", .other(nil)),
        ("park blue coat", .park(label: "blue coat")), ("park", .park(label: "")),
        ("resume 12", .resume(code: "12")), ("resume", .resume(code: nil)),
        ("customer a@example.com", .customer("a@example.com")), ("customer", .customer(nil)),
        ("customer new Ada Byron ada@example.com", .newCustomer(name: "Ada Byron", email: "ada@example.com")),
        ("training", .training(nil)), ("training on", .training(true)), ("training off", .training(false)),
        ("anyway", .anyway), ("y", .anyway),
        ("note paid twice", .note("paid twice")), ("note", .note(nil)),
        ("refund R1-118", .refund("R1-118")), ("return", .refund(nil)),
        ("code save10", .discountCode("save10")),
        ("/walnut board", .find("walnut board")), ("find lamp", .find("lamp")),
        ("walnut board", .find("walnut board")),
    ]

    @Test(arguments: read)
    func isRead(_ line: String, _ entry: TillEntry) throws {
        #expect(try TillEntry(line, currency: .usd) == entry)
        #expect(try TillEntry("  \(line) ", currency: .usd) == entry, "blanks around it mean nothing")
    }

    @Test func anExemptionHasNumberAndReason() throws {
        let exemption = try TaxExemption(reason: "diplomatic mission", taxNumber: "CH-12")
        #expect(try TillEntry("exempt CH-12 diplomatic mission", currency: .usd) == .exempt(exemption))
    }

    @Test(arguments: ["", " ", "\t"])
    func nothingIsNothing(_ line: String) throws {
        #expect(try TillEntry(line, currency: .usd) == nil)
    }

    @Test(arguments: [
        "0*", "10000*", "x*", "101%", "-101%", "%", "=", "abc=", "1.234,5,6=", "1,250=", "20.001c",
        "exempt 12", "code", "find", "/", "customer new", "customer new Ada",
    ])
    func isRefusedWithAReason(_ line: String) {
        let problem = #expect(throws: TillEntry.Problem.self) {
            _ = try TillEntry(line, currency: .usd)
        }
        #expect(problem?.sentence.isEmpty == false)
    }

    /// Whatever is typed asks for one thing, or is refused: and never for a negative amount, an empty code or a
    /// quantity out of range.
    @Test func anythingIsReadOrRefused() {
        var random = SystemRandomNumberGenerator()
        let signs = Array("0123456789.,-*%=ckt/ pe\u{E9}\u{7DD1}")
        for _ in 0..<20_000 {
            let line = String(
                (0..<Int.random(in: 1...9, using: &random)).map { _ in
                    signs.randomElement(using: &random) ?? "0"
                })
            guard let entry = try? TillEntry(line, currency: .usd) else { continue }
            switch entry {
            case .quantity(let count): #expect(Quantity.range.contains(count), "\(line)")
            case .code(let code, let count):
                #expect(!code.isEmpty && Quantity.range.contains(count), "\(line)")
            case .price(let amount), .cash(let amount?), .card(let amount?), .other(let amount?),
                .giftCard(let amount?), .credit(let amount?), .sellGiftCard(let amount),
                .lineDiscount(.amount(let amount)), .saleDiscount(.amount(let amount)):
                #expect(!amount.isNegative, "\(line)")
            case .lineDiscount(.percent(let rate)), .saleDiscount(.percent(let rate)):
                #expect(rate.numerator <= rate.denominator, "\(line)")
            case .cash(nil), .card(nil), .other(nil), .discountCode, .park, .resume, .customer,
                .newCustomer, .training, .anyway, .note, .exempt, .find, .refund, .less, .drawer,
                .giftCard(nil), .credit(nil), .balance, .takeOut, .takeBack, .undo, .redo, .macro, .record:
                break
            case .more(let count): #expect(Quantity.range.contains(count), "\(line)")
            }
        }
    }
}
