import StoreDomain

/// A page of the back office as rows of words, for the screen and for lines.
public struct OfficeTable: Hashable, Sendable {
    public struct Column: Hashable, Sendable {
        public let title: String
        public let width: Int
        public var grows = false
        public var isRight = false
        /// The columns of the highest stay where there is little room.
        public var priority = 5
        /// What it takes where there is room; nil for its width, and twice that where it grows.
        public var ideal: Int?
    }

    public enum Cell: Hashable, Sendable {
        case text(String)
        case moment(Timestamp?)
        /// On which days a code counts, or why on none.
        case standing(Discount)
    }

    public struct Row: Hashable, Sendable {
        /// Its place in the content.
        public let place: Int
        public let cells: [Cell]
        /// It counts no longer.
        public var isOver = false
        /// What else there is to say of it, as sentences.
        public var note = ""
    }

    public let columns: [Column]
    public let rows: [Row]
    /// The column that keys act on; nil where they act on the row.
    public var selectedColumn: Int?
}

extension OfficeState {
    /// - Returns: nil while nothing is loaded.
    public func table(_ desk: Desk) -> OfficeTable? {
        guard let content else { return nil }
        let table = content.table(column: column, showsHistory: showsHistory, desk)
        guard let sought else { return table }
        let words = sought.folded.split(separator: " ")
        let rows = table.rows.filter { row in
            let text = row.words.folded
            return words.allSatisfy { text.contains($0) }
        }
        return OfficeTable(columns: table.columns, rows: rows, selectedColumn: table.selectedColumn)
    }
}

extension OfficeTable.Row {
    /// All that can be looked for.
    fileprivate var words: String {
        (cells.compactMap { if case .text(let text) = $0 { text } else { nil } } + [note])
            .joined(separator: " ")
    }
}

extension OfficeContent {
    fileprivate func table(column: Int, showsHistory: Bool, _ desk: Desk) -> OfficeTable {
        switch self {
        case .people(let users, let pins, _): Self.people(users, pins)
        case .rights(let roles): Self.rights(roles, column: column, desk.currency)
        case .settings(let versions): Self.settings(versions, showsHistory: showsHistory)
        case .discounts(let discounts, _): Self.discounts(discounts)
        case .journal(let records, _, _): Self.journal(records)
        }
    }

    private static func people(_ accounts: [KnownAccount], _ pins: [PINStanding]) -> OfficeTable {
        let standings = Dictionary(pins.map { ($0.userID, $0) }, uniquingKeysWith: { first, _ in first })
        return OfficeTable(
            columns: [
                .init(title: "Name", width: 12, grows: true, priority: 9),
                .init(title: "E-mail", width: 20, priority: 6),
                .init(title: "Role", width: 9, priority: 8), .init(title: "PIN", width: 10, priority: 7),
                .init(title: "Last seen", width: 16, priority: 5),
                .init(title: "Since", width: 16, priority: 3),
            ],
            rows: accounts.enumerated().map { place, account in
                let user = account.user
                let standing = standings[user.id]
                let pin = [
                    standing?.isLocked == true ? "locked" : standing?.hasPIN == true ? "set" : nil,
                    standing?.hasBadge == true ? "badge" : nil,
                ].compactMap { $0 }.joined(separator: ", ")
                return .init(
                    place: place,
                    cells: [
                        .text(user.name), .text(user.email), .text(user.role.name), .text(pin),
                        .moment(account.lastSeenAt), .moment(user.createdAt),
                    ])
            })
    }

    private static func rights(_ roles: [Role], column: Int, _ currency: Currency) -> OfficeTable {
        let chosen = min(column, max(0, roles.count - 1))
        return OfficeTable(
            columns: [.init(title: "What", width: 18, grows: true, priority: 20)]
                + roles.enumerated().map { place, role in
                    // The roles around the chosen one stay longest.
                    .init(
                        title: role.name, width: max(9, role.name.count),
                        priority: 19 - abs(place - chosen))
                },
            rows: Permission.allCases.enumerated().map { place, permission in
                .init(
                    place: place,
                    cells: [.text(permission.verb)]
                        + roles.map { .text($0.grants[permission].words(currency) ?? "-") })
            }, selectedColumn: roles.isEmpty ? nil : chosen + 1)
    }

    /// The rules that hold, or the versions that there were.
    private static func settings(_ versions: [PolicyVersion], showsHistory: Bool) -> OfficeTable {
        guard !showsHistory, let now = versions.first else { return history(versions) }
        return OfficeTable(
            columns: [
                .init(title: "Rule", width: 21, priority: 9),
                .init(title: "Value", width: 20, grows: true, priority: 8),
            ],
            rows: PolicyField.onScreen.enumerated().map { place, field in
                .init(
                    place: place,
                    cells: [.text(field.rawValue), .text(field.text(in: now.policy, at: now.at))],
                    note: "\(field.help). It takes \(field.allowed).")
            })
    }

    private static func history(_ versions: [PolicyVersion]) -> OfficeTable {
        OfficeTable(
            columns: [
                .init(title: "Version", width: 7, isRight: true, priority: 7),
                .init(title: "Since", width: 16, priority: 6), .init(title: "By", width: 8, priority: 5),
                .init(title: "What changed", width: 20, grows: true, priority: 9),
            ],
            rows: versions.enumerated().map { place, version in
                let changes = version.changes(since: versions.dropFirst(place + 1).first)
                return .init(
                    place: place,
                    cells: [
                        .text(String(version.number)), .moment(version.at),
                        .text(version.by.map { "#\($0)" } ?? "operator"), .text(changes),
                    ], note: changes)
            })
    }

    private static func discounts(_ discounts: [Discount]) -> OfficeTable {
        OfficeTable(
            columns: [
                .init(title: "Code", width: 10, grows: true, priority: 9),
                .init(title: "Takes", width: 10, priority: 8),
                .init(title: "Counts", width: 24, priority: 6, ideal: 36),
                .init(title: "Minimum", width: 9, isRight: true, priority: 5),
                .init(title: "Used", width: 9, isRight: true, priority: 7),
            ],
            rows: discounts.enumerated().map { place, discount in
                let most = discount.usageLimit.map { " of \($0.grouped)" } ?? ""
                return .init(
                    place: place,
                    cells: [
                        .text(discount.code), .text(discount.kind.words), .standing(discount),
                        .text(discount.minimumSubtotal?.displayText ?? ""),
                        .text(discount.timesUsed.grouped + most),
                    ], isOver: !discount.isActive,
                    note: !discount.isActive
                        ? "It counts no longer." : discount.isUsedUp ? "It is used up." : "")
            })
    }

    private static func journal(_ records: [JournalRecord]) -> OfficeTable {
        OfficeTable(
            columns: [
                .init(title: "Number", width: 7, isRight: true, priority: 7),
                .init(title: "When", width: 16, priority: 6), .init(title: "By", width: 8, priority: 4),
                .init(title: "What", width: 16, priority: 9), .init(title: "Hash", width: 8, priority: 3),
                .init(title: "Record", width: 10, grows: true, priority: 5),
            ],
            rows: records.enumerated().map { place, record in
                .init(
                    place: place,
                    cells: [
                        .text(String(record.number)), .moment(record.at),
                        .text(record.by.map { "#\($0)" } ?? "operator"), .text(record.kind.rawValue),
                        .text(String(record.hash.prefix(JournalRecord.markLength))), .text(record.text),
                    ], note: "\(record.text) \(record.hash)")
            })
    }
}

extension PolicyVersion {
    /// "tax.mode added → included; stock.low 5 → 3"; nothing for the first.
    func changes(since before: PolicyVersion?) -> String {
        guard let before else { return "" }
        return PolicyField.onScreen.compactMap { field in
            let (old, new) = (field.text(in: before.policy, at: at), field.text(in: policy, at: at))
            return old == new ? nil : "\(field.rawValue) \(old) \u{2192} \(new)"
        }.joined(separator: "; ")
    }
}
