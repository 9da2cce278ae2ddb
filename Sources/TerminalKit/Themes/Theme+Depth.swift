extension Theme {
    /// The theme as it is shown with so many colours. What differs in the theme differs there as well: the
    /// selection from the page, a warning from an error and both from text, by colour where there is another
    /// one, else by attribute. Without colours every theme looks like `mono`.
    public func adapted(to depth: ColorDepth) -> Theme {
        switch depth {
        case .direct: self
        case .mono:
            Theme(
                name: name, summary: summary,
                styles: Dictionary(
                    uniqueKeysWithValues: Set(styles.keys).union(Theme.mono.styles.keys)
                        .map { ($0, Theme.mono.style(ThemeRole($0))) }))
        case .ansi8, .ansi16, .indexed256: ThemeAdapter(self, ColorQuantizer(depth: depth)).adapted()
        }
    }
}

private struct ThemeAdapter {
    /// How far apart two grounds are at least, where the theme has them so far apart.
    private static let leastStep = 1.25

    private var theme: Theme
    private let quantizer: ColorQuantizer

    init(_ theme: Theme, _ quantizer: ColorQuantizer) {
        self.theme = theme
        self.quantizer = quantizer
    }

    func adapted() -> Theme {
        var adapter = self
        adapter.separate(.selection, from: [.ui, .dialog, .header])
        adapter.separate(.fieldFocus, from: [.ui, .dialog, .field])
        adapter.separate(.buttonFocus, from: [.ui, .dialog, .button])
        adapter.underline(.field, .fieldPlaceholder, .fieldError, where: .field)
        adapter.underline(.selectionInactive, where: .selectionInactive)
        adapter.tellApart([.text, .error, .warning], on: [.ui, .dialog])
        adapter.tellApart(
            [.text, ThemeRole("shop.stock.out"), ThemeRole("shop.stock.low")], on: [.ui, .dialog])
        adapter.tellApart([.field, .fieldError], on: [.field])
        return adapter.theme
    }

    // MARK: - Grounds

    /// Moves the ground of a role to the nearest colour that stands out from others; all that has the same ground
    /// moves along.
    private mutating func separate(_ role: ThemeRole, from others: [ThemeRole]) {
        guard let ground = theme.style(role).background, ground.components != nil else { return }
        let beneath = others.compactMap { theme.style($0).background }.filter {
            $0 != ground && $0.components != nil
        }
        guard !stands(quantizer.ground(ground), out: ground, from: beneath) else { return }
        let better = quantizer.numbers(near: ground).first { number in
            quantizer.ground(.indexed(UInt8(number))) == number && stands(number, out: ground, from: beneath)
        }
        guard let better else { return }
        theme = theme.mapped { _, style in
            style.background == ground ? moved(style, to: better) : style
        }
    }

    /// A style on another ground, on which it is to be read as well as on its own.
    private func moved(_ style: Style, to ground: Int32) -> Style {
        var moved = style
        moved.background = .indexed(UInt8(ground))
        if let foreground = style.foreground, let old = style.background,
            let meant = foreground.contrast(with: old)
        {
            let least = min(meant, ColorQuantizer.leastContrast)
            let number = ([quantizer.number(foreground)] + quantizer.numbers(near: foreground)).first {
                quantizer.contrast($0, ground) >= least
            }
            if let number { moved.foreground = .indexed(UInt8(number)) }
        }
        return moved
    }

    private func stands(_ number: Int32, out ground: Color, from others: [Color]) -> Bool {
        others.allSatisfy { other in
            let meant = ground.contrast(with: other) ?? 1
            let shown = quantizer.ground(other)
            return number != shown
                && quantizer.contrast(number, shown) >= min(meant, Self.leastStep)
        }
    }

    private mutating func underline(_ roles: ThemeRole..., where role: ThemeRole) {
        let page = quantizer.ground(theme.style(.ui).background)
        let dialog = quantizer.ground(theme.style(.dialog).background)
        guard let ground = theme.style(role).background,
            [page, dialog].contains(quantizer.ground(ground))
        else { return }
        theme = theme.mapped { name, style in
            var style = style
            if roles.contains(ThemeRole(name)) { style.attributes.insert(.underline) }
            return style
        }
    }

    // MARK: - Text

    /// Gives each role after the first another look than those before it have, on every one of the grounds.
    private mutating func tellApart(_ roles: [ThemeRole], on grounds: [ThemeRole]) {
        let grounds = Set(grounds.compactMap { theme.style($0).background })
        guard !grounds.isEmpty else { return }
        var taken: [Style] = []
        for role in roles {
            let style = theme.style(role)
            let free = looks(like: style).first { look in
                grounds.allSatisfy { ground in
                    let shown = self.shown(look, on: ground)
                    return taken.allSatisfy { self.shown($0, on: ground) != shown }
                }
            }
            let chosen = free ?? style
            taken.append(chosen)
            if chosen != style {
                theme = theme.mapped { name, style in name == role.rawValue ? chosen : style }
            }
        }
    }

    /// A style, then others that mean the same, the best first.
    private func looks(like style: Style) -> [Style] {
        let colored = style.foreground.map { foreground in
            quantizer.numbers(near: foreground).map { number in
                var style = style
                style.foreground = .indexed(UInt8(number))
                return style
            }
        }
        let marked = [Attributes.underline, .reverse].map { attribute in
            var style = style
            style.attributes.insert(attribute)
            return style
        }
        return [style] + (colored ?? []).filter(keepsItsColor) + marked
    }

    /// A colour that the ground would change is no colour to tell things apart by.
    private func keepsItsColor(_ style: Style) -> Bool {
        [ThemeRole.ui, .dialog].compactMap { theme.style($0).background }.allSatisfy { ground in
            style.foreground.map { color in
                let number = quantizer.number(color)
                return quantizer.contrast(number, quantizer.ground(style.background ?? ground))
                    >= ColorQuantizer.leastContrast
            } ?? false
        }
    }

    private func shown(_ style: Style, on ground: Color) -> ShownStyle {
        quantizer.shown(Style(background: ground).merging(style))
    }
}

extension Theme {
    fileprivate func mapped(_ change: (String, Style) -> Style) -> Theme {
        Theme(
            name: name, summary: summary,
            styles: Dictionary(uniqueKeysWithValues: styles.map { ($0.key, change($0.key, $0.value)) }))
    }
}
