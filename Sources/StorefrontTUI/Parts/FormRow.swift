import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter {
    /// A label and its field, what is wrong below; returns the row for the next one.
    mutating func formRow(
        _ field: Form.Field, _ page: Rect, _ y: Int, isFocused: Bool, isRevealed: Bool
    ) -> Int {
        write(field.label, page.x, y, isFocused ? .textStrong : .text, width: 11)
        let place = Rect(x: page.x + 12, y: y, width: page.width - 12, height: 1)
        self.field(
            field.input, in: place, isFocused: isFocused && isInFront, placeholder: field.placeholder,
            isSecret: field.input.isSecret && !isRevealed, isWrong: field.problem != nil)
        if let problem = field.problem {
            write("\(glyphs.cross) \(problem)", place.x, y + 1, .error, width: place.width)
        }
        return y + 2
    }
}
