import StorefrontCore

@testable import StorefrontTUI

/// Notes as sentences. In the program: `StorefrontTUI/Features/NotePad/NotePadLines.swift`.
extension Teller<NotePad> {
    var place: PlainPlace {
        PlainPlace(
            PlainSheet(
                title: state.notes.isEmpty ? "Notes. There are none." : "Notes.",
                lines: state.notes.enumerated().map { PlainLine($0.element, number: $0.offset + 1) }),
            prompt: state.field.map { .field("Note", value: $0.text, isSecret: false) })
    }
}
