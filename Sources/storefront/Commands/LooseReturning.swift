import ProgramKit
import StoreDomain
import StorefrontCore
import StoreWire

/// What `return --without-receipt` does.
struct LooseReturning {
    let lines: [String]
    let losses: [String]
    let reason: String?
    let name: String?
    let customer: String?
    let method: String?
    let approval: String?
    let isCheck: Bool
    let json: Bool

    func run(_ context: ShopContext, as who: Principal, till: String) async throws {
        let returns = try context.counter().looseReturns
        var goods: [LooseReturnDraft.Line] = []
        for text in lines { goods.append(try await line(text, context)) }
        let figures = try await returns.figures(goods, as: who)
        guard !isCheck else {
            guard !json else { return Console.write(WireText.line(figures)) }
            Self.print(figures.lines)
            return Console.line("It is worth \(figures.amount.displayText)")
        }
        var customerID: Int64?
        if let customer {
            customerID = try await context.counter().till.customer(email: customer, as: who).id
        }
        let ids = SystemIDs()
        let draft = try LooseReturnDraft(
            till: till, lines: goods, reason: reason ?? "", name: name ?? "", customerID: customerID,
            methodID: method, code: customerID == nil && method == nil ? ids.giftCardCode() : nil,
            approvalCode: approval)
        let taken = try await returns.take(draft, key: ids.idempotencyKey(), as: who)
        guard !json else { return Console.write(WireText.line(taken)) }
        Console.write(
            FieldList.text([
                ("return", taken.number.text), ("at", context.zone.minuteText(taken.at)),
                ("till", taken.till),
                ("name", taken.name), ("reason", taken.reason),
            ]) + "\n")
        Self.print(taken.lines)
        Console.write(FieldList.text(Self.money(taken)))
    }

    /// A product by its code, with how many.
    private func line(_ text: String, _ context: ShopContext) async throws -> LooseReturnDraft.Line {
        let mark = text.lastIndex(of: "=")
        let code = mark.map { String(text[..<$0]) } ?? text
        guard let count = mark.map({ Int(text[text.index(after: $0)...]) }) ?? 1, count > 0 else {
            throw CommandFailure("--line takes a SKU and how many, as in CS-100=2, not \(text)")
        }
        let product = try await context.services.catalog.product(code: code)
        return LooseReturnDraft.Line(
            productID: product.id, quantity: count,
            restocks: !losses.contains { $0.lowercased() == code.lowercased() })
    }

    private static func print(_ lines: [LooseReturn.Line]) {
        var table = TextTable([
            .init("Product"), .init("SKU"), .init("Back", .right), .init("Each", .right), .init("Goes"),
            .init("Amount", .right),
        ])
        Console.write(
            table.lines(
                lines.map { line in
                    [
                        line.name, line.sku ?? "", line.quantity.grouped, line.unitPrice.displayText,
                        line.restocks ? "shelf" : "loss", line.amount.displayText,
                    ]
                }) + "\n")
    }

    private static func money(_ taken: LooseReturn) -> [(String, String)] {
        taken.tenders.map { ($0.method.name, $0.amount.displayText) }
            + (taken.card.map { [("on", "\($0.title), now \($0.balance.displayText)")] } ?? [])
            + (taken.code.map { [("code", $0.printed)] } ?? [])
    }
}
