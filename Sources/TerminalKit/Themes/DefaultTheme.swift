extension Theme {
    /// The theme that is always there: `themes/default.yaml` compiled in.
    public static let standard = Theme(
        name: "default",
        summary: "Quiet ink with amber and teal",
        styles: [
            "ui": .init(foreground: text, background: ink),
            "ui.text": .init(foreground: text),
            "ui.text.muted": .init(foreground: muted),
            "ui.text.strong": .init(foreground: bright, attributes: .bold),
            "ui.text.accent": .init(foreground: accent),
            "ui.heading": .init(foreground: accent, attributes: .bold),
            "ui.header": .init(foreground: bright, background: panel),
            "ui.header.accent": .init(foreground: accent, background: panel, attributes: .bold),
            "ui.footer": .init(foreground: muted, background: panel),
            "ui.footer.key": .init(foreground: accent, background: panel, attributes: .bold),
            "ui.status": .init(foreground: text, background: ink),
            "ui.border": .init(foreground: line),
            "ui.border.focus": .init(foreground: second),
            "ui.selection": .init(foreground: bright, background: selected, attributes: .bold),
            "ui.selection.mark": .init(foreground: accent),
            "ui.selection.inactive": .init(foreground: text, background: raised),
            "ui.field": .init(foreground: text, background: raised),
            "ui.field.focus": .init(foreground: bright, background: selected),
            "ui.field.focus.placeholder": .init(foreground: .rgb(0xb6, 0xbe, 0xc9), background: selected),
            "ui.field.placeholder": .init(foreground: muted, background: raised),
            "ui.field.error": .init(foreground: red, background: raised),
            "ui.button": .init(foreground: text, background: raised),
            "ui.button.focus": .init(foreground: ink, background: accent, attributes: .bold),
            "ui.match": .init(foreground: accent, attributes: [.bold, .underline]),
            "ui.scrollbar": .init(foreground: muted),
            "ui.dialog": .init(foreground: text, background: panel),
            "ui.dialog.border": .init(foreground: second, background: panel),
            "state.success": .init(foreground: green),
            "state.warning": .init(foreground: accent),
            "state.error": .init(foreground: red),
            "state.info": .init(foreground: second),
            "state.disabled": .init(foreground: muted, attributes: .dim),
            "shop.price": .init(foreground: bright),
            "shop.stock.ok": .init(foreground: green),
            "shop.stock.low": .init(foreground: accent),
            "shop.stock.out": .init(foreground: red),
            "shop.discount": .init(foreground: green),
            "shop.total": .init(foreground: bright, attributes: .bold),
            "chart.bar": .init(foreground: second),
            "chart.axis": .init(foreground: muted),
        ])

    private static let ink = Color.rgb(0x14, 0x17, 0x1c)
    private static let panel = Color.rgb(0x1c, 0x21, 0x29)
    private static let raised = Color.rgb(0x26, 0x2c, 0x36)
    private static let selected = Color.rgb(0x17, 0x50, 0x6e)
    private static let line = Color.rgb(0x4a, 0x54, 0x63)
    private static let muted = Color.rgb(0x9a, 0xa5, 0xb4)
    private static let text = Color.rgb(0xd3, 0xda, 0xe3)
    private static let bright = Color.rgb(0xf5, 0xf7, 0xfa)
    private static let accent = Color.rgb(0xf0, 0xb4, 0x5b)
    private static let second = Color.rgb(0x5c, 0xc8, 0xc0)
    private static let green = Color.rgb(0x8f, 0xd1, 0x7f)
    private static let red = Color.rgb(0xff, 0x8a, 0x80)
}
