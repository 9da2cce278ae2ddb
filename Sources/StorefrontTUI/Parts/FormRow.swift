import StoreDomain
import StorefrontCore
import TerminalKit

extension Form {
    /// Cells for the labels and the blank behind them, so that the fields stand below each other.
    var labelWidth: Int { max(12, (fields.map { TextWidth.width(of: $0.label) }.max() ?? 0) + 1) }
}

extension Painter {
    /// A label and its field, what is wrong below; returns the row for the next one.
    ///
    /// - Parameter label: cells for the label.
    mutating func formRow(
        _ field: Form.Field, _ page: Rect, _ y: Int, label: Int, isFocused: Bool, isRevealed: Bool
    ) -> Int {
        write(field.label, page.x, y, isFocused ? .textStrong : .text, width: label - 1)
        let place = Rect(x: page.x + label, y: y, width: page.width - label, height: 1)
        self.field(
            field.input, in: place, isFocused: isFocused && isInFront, placeholder: field.placeholder,
            isSecret: field.input.isSecret && !isRevealed, isWrong: field.problem != nil)
        if let problem = field.problem {
            write("\(glyphs.cross) \(problem)", place.x, y + 1, .error, width: place.width)
        }
        return y + 2
    }
}
