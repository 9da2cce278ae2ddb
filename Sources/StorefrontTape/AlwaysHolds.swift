import StoreDomain
import StorefrontCore
import TerminalKit

/// What holds after every step, whether or not anybody wrote it down.
enum AlwaysHolds {
    typealias Problem = (sentence: String, problem: String)

    /// What does not, with what is instead.
    ///
    /// - Parameter render: what the picture was drawn with.
    static func problems(of state: AppState, on surface: Surface, size: Size, in render: RenderContext)
        -> [Problem]
    {
        var problems: [Problem] = []
        for command in Command.allCases {
            guard case .disabled(let reason) = state.availability(of: command) else { continue }
            if !isSentence(reason) {
                problems.append(("a command that is refused says why", "\(command): \"\(reason)\""))
            }
        }
        if surface.size != size {
            problems.append(("a picture is as big as the screen", "it is \(surface.size) on \(size)"))
        }
        if let cursor = surface.cursor, !surface.bounds.contains(cursor) {
            problems.append(("the cursor is on the screen", "it is at \(cursor.x),\(cursor.y)"))
        }
        problems += cellProblems(of: surface)
        problems += colorProblems(of: surface, in: render)
        if let secret = shownSecret(of: state, on: surface) {
            problems.append(("no secret is shown", "\(secret) stands on \(state.kind)"))
        }
        return problems + moneyProblems(of: state.desk.basket)
    }

    private static func isSentence(_ reason: String) -> Bool {
        guard let first = reason.first else { return false }
        return reason.contains(" ") && !first.isLowercase && !reason.contains("\n")
    }

    // MARK: - Cells

    private static func cellProblems(of surface: Surface) -> [Problem] {
        var problems: [Problem] = []
        for y in 0..<surface.size.height {
            let row = Array(surface.row(y))
            let cut = row.indices.first { x in
                switch row[x].width {
                case 2: x + 1 >= row.count || row[x + 1].width != 0
                case 0: x == 0 || row[x - 1].width != 2
                default: false
                }
            }
            if let cut {
                problems.append(("no sign is cut in half", "row \(y + 1) has half a sign at \(cut + 1)"))
            }
            let hasControl = row.contains { cell in
                cell.glyph.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
            }
            if hasControl { problems.append(("no control character is shown", "row \(y + 1) has one")) }
        }
        return problems
    }

    // MARK: - Colours

    /// Of text that is to be read, as it comes out on the terminal; lines and marks around it are not read.
    private static func colorProblems(of surface: Surface, in render: RenderContext) -> [Problem] {
        guard render.colors > .mono else { return [] }
        let quantizer = ColorQuantizer(depth: render.colors)
        var problems: [Problem] = []
        let (warning, error) = (render.style(.warning), render.style(.error))
        let page = render.style(.ui)
        if quantizer.shown(page.merging(warning)) == quantizer.shown(page.merging(error)) {
            problems.append(("a warning does not look like an error", "it does in \(render.theme.name)"))
        }
        var known: [Style: Double?] = [:]
        for y in 0..<surface.size.height {
            for (x, cell) in surface.row(y).enumerated() where cell.content.scalar.properties.isAlphabetic {
                let contrast = known[cell.style] ?? contrast(of: cell.style, quantizer)
                known[cell.style] = .some(contrast)
                guard let contrast, contrast < ColorQuantizer.leastContrast - 0.02 else { continue }
                problems.append(
                    (
                        "what is to be read stands out",
                        "\"\(cell.glyph)\" at \(x + 1) in row \(y + 1) has \(Int(contrast * 10)) tenths "
                            + "in \(render.theme.name)"
                    ))
                return problems
            }
        }
        return problems
    }

    /// nil with colours of the terminal's own.
    private static func contrast(of style: Style, _ quantizer: ColorQuantizer) -> Double? {
        guard let foreground = style.foreground, let background = style.background,
            foreground.contrast(with: background) != nil
        else { return nil }
        let shown = quantizer.shown(style)
        guard shown.foreground >= 0, shown.background >= 0 else { return nil }
        return quantizer.contrast(shown.foreground, shown.background)
    }

    // MARK: - Secrets

    /// What is seen that must not be; nil where nothing is.
    private static func shownSecret(of state: AppState, on surface: Surface) -> String? {
        guard case .user(let session) = state.desk.principal, let token = session.token?.revealed,
            !token.isEmpty, surface.text.contains(token)
        else { return nil }
        return "the token of the session"
    }

    // MARK: - Money

    /// What was paid of the shop's latest orders: never more than they come to, and never the same twice.
    static func problems(inShop services: StoreServices) async -> [Problem] {
        do throws(StoreError) {
            let page = try await services.orders.orders(
                OrderQuery(everybody: true, perPage: latestOrders), as: .operatorOfStore)
            return page.orders.compactMap { order in
                let paid = order.payments.reduce(Int64(0)) { $0 + $1.amount.minorUnits }
                let due = order.total.minorUnits + order.rounding.minorUnits
                guard !order.payments.isEmpty, paid != due else { return nil }
                return (
                    "each order is paid once",
                    "order \(order.id) of \(order.total.decimalText) has "
                        + order.payments.map(\.amount.decimalText).joined(separator: " and ")
                )
            }
        } catch {
            return [("the shop can be asked for its orders", error.message)]
        }
    }

    private static let latestOrders = 50

    private static func moneyProblems(of basket: Basket) -> [Problem] {
        var problems: [Problem] = []
        if let line = basket.cart.lines.first(where: { $0.quantity < 1 }) {
            problems.append(("a cart has pieces on each line", "\(line.name) has \(line.quantity)"))
        }
        guard let quote = basket.quote else { return problems }
        let net = quote.subtotal - quote.discount
        // Tax may be in the prices, and cash may be rounded when it is paid, not here.
        if quote.total != net, quote.total != net + quote.tax {
            problems.append(
                (
                    "money sums up",
                    "\(quote.subtotal.decimalText) - \(quote.discount.decimalText), tax "
                        + "\(quote.tax.decimalText), is \(quote.total.decimalText)"
                ))
        }
        let lines = quote.steps.isEmpty ? nil : quote.lines.map(\.quantity).min()
        if let lines, lines < 1 { problems.append(("what is priced has pieces", "a line has \(lines)")) }
        return problems
    }
}
