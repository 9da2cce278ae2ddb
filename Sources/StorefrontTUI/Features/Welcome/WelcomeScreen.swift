import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<WelcomeState> {
    mutating func draw(in body: Rect) {
        let width = min(66, body.width - 4)
        let page = body.centered(Size(width: width, height: min(20, body.height)))
        write("Welcome to \(desk.context.policy.shopName)", page.x, page.y, .textStrong, width: width)
        var y = paragraph(
            WelcomeState.opening(desk),
            in: Rect(x: page.x, y: page.y + 1, width: width, height: 2), .textMuted)
        y += 1
        if let progress = state.progress {
            write(
                "Making demo data\(glyphs.ellipsis) \(progress.done.grouped) of \(progress.total.counted("product"))",
                page.x, y, .text, width: width)
            frame.surface.drawBar(
                value: progress.done, of: max(1, progress.total),
                in: Rect(x: page.x, y: y + 1, width: width, height: 1), style: style(.chartBar),
                emptyStyle: style(.border))
            return
        }
        // A small window has room for the choices alone.
        let isTight = body.height < 20
        for (index, choice) in WelcomeState.choices(desk).enumerated() {
            let isChosen = choice == state.selection(desk)
            let row = Rect(x: page.x, y: y, width: width, height: isTight ? 1 : 2)
            if isChosen {
                ground(row)
                frame.surface.cursor = Point(x: row.x + 2, y: y)
            }
            write(choice.title, row.x + 2, y, isChosen ? .textStrong : .text, width: width - 3)
            if !isTight { write(choice.explanation(desk), row.x + 2, y + 1, .textMuted, width: width - 3) }
            if isChosen { mark(row) }
            target(row, .row(index))
            y += isTight ? 1 : 3
        }
        y += isTight ? 1 : 0
        if let error = state.error {
            paragraph(
                "\(glyphs.cross) \(error.message)", in: Rect(x: page.x, y: y, width: width, height: 2), .error
            )
        }
    }
}

extension WelcomeState.Choice {
    var title: String {
        switch self {
        case .makeAdmin: "Make the first admin account"
        case .loadDemoData: "Load the demo shop"
        case .chooseCountry: "Choose the country"
        case .connect: "Connect to a server"
        case .lookAround: "Look around first"
        }
    }

    func explanation(_ desk: Desk) -> String {
        switch self {
        case .makeAdmin: "For a real shop: your own products, your own people."
        case .loadDemoData: "240 products, 90 days of orders and three accounts to try."
        case .chooseCountry:
            "Currency, taxes and rounding of cash: \(desk.policy.currency.code) so far. All can be changed."
        case .connect: "The shop that a server has, on these same screens."
        case .lookAround:
            desk.context.hasProducts
                ? "The shop as its guests see it." : "The shop is empty until products are imported or added."
        }
    }
}
