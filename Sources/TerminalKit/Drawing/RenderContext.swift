/// What every view draws with: colours and marks.
public struct RenderContext: Sendable {
    public let theme: Theme
    /// The theme with all the colours that it names, however many the terminal shows.
    public let wholeTheme: Theme
    public let glyphs: GlyphSet
    /// How many the terminal shows.
    public let colors: ColorDepth

    /// - Parameter colors: how many the terminal shows; the theme is adapted to them.
    public init(theme: Theme, glyphs: GlyphSet, colors: ColorDepth = .direct) {
        self.theme = theme.adapted(to: colors)
        wholeTheme = theme
        self.glyphs = glyphs
        self.colors = colors
    }

    public func style(_ role: ThemeRole) -> Style { theme.style(role) }

    /// An empty surface in the theme's base style.
    public func surface(_ size: Size) -> Surface {
        Surface(size: size, style: theme.style(.ui), glyphs: glyphs)
    }
}
