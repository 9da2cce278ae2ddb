import StoreDomain

public enum OfficeRequest: Hashable, Codable, Sendable {
    /// What a page shows; of the journal the last records of a chain, nil for the first chain.
    case load(OfficePage, chain: String?)
    case giveRole(String, to: String)
    case addPerson(Registration, role: String)
    case setPassword(Secret, of: String)
    case signOutEverywhere(String)
    case unlockPIN(of: String)
    case saveRole(Role)
    case set(String, to: String)
    /// What a country's rules would be, before anybody says yes.
    case look(Country)
    case apply(Country)
    /// With the days on which it counts.
    case addDiscount(Discount, ValidDays)
    case changeDiscount(String, DiscountChange)
    case verify
    /// Writes a chain of the journal to a new file.
    case saveJournal(chain: String)

    static let mostRecords = 500

    /// Whether the shop's rules are others once it is kept.
    var setsRules: Bool {
        switch self {
        case .set, .apply: true
        case .load, .giveRole, .addPerson, .setPassword, .signOutEverywhere, .unlockPIN, .saveRole, .look,
            .addDiscount, .changeDiscount, .verify, .saveJournal:
            false
        }
    }

    var terms: Terms {
        switch self {
        case .load: Terms(slot: "office", title: "Loading", screen: .office, keepsBack: .onScreen)
        case .verify: Terms(slot: "officeVerify", title: "Checking the journal", screen: .office)
        case .look: Terms(slot: "officeLook", title: "Looking", screen: .office, keepsBack: .all)
        case .saveJournal: Terms(title: "Writing the journal", mustFinish: true, screen: .office)
        case .giveRole, .addPerson, .setPassword, .signOutEverywhere, .unlockPIN, .saveRole, .set, .apply,
            .addDiscount, .changeDiscount:
            Terms(title: "Keeping it", mustFinish: true, keepsBack: .all)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> OfficeAction {
        let services = outside.services
        switch self {
        case .load(let page, let chain):
            return .loaded(
                page,
                await .of { () throws(StoreError) in
                    try await Self.content(of: page, chain, outside, as: principal)
                })
        case .giveRole(let role, let email):
            return .kept(
                await .of { () throws(StoreError) in
                    let user = try await services.accounts.setRole(role, of: email, as: principal)
                    return "\(user.name) is \(user.role.name) from now on"
                })
        case .addPerson(let registration, let role):
            return .kept(
                await .of { () throws(StoreError) in
                    let user = try await services.accounts.add(registration, role: role, as: principal)
                    return "\(user.name) has an account as \(user.role.name)"
                })
        case .setPassword(let password, let email):
            return .kept(
                await .of { () throws(StoreError) in
                    try await services.accounts.setPassword(password, of: email, as: principal)
                    return "\(email) has another password"
                })
        case .signOutEverywhere(let email):
            return .kept(
                await .of { () throws(StoreError) in
                    try await services.accounts.signOutEverywhere(email, as: principal)
                    return "\(email) is signed out everywhere"
                })
        case .unlockPIN(let email):
            return .kept(
                await .of { () throws(StoreError) in
                    guard let pins = services.counter?.pins else { throw .unsupported("PINs") }
                    try await pins.unlockPIN(of: email, as: principal)
                    // Whether it was locked nobody has said.
                    return "The PIN of \(email) is not locked now"
                })
        case .saveRole(let role):
            return .kept(
                await .of { () throws(StoreError) in
                    try await services.accounts.save(role, as: principal)
                    return "The role \(role.name) is as it shows from now on"
                })
        case .set(let name, let value):
            return .kept(
                await .of { () throws(StoreError) in
                    let version = try await services.policy.set(name, to: value, as: principal)
                    return "\(name) is set, in version \(version.number) of the rules"
                })
        case .look(let country):
            return .looked(
                country,
                await .of { () throws(StoreError) in
                    try await services.policy.apply(country, checksOnly: true, as: principal)
                })
        case .apply(let country):
            return .kept(
                await .of { () throws(StoreError) in
                    _ = try await services.policy.apply(country, checksOnly: false, as: principal)
                    return "The rules of \(country.name) hold from now on"
                })
        case .addDiscount(let discount, let days):
            return .kept(
                await .of { () throws(StoreError) in
                    try await Self.add(discount, days, to: services.discounts, as: principal)
                })
        case .changeDiscount(let code, let change):
            return .kept(
                await .of { () throws(StoreError) in
                    let changed = try await services.discounts.change(code, change, as: principal)
                    return switch change {
                    case .end: "\(changed.code) counts no longer"
                    case .resume: "\(changed.code) counts again"
                    case .days: "\(changed.code) has other days"
                    }
                })
        case .saveJournal(let chain):
            return .saved(
                await .of { () throws(StoreError) in
                    guard let journal = services.counter?.journal else { throw .unsupported("the journal") }
                    return try await outside.ports.saveJournal(of: chain) { number throws(StoreError) in
                        try await journal.records(
                            of: chain, from: number, limit: Self.mostRecords, as: principal)
                    }
                })
        case .verify:
            return .verified(
                await .of { () throws(StoreError) in
                    guard let journal = services.counter?.journal else { throw .unsupported("the journal") }
                    return try await journal.firstBreaks(as: principal)
                })
        }
    }

    /// A code with days counts on none of them before these are known.
    private static func add(
        _ discount: Discount, _ days: ValidDays, to discounts: any DiscountService,
        as principal: Principal
    ) async throws(StoreError) -> String {
        guard days != .always else {
            let added = try await discounts.add(discount, as: principal)
            return "\(added.code) takes \(added.kind.words) from now on"
        }
        let sleeping = try Discount(
            code: discount.code, kind: discount.kind, minimumSubtotal: discount.minimumSubtotal,
            usageLimit: discount.usageLimit, isActive: false)
        let added = try await discounts.add(sleeping, as: principal)
        _ = try await discounts.change(added.code, .days(days), as: principal)
        _ = try await discounts.change(added.code, .resume, as: principal)
        return "\(added.code) takes \(added.kind.words) on its days"
    }

    private static func content(
        of page: OfficePage, _ chain: String?, _ outside: Outside, as principal: Principal
    ) async throws(StoreError) -> OfficeContent {
        let services = outside.services
        switch page {
        case .people:
            let users = try await services.accounts.accounts(as: principal)
            let pins = try await services.counter?.pins?.pins(as: principal) ?? []
            let roles = try await services.accounts.roles(as: principal)
            return .people(users, pins: pins, roles: roles.map(\.name))
        case .rights: return .rights(try await services.accounts.roles(as: principal))
        case .settings: return .settings(try await services.policy.history(as: principal))
        case .discounts:
            let discounts = try await services.discounts.discounts(as: principal)
            let zone = outside.zones.shown(by: try await services.policy.current().policy)
            return .discounts(discounts, days: discounts.map { $0.typedDays(in: zone) })
        case .journal:
            guard let journal = services.counter?.journal else { throw .unsupported("the journal") }
            let chains = try await journal.chains(as: principal)
            guard let chain = chain ?? chains.first else { return .journal([], chain: "", chains: []) }
            let records = try await journal.records(
                of: chain, from: nil, limit: mostRecords, as: principal)
            return .journal(records.reversed(), chain: chain, chains: chains)
        }
    }
}

public enum OfficeAction: Hashable, Codable, Sendable {
    case loaded(OfficePage, Answer<OfficeContent>)
    /// What was kept, as a sentence.
    case kept(Answer<String>)
    case looked(Country, Answer<PolicyVersion>)
    case verified(Answer<[JournalBreak]>)
    /// The path of the file.
    case saved(Answer<String>)

    var failure: StoreError? {
        switch self {
        case .loaded(_, let answer): answer.failure
        case .kept(let answer): answer.failure
        case .looked(_, let answer): answer.failure
        case .verified(let answer): answer.failure
        case .saved(let answer): answer.failure
        }
    }
}
