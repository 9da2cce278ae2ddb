import StoreDomain
import StorefrontCore
import TerminalKit

/// State → screen. Pure: the same state, looks and size give the same cells.
public enum AppView {
    public static let minimumSize = Size(width: 40, height: 12)

    public static func render(_ state: AppState, size: Size, context: ViewContext) -> Frame {
        var edges = Painter(
            frame: Frame(size: size, context: context), state: state, desk: state.desk,
            isInFront: state.overlays.isEmpty, isTyping: state.focusedField != nil, context: context)
        guard size.width >= minimumSize.width, size.height >= minimumSize.height else {
            edges.tooSmall(size)
            return edges.frame
        }
        let areas = ScreenAreas(size)
        edges.header(in: areas.header)
        edges.frame = state.screen.drawn(in: areas.body, by: edges)
        edges.statusLine(in: areas.status)
        edges.footer(in: areas.footer)
        for overlay in state.overlays {
            edges.frame.scroller = nil
            edges.frame = overlay.drawn(in: areas.body, over: state.kind, by: edges)
        }
        return edges.frame
    }

    /// The window's name: shop, place and what the cart comes to.
    public static func title(_ state: AppState) -> String {
        let basket = state.desk.basket
        let total = basket.cart.isEmpty ? nil : basket.quote?.total.displayText
        return [state.desk.context.policy.shopName, state.screen.feature.title, total].compactMap { $0 }
            .joined(separator: " - ")
    }

    /// How the rows and columns of a size are used, for the model.
    public static func viewport(_ size: Size) -> Viewport {
        let body = ScreenAreas(size).body
        let shop = ShopAreas(body)
        return Viewport(
            width: size.width, height: size.height,
            shopRows: max(1, Surface.tableRows(in: shop.table)),
            orderRows: max(1, Surface.tableRows(in: ordersTableRect(in: body))),
            hasSideBar: shop.sideBar != nil)
    }
}

/// The four parts of every screen.
struct ScreenAreas {
    let header: Rect
    let body: Rect
    let status: Rect
    let footer: Rect

    init(_ size: Size) {
        let (header, rest) = Rect(size).splitTop(1)
        let (upper, footer) = rest.splitBottom(1)
        let (body, status) = upper.splitBottom(1)
        self.header = header
        self.body = body
        self.status = status
        self.footer = footer
    }
}

/// The edges of every screen.
extension Painter<AppState> {
    fileprivate mutating func tooSmall(_ size: Size) {
        let text = "needs \(AppView.minimumSize), has \(size)"
        let lines = TextWidth.wrap(text, width: max(1, size.width))
        for (row, line) in lines.enumerated() {
            write(
                line, 0, max(0, (size.height - lines.count) / 2) + row, .text, width: size.width,
                align: .center)
        }
    }

    // MARK: - Header

    fileprivate mutating func header(in rect: Rect) {
        frame.surface.fill(rect, style: style(.header))
        let right = headerRight(width: rect.width)
        let rightWidth = TextWidth.width(of: right)
        let x =
            1 + write(desk.context.policy.shopName, 1, rect.y, .headerAccent, width: min(24, rect.width / 3))
        let titles = state.way.map { " \(glyphs.breadcrumb) \($0.feature.title)" }
        let room = rect.maxX - rightWidth - 4 - x
        // The way here as far as it fits; where one is, always.
        let whole = titles.joined()
        write(
            TextWidth.width(of: whole) <= room ? whole : titles.last ?? "", x, rect.y, .header,
            width: max(0, room))
        write(right, rect.x, rect.y, .header, width: rect.width - 1, align: .right)
        let cart = cartText(rect.width)
        let width = TextWidth.width(of: cart)
        target(Rect(x: rect.maxX - 1 - width, y: rect.y, width: width, height: 1), .command(.openCart))
    }

    private func headerRight(width: Int) -> String {
        let separator = " \(glyphs.separator) "
        var parts: [String] = []
        if width >= 56 {
            let name =
                desk.user.map { TextWidth.truncate($0.name, to: 24, ellipsis: glyphs.ellipsis) } ?? "Guest"
            let role = desk.user.map { $0.role == .customer ? "" : " (\($0.role.name))" } ?? ""
            parts.append(name + role)
            parts.append(desk.context.storeLabel + (desk.context.isReadOnly ? ", read-only" : "") + health)
        } else if case .offline = desk.connection {
            parts.append("offline")
        } else if desk.context.isReadOnly {
            parts.append("read-only")
        }
        parts.append(cartText(width))
        return parts.joined(separator: separator)
    }

    private var health: String {
        guard desk.context.isRemote else { return "" }
        switch desk.connection {
        case .connected: return " connected"
        case .slow: return " slow"
        case .offline(let since): return " offline since \(zone.minuteText(since).suffix(5))"
        }
    }

    private func cartText(_ width: Int) -> String {
        let pieces = desk.basket.cart.pieces
        guard pieces > 0 else { return "Cart empty" }
        let words = width >= 100 ? " with tax" : ""
        let total = desk.basket.quote.map { " \(glyphs.separator) \($0.total.displayText)\(words)" } ?? ""
        return "Cart \(pieces)\(total)"
    }

    // MARK: - Status line

    fileprivate mutating func statusLine(in rect: Rect) {
        frame.surface.fill(rect, style: style(.status))
        if let work = state.slowWork {
            let frames = work.milliseconds / 100
            let seconds = work.milliseconds >= 1000 ? "  \(work.milliseconds / 1000) s" : ""
            frame.surface.drawSpinner(
                at: Point(x: 1, y: rect.y), frame: context.reducedMotion ? 0 : frames,
                label: work.title + glyphs.ellipsis + seconds, width: rect.width - 2, context: context.render)
        } else if let status = desk.status {
            let (mark, role): (String, ThemeRole) =
                switch status.kind {
                case .info: (glyphs.info, .info)
                case .success: (glyphs.check, .success)
                case .warning: (glyphs.warning, .warning)
                case .failure: (glyphs.cross, .error)
                }
            write(mark, 1, rect.y, role)
            write(status.text, 3, rect.y, role, width: rect.width - 4)
        }
        if let number = desk.number {
            write(number, rect.x, rect.y, .textAccent, width: rect.width - 1, align: .right)
        }
    }

    // MARK: - Footer

    fileprivate mutating func footer(in rect: Rect) {
        // Help is always in sight: what is particular gives way from its end, and quitting in a narrow
        // window.
        let general = hints(isInFront ? [Hint(.help), Hint(.quit)] : []).prefix(rect.width >= 60 ? 2 : 1)
        let width = general.reduce(1) { $0 + TextWidth.width(of: $1.1.key + $1.1.label) + 3 }
        let (left, right) = rect.splitRight(general.isEmpty ? 0 : width)
        draw(hints(particularHints), in: left)
        draw(Array(general), in: right)
    }

    /// After an error the key that helps comes first.
    private var particularHints: [Hint] {
        if let overlay = state.overlays.last { return overlay.hints }
        let feature = state.screen.feature
        return (feature.hasError(desk) ? [Hint(.retry, "try again")] : []) + feature.hints(desk)
    }

    private func hints(_ hints: [Hint]) -> [(Command, KeyHint)] {
        hints.compactMap { hint in
            guard state.availability(of: hint.command).isEnabled else { return nil }
            let key = keyName(hint.command)
            return key.isEmpty ? nil : (hint.command, KeyHint(key: key, label: hint.label))
        }
    }

    private mutating func draw(_ hints: [(Command, KeyHint)], in rect: Rect) {
        let places = frame.surface.drawKeyHints(hints.map(\.1), in: rect, context: context.render)
        for (place, hint) in zip(places, hints) { target(place, .command(hint.0)) }
    }
}
