import StoreDomain

/// The lists of the back office that are one screen: people, rights, settings, discount codes and the journal.
public enum OfficePage: String, Hashable, Codable, Sendable, CaseIterable {
    case people, rights, settings, discounts, journal

    public var title: String {
        switch self {
        case .people: "People"
        case .rights: "Rights"
        case .settings: "Settings"
        case .discounts: "Discounts"
        case .journal: "Journal"
        }
    }

    /// What whoever opens it must be permitted.
    public var permission: Permission {
        switch self {
        case .people: .manageAccounts
        case .rights: .manageRights
        case .settings: .changePolicy
        case .discounts: .manageDiscounts
        case .journal: .readJournal
        }
    }
}

/// What a page shows, as the services answered it.
public enum OfficeContent: Hashable, Codable, Sendable {
    case people([KnownAccount], pins: [PINStanding], roles: [String])
    case rights([Role])
    /// Every version of the policy, the latest first.
    case settings([PolicyVersion])
    /// With the days of each as they are typed; nothing for days that cannot be typed.
    case discounts([Discount], days: [String]? = nil)
    /// The last records of a chain, the latest first, and the chains that there are.
    case journal([JournalRecord], chain: String, chains: [String])
}

extension PolicyField {
    /// Those that a person sets on the screen: the standard rate stands in the classes, too, with its dates.
    static let onScreen = allCases.filter { $0 != .taxRate }
}
