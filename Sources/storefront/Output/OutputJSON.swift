import StoreDomain

/// A JSON value that is written exactly as it is put together: money never passes through a Double, keys keep
/// their order.
enum OutputJSON: Sendable {
    case string(String)
    /// Decimal digits, written as they are.
    case number(String)
    case bool(Bool)
    case null
    case array([OutputJSON])
    case object([(String, OutputJSON)])

    static func int(_ value: some BinaryInteger) -> OutputJSON { .number("\(value)") }
    static func money(_ money: Money) -> OutputJSON { .number(money.decimalText) }
    static func time(_ time: Timestamp) -> OutputJSON { .string(time.rfc3339) }
    static func text(_ text: String?) -> OutputJSON { text.map(OutputJSON.string) ?? .null }

    /// On one line.
    var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .string(let string): OutputJSON.write(string, to: &text)
        case .number(let digits): text += digits
        case .bool(let value): text += value ? "true" : "false"
        case .null: text += "null"
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                OutputJSON.write(member.0, to: &text)
                text += ":"
                member.1.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

/// What the API calls things is what `--json` calls them.
extension OutputJSON {
    static func product(_ product: Product) -> OutputJSON {
        .object([
            ("id", .int(product.id)), ("name", .string(product.name)),
            ("description", .string(product.description)), ("price", .money(product.price)),
            ("stock", .int(product.stock.number)), ("tracks_stock", .bool(product.stock.isTracked)),
            ("tax_class", .text(product.taxClass)), ("category", .text(product.category)),
            ("sku", .text(product.sku)),
            ("barcode", .text(product.barcode)), ("created_at", .time(product.createdAt)),
            ("updated_at", .time(product.updatedAt)),
        ])
    }

    /// The same with what only who keeps the shop needs: whether it is sold, and the version of what is seen.
    static func productRecord(_ product: Product) -> OutputJSON {
        guard case .object(let members) = OutputJSON.product(product) else { return .null }
        return .object(
            members + [
                ("is_archived", .bool(product.isArchived)),
                ("version", .string(product.version.description)),
            ])
    }

    static func user(_ user: User) -> OutputJSON { .object(members(of: user)) }

    static func account(_ account: KnownAccount) -> OutputJSON {
        .object(
            members(of: account.user) + [
                ("last_seen_at", account.lastSeenAt.map(OutputJSON.time) ?? .null)
            ])
    }

    private static func members(of user: User) -> [(String, OutputJSON)] {
        [
            ("id", .int(user.id)), ("email", .string(user.email)), ("name", .string(user.name)),
            ("role", .string(user.role.name)), ("created_at", .time(user.createdAt)),
            ("updated_at", .time(user.updatedAt)),
        ]
    }

    static func order(_ order: Order) -> OutputJSON {
        .object([
            ("id", .int(order.id)), ("user_id", order.userID.map { .int($0) } ?? .null),
            ("status", .string(order.status.rawValue)),
            ("subtotal", .money(order.subtotal)), ("tax", .money(order.tax)),
            ("discount_amount", .money(order.discount)), ("total", .money(order.total)),
            ("discount_code", .text(order.discountCode)), ("created_at", .time(order.createdAt)),
            ("updated_at", .time(order.updatedAt)), ("items", .array(order.items.map(item))),
            ("operator_id", order.operatorID.map { .int($0) } ?? .null), ("till", .text(order.till)),
            ("number", .text(order.number?.text)), ("rounding", .money(order.rounding)),
            ("refunded", .money(order.refunded)), ("payments", .array(order.payments.map(payment))),
            ("journal_mark", .text(order.journalMark)),
            ("goods_back", order.goodsBack.map(goodsBack) ?? .null), ("settled", .money(order.settled)),
            (
                "gift_cards",
                .array(
                    order.giftCards.map { card in
                        .object([
                            ("id", .int(card.id)), ("last_four", .string(card.lastFour)),
                            ("amount", .money(card.amount)), ("returned", .money(card.returned)),
                            ("balance", .money(card.balance)),
                        ])
                    })
            ),
        ])
    }

    private static func item(_ item: OrderItem) -> OutputJSON {
        .object([
            ("id", .int(item.id)), ("order_id", .int(item.orderID)), ("product_id", .int(item.productID)),
            ("product_name", .string(item.productName)), ("sku", .text(item.sku)),
            ("quantity", .int(item.quantity)), ("unit_price", .money(item.unitPrice)),
            ("total_price", .money(item.total)),
            ("discount", .money(item.lineDiscount + item.orderDiscount)), ("tax", .money(item.tax)),
            ("returned", .int(item.returned)),
        ])
    }

    private static func payment(_ payment: Payment) -> OutputJSON {
        .object([
            ("method", .string(payment.method.id)), ("amount", .money(payment.amount)),
            ("tendered", payment.tendered.map(money) ?? .null),
            ("change", payment.change.map(money) ?? .null), ("approval_code", .text(payment.approvalCode)),
            ("paid_at", .time(payment.paidAt)),
            ("moved_from", payment.movedFrom.map { .int($0) } ?? .null),
        ])
    }

    private static func goodsBack(_ back: GoodsBack) -> OutputJSON {
        .object([
            ("refund_id", .int(back.refundID)), ("order_id", .int(back.orderID)),
            ("number", .text(back.number?.text)), ("reason", .string(back.reason)),
            (
                "lines",
                .array(
                    back.lines.map { line in
                        .object([
                            ("name", .string(line.name)), ("quantity", .int(line.quantity)),
                            ("amount", .money(line.amount)), ("tax", .money(line.tax)),
                            ("restocks", .bool(line.restocks)),
                        ])
                    })
            ), ("given", .money(back.given)),
            ("handed_out", .array(back.handedOut.map(refundTender))),
        ])
    }

    static func discount(_ discount: Discount) -> OutputJSON {
        let kind: [(String, OutputJSON)] =
            switch discount.kind {
            case .percent(let rate): [("kind", .string("percent")), ("percent", .number(rate.percentDigits))]
            case .fixed(let amount): [("kind", .string("fixed")), ("amount", .money(amount))]
            }
        return .object(
            [("code", .string(discount.code))] + kind + [
                ("valid_from", discount.validFrom.map(time) ?? .null),
                ("valid_until", discount.validUntil.map(time) ?? .null),
                ("minimum_subtotal", discount.minimumSubtotal.map(money) ?? .null),
                ("usage_limit", discount.usageLimit.map { .int($0) } ?? .null),
                ("times_used", .int(discount.timesUsed)), ("active", .bool(discount.isActive)),
            ])
    }
}
