import StoreDomain
import StorefrontCore
import TerminalKit

/// State → screen. Pure: the same state, looks and size give the same cells.
public enum AppView {
    public static let minimumSize = Size(width: 40, height: 12)

    public static func render(_ state: AppState, size: Size, context: ViewContext) -> Frame {
        var edges = Painter(
            frame: Frame(size: size, context: context), state: state, desk: state.desk,
            isInFront: state.overlays.isEmpty, isTyping: state.takesText, context: context)
        guard size.width >= minimumSize.width, size.height >= minimumSize.height else {
            edges.tooSmall(size)
            return edges.frame
        }
        if case .away = state.visit.presence {
            edges.invitation(in: Rect(size))
            return edges.frame
        }
        let areas = ScreenAreas(size)
        edges.header(in: areas.header)
        // Who stands before a locked screen sees nothing of the sale.
        if !state.isLocked { state.screen.draw(in: areas.body, by: &edges) }
        edges.statusLine(in: areas.status)
        edges.footer(in: areas.footer)
        for overlay in state.isLocked ? state.overlays.suffix(1) : state.overlays {
            edges.frame.scroller = nil
            overlay.draw(in: areas.body, by: &edges)
        }
        if case .asked(let seconds) = state.visit.presence { edges.stillThere(seconds, in: areas.body) }
        return edges.frame
    }

    /// Where what lies over the screen is; nil where nothing does.
    public static func dialog(of state: AppState, size: Size, context: ViewContext) -> Rect? {
        guard let overlay = state.overlays.last, size.width >= minimumSize.width,
            size.height >= minimumSize.height
        else { return nil }
        var empty = Painter(
            frame: Frame(size: size, context: context), state: state, desk: state.desk, isInFront: false,
            isTyping: state.takesText, context: context)
        overlay.draw(in: ScreenAreas(size).body, by: &empty)
        let surface = empty.frame.surface
        // Its border goes around all of it.
        var (left, top, right, bottom) = (size.width, size.height, 0, 0)
        for y in 0..<size.height {
            for (x, cell) in surface.row(y).enumerated() where cell.glyph != " " {
                (left, top) = (min(left, x), min(top, y))
                (right, bottom) = (max(right, x + 1), max(bottom, y + 1))
            }
        }
        return left < right ? Rect(x: left, y: top, width: right - left, height: bottom - top) : nil
    }

    /// The window's name: shop, place and what the cart comes to.
    public static func title(_ state: AppState) -> String {
        if state.isLocked { return "\(state.desk.context.policy.shopName) - locked" }
        let basket = state.desk.basket
        let total = basket.cart.isEmpty ? nil : basket.quote?.total.displayText
        let training = basket.cart.terms.isTraining ? "TRAINING" : nil
        return [training, state.desk.context.policy.shopName, state.screen.feature.title, total].compactMap {
            $0
        }
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
        let name = write(
            desk.context.policy.shopName, 1, rect.y, .headerAccent, width: min(24, rect.width / 3))
        target(Rect(x: 1, y: rect.y, width: name, height: 1), .command(.openShop))
        var x = 1 + name
        if desk.basket.cart.terms.isTraining {
            x +=
                frame.surface.write(
                    " TRAINING ", at: Point(x: x + 1, y: rect.y), style: trainingStyle, width: 10) + 1
        }
        // Who and where give way to the place one is at.
        let place = TextWidth.width(of: " \(glyphs.breadcrumb) \(state.screen.feature.title)")
        let choices = headerRights(width: rect.width)
        let right =
            choices.first { rect.maxX - TextWidth.width(of: $0) - 4 - x >= place } ?? choices.last ?? ""
        let rightWidth = TextWidth.width(of: right)
        // The way there may name an order or a product.
        if !state.isLocked {
            crumbs(in: Rect(x: x, y: rect.y, width: max(0, rect.maxX - rightWidth - 4 - x), height: 1))
        }
        write(right, rect.x, rect.y, .header, width: rect.width - 1, align: .right)
        let cart = cartText(rect.width)
        let width = TextWidth.width(of: cart)
        target(Rect(x: rect.maxX - 1 - width, y: rect.y, width: width, height: 1), .command(.openCart))
    }

    /// The header's colours the other way round.
    private var trainingStyle: Style {
        var style = style(.header)
        style.attributes.formSymmetricDifference(.reverse)
        style.attributes.insert(.bold)
        return style
    }

    /// The way here as far as it fits, its start left out with a mark; where one is, always. A click on a place goes
    /// back to it.
    private mutating func crumbs(in rect: Rect) {
        let titles = state.way.map { " \(glyphs.breadcrumb) \($0.feature.title)" }
        let widths = titles.map { TextWidth.width(of: $0) }
        // Where there is no room for a step of its own, the mark stands for it.
        let (step, mark) = (" \(glyphs.breadcrumb) \(glyphs.ellipsis)", " \(glyphs.ellipsis)")
        let last = titles.count - 1
        let first =
            titles.indices.first { index in
                widths[index...].reduce(0, +) + (index > 0 ? TextWidth.width(of: step) : 0) <= rect.width
            } ?? last
        var x = rect.x
        if first > 0 {
            let isRoomy = TextWidth.width(of: step) + widths[first...].reduce(0, +) <= rect.width
            let start = x
            x += write(isRoomy ? step : mark, x, rect.y, .header, width: rect.maxX - x)
            target(Rect(x: start, y: rect.y, width: x - start, height: 1), .place(first - 1))
            if !isRoomy {
                write(
                    " " + state.way[last].feature.title, x, rect.y, .header, width: max(0, rect.maxX - x))
                return
            }
        }
        for index in first...last {
            let width = write(titles[index], x, rect.y, .header, width: max(0, rect.maxX - x))
            if index < last {
                target(Rect(x: x, y: rect.y, width: width, height: 1), .place(index))
            }
            x += width
        }
    }

    /// What stands at the right, the longest first.
    private func headerRights(width: Int) -> [String] {
        let cart = cartText(width)
        let isOffline = if case .offline = desk.connection { true } else { false }
        let recording = [recording, fault].compactMap { $0 }
        let least =
            recording + (isOffline ? ["offline"] : desk.context.isReadOnly ? ["read-only"] : []) + [cart]
        guard width >= 56 else { return [joined(least)] }
        let user = desk.user.map { user in
            TextWidth.truncate(user.name, to: 24, ellipsis: glyphs.ellipsis)
                + (user.role == .customer ? "" : " (\(user.role.name))")
        }
        let who = user ?? "Guest"
        let store = desk.context.storeLabel + (desk.context.isReadOnly ? ", read-only" : "") + health
        let isTold = desk.context.isRemote || desk.context.isReadOnly
        return [
            joined(recording + [who, store, cart]), joined(recording + [isTold ? store : who, cart]),
            joined(least),
        ]
    }

    /// Says for as long as the session is recorded that it is: nobody is recorded unseen.
    private var recording: String? {
        switch context.recording {
        case .counted(let count):
            let checks = count.checks > 0 ? " \(glyphs.check)\(count.checks)" : ""
            return "\(glyphs.bullet) rec \(count.steps)\(checks)"
        case .running: return "\(glyphs.bullet) rec"
        case nil: return nil
        }
    }

    /// Says for as long as something goes wrong on purpose what that is.
    private var fault: String? { desk.tested?.fault.map { "\(glyphs.warning) fault: \($0)" } }

    private func joined(_ parts: [String]) -> String { parts.joined(separator: " \(glyphs.separator) ") }

    private var health: String {
        guard desk.context.isRemote else { return "" }
        switch desk.connection {
        case .connected: return " connected"
        case .slow: return " slow"
        case .offline(let since): return " offline since \(zone.minuteText(since).suffix(5))"
        }
    }

    private func cartText(_ width: Int) -> String {
        if state.isLocked { return "locked" }
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
        } else if let status = state.shownStatus {
            let (mark, role) = look(of: status.kind)
            write(mark, 1, rect.y, role)
            let text = overlong(rect.width)?.first ?? status.text
            let width = write(text, 3, rect.y, role, width: rect.width - 4)
            if let file = status.file, status.text.hasSuffix(file) {
                let start = 3 + TextWidth.width(of: String(status.text.dropLast(file.count)))
                frame.surface.link = SurfaceLink(
                    Rect(x: start, y: rect.y, width: max(0, 3 + width - start), height: 1), path: file)
            }
        } else if !state.isLocked, let marked = state.screen.feature.markedText(desk) {
            write(glyphs.mark, 1, rect.y, .info)
            write(marked, 3, rect.y, .info, width: rect.width - 4)
        }
        if let number = desk.number {
            write(number, rect.x, rect.y, .textAccent, width: rect.width - 1, align: .right)
        }
    }

    private func look(of kind: StatusMessage.Kind) -> (mark: String, role: ThemeRole) {
        switch kind {
        case .info, .keyHint: (glyphs.info, .info)
        case .success: (glyphs.check, .success)
        case .warning: (glyphs.warning, .warning)
        case .failure: (glyphs.cross, .error)
        }
    }

    /// What went wrong, where it is too long for one line: what stands there, and what goes on in the footer.
    private func overlong(_ width: Int) -> (first: String, rest: String, role: ThemeRole)? {
        guard state.slowWork == nil, let status = state.shownStatus, status.file == nil,
            status.kind == .warning || status.kind == .failure
        else { return nil }
        let lines = TextWidth.wrap(status.text, width: width - 4)
        guard let first = lines.first, lines.count > 1 else { return nil }
        return (first, lines.dropFirst().joined(separator: " "), look(of: status.kind).role)
    }

    // MARK: - Footer

    fileprivate mutating func footer(in rect: Rect) {
        // Help is always in sight: what is particular gives way from its end, and quitting in a narrow
        // window.
        let general = hints(isInFront ? [Hint(.help), Hint(.quit)] : []).prefix(rect.width >= 60 ? 2 : 1)
        let width = general.reduce(1) { $0 + TextWidth.width(of: $1.1.key + $1.1.label) + 3 }
        let (left, right) = rect.splitRight(general.isEmpty ? 0 : width)
        if let (_, rest, role) = overlong(rect.width) {
            frame.surface.fill(left, style: style(.status))
            write(rest, 3, left.y, role, width: max(0, left.maxX - 4))
        } else {
            draw(hints(particularHints), in: left)
        }
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
