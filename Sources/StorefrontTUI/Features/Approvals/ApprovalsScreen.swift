import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<ApprovalsState> {
    mutating func draw(in body: Rect) {
        guard let approval = state.selected(desk) else {
            notice(
                "Nobody asks for anything", ["What others may do only with your yes shows here at once."],
                in: body, .textMuted)
            return
        }
        let rows = min(desk.approvals.count, max(1, body.height / 3))
        let (top, rest) = body.splitTop(rows + 1)
        list(in: top.splitTop(rows).0)
        whole(of: approval, in: rest)
    }

    private mutating func list(in rect: Rect) {
        let selection = state.selectedRow(desk) ?? 0
        let viewport = ListViewport(count: desk.approvals.count, height: rect.height, selection: selection)
        for (offset, row) in viewport.visible.enumerated() {
            let line = Rect(x: rect.x, y: rect.y + offset, width: rect.width, height: 1)
            if row == selection { ground(line) }
            write(desk.approvals[row].question, line.x + 2, line.y, .text, width: line.width - 4)
            if row == selection { mark(line) }
            target(line, .row(row))
        }
    }

    /// All of what is to be done.
    private mutating func whole(of approval: Approval, in rect: Rect) {
        let until = approval.goodUntil.map { ", until \(zone.minuteText($0).suffix(5))" } ?? ""
        write("\(approval.title)\(until)", rect.x + 2, rect.y, .textStrong, width: rect.width - 4)
        let room = max(0, rect.height - 2)
        let isCut = approval.lines.count > room
        let shown = approval.lines.prefix(isCut ? max(0, room - 1) : room)
        for (offset, line) in shown.enumerated() {
            write(line, rect.x + 2, rect.y + 1 + offset, .text, width: rect.width - 4)
        }
        // The end has the total.
        if isCut, let last = approval.lines.last {
            write(
                "\(glyphs.ellipsis) \(last)", rect.x + 2, rect.y + 1 + shown.count, .text,
                width: rect.width - 4)
        }
    }
}
