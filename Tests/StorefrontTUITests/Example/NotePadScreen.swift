import StorefrontCore
import TerminalKit

@testable import StorefrontTUI

/// Notes as a picture. In the program: `StorefrontTUI/Features/NotePad/NotePadScreen.swift`.
extension Painter<NotePad> {
    mutating func draw(in body: Rect) {
        let selected = state.selectedRow(desk)
        for (row, note) in state.notes.enumerated().prefix(body.height - 1) {
            let line = Rect(x: body.x, y: body.y + row, width: body.width, height: 1)
            if row == selected { ground(line) }
            write(note, line.x + 2, line.y, width: line.width - 3)
            if row == selected { mark(line) }
            target(line, .row(row))
        }
        guard let field = state.field else { return }
        self.field(
            field, in: Rect(x: body.x, y: body.maxY - 1, width: body.width, height: 1),
            isFocused: isInFront, placeholder: "what to remember")
    }
}
