import StoreDomain
import StorefrontCore
import TerminalKit

/// What a kiosk shows of coming and going.
extension Painter<AppState> {
    /// Asks over all else whether somebody is still there.
    mutating func stillThere(_ seconds: Int, in body: Rect) {
        frame.surface.cursor = nil
        _ = frame.surface.drawDialog(
            title: "Still there? \(seconds)\(glyphs.ellipsis)",
            body: ["Press any key to go on. Else all that is here is forgotten for the next visitor."],
            buttons: [], focus: 0, in: body, context: context.render)
    }

    /// One product, and how to begin: nothing of any visitor.
    mutating func invitation(in rect: Rect) {
        let width = min(60, rect.width - 4)
        let x = rect.x + (rect.width - width) / 2
        var y = rect.y + max(1, rect.height / 6)
        write(desk.policy.shopName, x, y, .headerAccent, width: width, align: .center)
        y += 3
        if let product = state.visit.shown {
            write(product.name, x, y, .textStrong, width: width, align: .center)
            write(product.price.displayText, x, y + 1, .text, width: width, align: .center)
            let room = Rect(x: x, y: y + 3, width: width, height: max(0, min(5, rect.maxY - 4 - (y + 3))))
            paragraph(product.description, in: room, .textMuted)
        }
        write("Press any key to begin", x, rect.maxY - 3, .textAccent, width: width, align: .center)
        if let invitation = desk.context.kiosk?.invitation {
            write("Come back with  \(invitation)", x, rect.maxY - 2, .textMuted, width: width, align: .center)
        }
    }
}
