import StoreDomain

extension OfficeState: Reckoned {
    /// How often the selected code was used, and may be; how far a right goes; since when a rule is as it is; what a
    /// record of the journal follows.
    public func reckoning(_ desk: Desk) -> Reckoning? {
        guard let row = selected(desk) else { return nil }
        return switch content {
        case .discounts(let discounts, _): Self.uses(of: discounts[row.place])
        case .rights(let roles):
            roles.isEmpty
                ? nil : Self.right(row.place, of: roles[min(column, roles.count - 1)], desk.currency)
        case .settings(let versions): showsHistory ? nil : Self.rule(row.place, versions)
        case .journal(let records, let chain, _): Self.record(records[row.place], of: chain)
        case .people, nil: nil
        }
    }

    private static func right(_ place: Int, of role: Role, _ currency: Currency) -> Reckoning {
        let permission = Permission.allCases[place]
        let how =
            switch role.grants[permission] {
            case nil: "a role without the right: the shop refuses it"
            case .ask: "somebody whose role has the right must approve it each time"
            case .unlimited: "whoever has the role, to any extent"
            case .percent, .amount:
                "whoever has the role, up to that; somebody whose right goes further must approve what is beyond"
            }
        return Reckoning(
            title: "\(role.name): \(permission.verb)",
            rows: [
                Reckoning.Row(
                    "Goes to", role.grants[permission].words(currency) ?? "-", how: how, isTotal: true)
            ])
    }

    /// The versions come with the latest first.
    private static func rule(_ place: Int, _ versions: [PolicyVersion]) -> Reckoning? {
        let field = PolicyField.onScreen[place]
        guard let now = versions.first else { return nil }
        func text(_ version: PolicyVersion) -> String { field.text(in: version.policy, at: version.at) }
        let same = versions.prefix { text($0) == text(now) }
        let since = same.last ?? now
        var rows = [
            Reckoning.Row(
                field.rawValue, text(now), how: "since version \(since.number.grouped) of the rules",
                isTotal: true)
        ]
        if let before = versions.dropFirst(same.count).first {
            rows.insert(
                Reckoning.Row("Before", text(before), how: "until version \(before.number.grouped)"), at: 0)
        }
        return Reckoning(title: field.rawValue, rows: rows)
    }

    private static func record(_ record: JournalRecord, of chain: String) -> Reckoning {
        Reckoning(
            title: "Record \(record.number.grouped) of \(chain)",
            rows: [
                Reckoning.Row(
                    "Number", record.number.grouped,
                    how: record.number > 1
                        ? "one behind \((record.number - 1).grouped): none is left out"
                        : "the first of its chain"),
                Reckoning.Row(
                    "Hash", String(record.hash.prefix(JournalRecord.markLength)),
                    how: "the beginning of the SHA-256 of the record and of the hash before it", isTotal: true
                ),
            ])
    }

    private static func uses(of discount: Discount) -> Reckoning {
        var rows = [
            Reckoning.Row(
                "Used", discount.timesUsed.grouped,
                how: "orders that were placed with the code, cancelled ones aside", isTotal: true)
        ]
        if let limit = discount.usageLimit {
            rows.append(
                Reckoning.Row(
                    "Left", max(0, limit - discount.timesUsed).grouped,
                    how: "\(limit.grouped) may use it \u{2212} \(discount.timesUsed.grouped)"))
        }
        if let minimum = discount.minimumSubtotal {
            rows.append(Reckoning.Row("Minimum", minimum, how: "the subtotal from which it counts"))
        }
        return Reckoning(title: discount.code, rows: rows)
    }
}
