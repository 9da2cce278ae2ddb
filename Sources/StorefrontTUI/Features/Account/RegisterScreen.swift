import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<RegisterState> {
    mutating func draw(in body: Rect) {
        let form = state
        let width = min(60, body.width - 4)
        let page = body.centered(Size(width: width, height: min(17, body.height)))
        write(
            form.heading, page.x, page.y,
            .textStrong, width: width)
        var y = page.y + (body.height >= 16 ? 2 : 1)
        let label = form.form.labelWidth
        for (index, field) in form.form.fields.enumerated() {
            y = formRow(
                field, page, y, label: label, isFocused: index == form.form.focus,
                isRevealed: form.form.isRevealed)
        }
        if form.isBusy {
            write(
                "\(form.setsPassword ? "Setting the password" : "Making the account")\(glyphs.ellipsis)",
                page.x + label, y, .info)
            return
        }
        if let error = form.error {
            y = paragraph(
                "\(glyphs.cross) \(error)",
                in: Rect(x: page.x + label, y: y, width: width - label, height: max(0, body.maxY - y)), .error
            )
        }
        for (rule, isMet) in form.form.rules where y < body.maxY {
            write(
                isMet ? glyphs.check : glyphs.bullet, page.x + label, y, isMet ? .success : .textMuted)
            write(rule.text, page.x + label + 2, y, isMet ? .text : .textMuted)
            y += 1
        }
        if let strength = form.strength, y < body.maxY {
            write("Strength", page.x, y, .textMuted)
            frame.surface.drawBar(
                value: strength.rawValue + 1, of: 4, in: Rect(x: page.x + label, y: y, width: 12, height: 1),
                style: style(strength >= .good ? .success : .warning), emptyStyle: style(.border))
            write(strength.word, page.x + label + 14, y, .text)
        }
    }
}

extension RegisterState {
    /// What the form is for.
    var heading: String {
        if makesAdmin { return "The first account: the shop's admin" }
        return setsPassword ? "Set a password for your account" : "Make an account"
    }
}
