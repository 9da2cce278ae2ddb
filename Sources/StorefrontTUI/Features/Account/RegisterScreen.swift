import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<RegisterState> {
    mutating func draw(in body: Rect) {
        let form = state
        let width = min(60, body.width - 4)
        let page = body.centered(Size(width: width, height: min(17, body.height)))
        write(
            form.makesAdmin ? "The first account: the shop's admin" : "Make an account", page.x, page.y,
            .textStrong, width: width)
        var y = page.y + (body.height >= 16 ? 2 : 1)
        for (index, field) in form.form.fields.enumerated() {
            y = formRow(
                field, page, y, isFocused: index == form.form.focus, isRevealed: form.form.isRevealed)
        }
        if form.isBusy {
            write("Making the account\(glyphs.ellipsis)", page.x + 12, y, .info)
            return
        }
        if let error = form.error {
            write("\(glyphs.cross) \(error)", page.x + 12, y, .error, width: width - 12)
            y += 1
        }
        for (rule, isMet) in form.form.rules where y < body.maxY {
            write(
                isMet ? glyphs.check : glyphs.bullet, page.x + 12, y, isMet ? .success : .textMuted)
            write(rule.text, page.x + 14, y, isMet ? .text : .textMuted)
            y += 1
        }
        if let strength = form.strength, y < body.maxY {
            write("Strength", page.x, y, .textMuted)
            frame.surface.drawBar(
                value: strength.rawValue + 1, of: 4, in: Rect(x: page.x + 12, y: y, width: 12, height: 1),
                style: style(strength >= .good ? .success : .warning), emptyStyle: style(.border))
            write(strength.word, page.x + 26, y, .text)
        }
    }
}
