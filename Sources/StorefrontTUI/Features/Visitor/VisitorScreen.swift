import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<VisitorState> {
    mutating func draw(in body: Rect) {
        guard state.keys != nil else {
            if let error = state.error {
                notice(
                    "Your keys could not be loaded", [error.message, "\(keyName(.retry)) tries again"],
                    in: body, .error)
            } else {
                notice("Loading your keys\(glyphs.ellipsis)", [], in: body, .textMuted)
            }
            return
        }
        let (top, rest) = body.splitTop(state.code == nil ? 1 : 4)
        if let code = state.code {
            write("Code \(code.shown)", top.x + 2, top.y, .textStrong, width: top.width - 4)
            paragraph(
                code.howToUse(until: zone.minuteText(code.goodUntil)),
                in: Rect(x: top.x + 2, y: top.y + 1, width: top.width - 4, height: 3), .textMuted)
        } else {
            write(
                "Whoever comes with one of these keys is you.", top.x + 2, top.y, .textMuted,
                width: top.width - 4)
        }
        table(state.rows(desk), in: rest)
    }

    private mutating func table(_ rows: [VisitorState.Row], in rect: Rect) {
        let columns = [
            TableColumn("What", minWidth: 20, idealWidth: 24, priority: 9),
            TableColumn("About it", minWidth: 10, idealWidth: 50, priority: 5, grows: true),
        ]
        let selection = state.selectedRow(desk) ?? 0
        let viewport = ListViewport(
            count: rows.count, height: Surface.tableRows(in: rect), selection: selection)
        let (context, zone, own) = (context, zone, desk.context.visitor?.key)
        frame.surface.drawTable(
            columns, in: rect, viewport: viewport, context: context.render, isFocused: isInFront
        ) { row, column in
            column == 0
                ? [TextRun(rows[row].label, context.style(.textStrong))]
                : [TextRun(rows[row].detail(own: own, in: zone), context.style(.text), cut: .end)]
        }
        for (offset, row) in viewport.visible.enumerated() {
            target(Rect(x: rect.x, y: rect.y + 1 + offset, width: rect.width, height: 1), .row(row))
        }
        if isInFront {
            frame.surface.cursor = Point(x: rect.x + 2, y: rect.y + 1 + selection - viewport.offset)
        }
    }
}

extension VisitorCode {
    func howToUse(until time: String) -> String {
        "Good once, until \(time). Come with the other key, choose \"\(Command.enterCode.title)\" where you sign in, and "
            + "type it there."
    }
}

extension VisitorState.Row {
    var label: String {
        switch self {
        case .addKey: "Add this key"
        case .makeCode: "Make a code"
        case .setPassword: "Set a password"
        case .key(let key): key.fingerprint.short
        case .forget: "Forget me"
        case .signOut: "Sign out"
        }
    }

    /// - Parameter own: the key that the visitor has come with.
    func detail(own: KeyFingerprint?, in zone: ShopZone) -> String {
        switch self {
        case .addKey: "the one that you came with"
        case .makeCode: "to add another key of yours, within five minutes"
        case .setPassword: "to sign in by an e-mail as well, anywhere"
        case .key(let key):
            key.fingerprint == own
                ? "yours just now, added \(zone.minuteText(key.addedAt))"
                : "added \(zone.minuteText(key.addedAt)), last seen \(zone.minuteText(key.seenAt))"
        case .forget: "name, e-mail, password and keys go for good"
        case .signOut: "for the rest of this visit"
        }
    }
}
