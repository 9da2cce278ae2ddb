import StoreDomain
import StorefrontCore

extension Teller<ApprovalsState> {
    var place: PlainPlace {
        PlainPlace(
            PlainSheet(
                title: desk.approvals.isEmpty ? "Approvals. Nobody asks for anything." : "Approvals.",
                lines: desk.approvals.enumerated().map { offset, approval in
                    PlainLine(
                        "\(approval.question). \(approval.title): \(approval.lines.joined(separator: "; "))",
                        number: offset + 1)
                },
                hint: "approve 1 says yes to the first, refuse 1 says no."))
    }
}
