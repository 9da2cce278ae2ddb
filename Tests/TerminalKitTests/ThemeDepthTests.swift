import TerminalKit
import Testing

/// The colours of every theme as they come out, whatever a terminal has.
@Suite struct ThemeDepthTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let depth: ColorDepth
        var testDescription: String { "\(name) \(depth)" }

        static let all = ThemeTests.names.flatMap { name in
            [ColorDepth.ansi8, .ansi16, .indexed256, .direct].map { Case(name: name, depth: $0) }
        }

        func theme() throws -> Theme {
            try ThemeCatalog(directories: [ThemeTests.directory]).theme(named: name).adapted(to: depth)
        }
    }

    /// Lines that are not read.
    private static let decoration: Set<String> = [
        "ui.border", "ui.border.focus", "ui.dialog.border", "ui.scrollbar", "ui.selection.mark", "chart.bar",
        "chart.axis",
    ]

    /// Every role on its own ground, or on every ground that shows through it.
    @Test(arguments: Case.all) func allTextCanBeRead(_ one: Case) throws {
        let theme = try one.theme()
        let quantizer = ColorQuantizer(depth: one.depth)
        for (role, style) in theme.styles where !Self.decoration.contains(role) {
            guard let foreground = style.foreground, foreground != .terminal else { continue }
            let grounds =
                style.background.map { [$0] }
                ?? [ThemeRole.ui, .dialog].compactMap { theme.style($0).background }
            for ground in grounds where ground != .terminal {
                let shown = quantizer.shown(Style(background: ground).merging(style))
                let contrast = quantizer.contrast(shown.foreground, shown.background)
                #expect(contrast >= 4.5, "\(role) \(shown) has \(contrast)")
                guard shown.attributes.contains(.bold), let bright = quantizer.brightened(shown.foreground)
                else { continue }
                let bold = quantizer.contrast(bright, shown.background)
                #expect(bold >= 4.5, "\(role) \(shown) in bold has \(bold)")
            }
        }
    }

    /// Whatever is laid over whatever: nothing is harder to read than the theme means it to be.
    @Test(arguments: Case.all) func nothingIsLostOnAnyGround(_ one: Case) throws {
        let theme = try one.theme()
        let quantizer = ColorQuantizer(depth: one.depth)
        let grounds = Set(theme.styles.values.compactMap(\.background))
        for (role, style) in theme.styles {
            for ground in grounds {
                guard let foreground = style.foreground, let meant = foreground.contrast(with: ground) else {
                    continue
                }
                let shown = quantizer.shown(Style(foreground: foreground, background: ground))
                let contrast = quantizer.contrast(shown.foreground, shown.background)
                // Direct colours give up a shade of green, which would mean the palette.
                #expect(contrast >= min(4.5, meant) - 0.02, "\(role) on \(ground): \(shown) has \(contrast)")
            }
        }
    }

    @Test(arguments: Case.all + ThemeTests.names.map { Case(name: $0, depth: .mono) })
    func whatMeansSomethingElseLooksDifferent(_ one: Case) throws {
        let theme = try one.theme()
        let quantizer = ColorQuantizer(depth: one.depth)
        func shown(_ role: ThemeRole, on ground: ThemeRole) -> ShownStyle {
            quantizer.shown(theme.style(ground).merging(theme.style(role)))
        }
        for ground in [ThemeRole.ui, .dialog] {
            let states: [ThemeRole] = [.text, .warning, .error]
            #expect(Set(states.map { shown($0, on: ground) }).count == 3, "states on \(ground.rawValue)")
            let stock: [ThemeRole] = [.text, ThemeRole("shop.stock.low"), ThemeRole("shop.stock.out")]
            #expect(Set(stock.map { shown($0, on: ground) }).count == 3, "stock on \(ground.rawValue)")
            for role in [ThemeRole.selection, .selectionInactive, .field, .fieldFocus, .buttonFocus] {
                #expect(shown(role, on: ground) != shown(.text, on: ground), "\(role) on \(ground)")
            }
            // A selected row is seen by its ground alone; without colours, by reverse.
            let (selection, text) = (shown(.selection, on: ground), shown(.text, on: ground))
            let stands =
                selection.attributes.contains(.reverse) != text.attributes.contains(.reverse)
                || quantizer.contrast(selection.background, text.background) >= 1.15
            #expect(stands, "selection \(selection) on \(ground.rawValue) \(text)")
        }
        #expect(shown(.field, on: .ui) != shown(.fieldFocus, on: .ui))
        #expect(shown(.fieldError, on: .ui) != shown(.field, on: .ui))
        #expect(shown(.button, on: .ui) != shown(.buttonFocus, on: .ui))
    }

    /// As an xterm with TERM=xterm shows the light theme: not yellow on grey.
    @Test func theLightThemeWithEightColors() throws {
        let theme = try Case(name: "light", depth: .ansi8).theme()
        let shown = ColorQuantizer(depth: .ansi8).shown(
            theme.style(.footer).merging(theme.style(.footerKey)))
        #expect(shown.background == 7 && ![2, 3, 6].contains(shown.foreground))
    }
}
