import StoreDomain

/// A page of the back office: one list, and what can be done to the row that is selected.
public struct OfficeState: Feature {
    public static let kind = ScreenKind.office

    public let page: OfficePage
    /// nil until it is loaded.
    public private(set) var content: OfficeContent?
    public private(set) var error: StoreError?
    /// Only rows with these words show; nil for all.
    public private(set) var sought: String?
    /// Of the rights: the role that is changed, counted from 0.
    public private(set) var column = 0
    /// Of the settings: the versions that there were instead of the rules that hold.
    public private(set) var showsHistory = false
    private var list = List()

    public init(_ page: OfficePage) { self.page = page }

    public var title: String { page.title }
    public var canReload: Bool { true }
    public var showsTheShop: Bool { true }
    public var hasPanes: Bool { page == .rights || page == .journal }
    public func hasError(_ desk: Desk) -> Bool { error != nil }

    public func selectedRow(_ desk: Desk) -> Int? { list.row(of: table(desk)?.rows.count ?? 0) }

    /// The row that keys act on.
    public func selected(_ desk: Desk) -> OfficeTable.Row? {
        guard let rows = table(desk)?.rows, let row = list.row(of: rows.count) else { return nil }
        return rows[row]
    }

    public func hints(_ desk: Desk) -> [Hint] {
        let own: [Hint] =
            switch page {
            case .people:
                [Hint(.open, "role"), Hint(.officeAdd, "new"), Hint(.officePIN), Hint(.officePassword)]
            case .rights: [Hint(.open, "change"), Hint(.nextField, "role"), Hint(.officeAdd, "new role")]
            case .settings: [Hint(.open, "change"), Hint(.officeHistory), Hint(.officeCountry)]
            case .discounts: [Hint(.open, "days"), Hint(.endDiscount), Hint(.officeAdd, "new")]
            case .journal: [Hint(.nextField, "chain"), Hint(.verifyJournal), Hint(.saveJournal)]
            }
        return own + [Hint(.officeFind), Hint(.back)]
    }

    // MARK: - Keys

    public mutating func enter(_ desk: inout Desk) -> [Step] { [.ask(.office(.load(page, chain: chain)))] }
    public mutating func reload(_ desk: inout Desk) -> [Step] { enter(&desk) }

    var chain: String? {
        if case .journal(_, let chain, _) = content, !chain.isEmpty { chain } else { nil }
    }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        list.walk(walk, of: table(desk)?.rows.count ?? 0)
        return []
    }

    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        guard let count = table(desk)?.rows.count, row < count else { return false }
        list.select(row, of: count)
        return true
    }

    public func opens(row: Int) -> Bool { list.selection == row }

    /// The next role whose rights are changed, or the next chain of the journal.
    public mutating func moveFocus(forward: Bool, _ desk: inout Desk) -> [Step] {
        switch content {
        case .rights(let roles) where !roles.isEmpty:
            column = (column + (forward ? 1 : roles.count - 1)) % roles.count
        case .journal(_, let chain, let chains):
            guard let place = chains.firstIndex(of: chain), chains.count > 1 else { return [] }
            let next = chains[(place + (forward ? 1 : chains.count - 1)) % chains.count]
            list = List()
            return [.ask(.office(.load(.journal, chain: next)))]
        case .people, .rights, .settings, .discounts, nil: break
        }
        return []
    }

    public mutating func back(_ desk: inout Desk) -> [Step] {
        if sought != nil {
            sought = nil
        } else if showsHistory {
            showsHistory = false
        } else {
            return [.pop]
        }
        list = List()
        return []
    }

    public func openAvailability(_ desk: Desk) -> Availability {
        switch page {
        case .journal: .absent
        case .people, .rights, .settings, .discounts:
            if showsHistory {
                .disabled("What was set stays as it was")
            } else if desk.context.isReadOnly {
                Desk.readOnly
            } else if selected(desk) == nil {
                .disabled("Nothing is selected")
            } else {
                changing(desk)
            }
        }
    }

    /// The role of admins stays what it is.
    private func changing(_ desk: Desk) -> Availability {
        chosenRole == Role.admin.name && page == .rights
            ? .disabled("An admin may do everything, so that somebody always may") : .enabled
    }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] {
        guard let row = selected(desk) else { return [] }
        switch content {
        case .people(let users, _, let roles):
            let role = users[row.place].user.role.name
            let items = roles.map { Picker.Item(.office(.role($0)), label: $0) }
            return [
                .open(
                    .picker(
                        Picker(
                            .office, title: "The role of \(users[row.place].user.name)", items: items,
                            selected: .office(.role(role)))))
            ]
        case .rights(let roles):
            guard column < roles.count else { return [] }
            let permission = Permission.allCases[row.place]
            return [.open(.picker(Self.limits(of: permission, for: roles[column])))]
        case .settings(let versions):
            guard !showsHistory, let version = versions.first else { return [] }
            let field = PolicyField.onScreen[row.place]
            let value = field.text(in: version.policy, at: version.at)
            return [.open(.prompt(OfficeEntry.setting(field.rawValue).prompt(value)))]
        case .discounts(let discounts, _):
            let code = discounts[row.place].code
            return [.open(.prompt(OfficeEntry.discountDays(code).prompt(typedDays(of: code) ?? "")))]
        case .journal, nil: return []
        }
    }

    /// The selected code.
    func discount(_ desk: Desk) -> Discount? {
        guard case .discounts(let discounts, _) = content, let row = selected(desk) else { return nil }
        return discounts[row.place]
    }

    /// The days that a code has, as they are typed; nil where nobody knows.
    private func typedDays(of code: String) -> String? {
        guard case .discounts(let discounts, let days?) = content, discounts.count == days.count else {
            return nil
        }
        return zip(discounts, days).first { $0.0.code == code }?.1
    }

    private static func limits(of permission: Permission, for role: Role) -> Picker {
        let current: OfficeChoice.Limit =
            switch role.grants[permission] {
            case nil: .no
            case .ask: .ask
            case .unlimited: .unlimited
            case .percent, .amount: .upTo
            }
        let choices: [(OfficeChoice.Limit, String)] =
            [(.no, "no"), (.ask, "only once somebody approves"), (.unlimited, "yes")]
            + (permission.limitKind == nil ? [] : [(.upTo, "up to\u{2026}")])
        return Picker(
            .office, title: "May \(role.name) \(permission.verb)?",
            items: choices.map { Picker.Item(.office(.limit($0.0)), label: $0.1) },
            selected: .office(.limit(current)))
    }

    // MARK: - What is chosen and typed

    private var chosenRole: String? {
        guard case .rights(let roles) = content, column < roles.count else { return nil }
        return roles[column].name
    }

    /// Whose row is selected.
    func person(_ desk: Desk) -> User? {
        guard case .people(let users, _, _) = content, let row = selected(desk) else { return nil }
        return users[row.place].user
    }

    public mutating func choose(_ choice: Choice, _ desk: inout Desk) -> [Step] {
        guard case .office(let choice) = choice else { return [] }
        switch choice {
        case .role(let role):
            if let person = newPerson {
                newPerson = nil
                let entry = OfficeEntry.password(.new(email: person.email, name: person.name, role: role))
                return [.open(.prompt(entry.prompt))]
            }
            guard let person = person(desk), person.role.name != role else { return [] }
            return [.ask(.office(.giveRole(role, to: person.email)))]
        case .limit(let limit):
            guard case .rights(let roles) = content, column < roles.count, let row = selected(desk) else {
                return []
            }
            let (role, permission) = (roles[column], Permission.allCases[row.place])
            switch limit {
            case .upTo: return [.open(.prompt(OfficeEntry.limit(role: role.name, permission).prompt))]
            case .no: return save(role, permission, nil, &desk)
            case .ask: return save(role, permission, .ask, &desk)
            case .unlimited: return save(role, permission, .unlimited, &desk)
            }
        case .country(let country): return [.ask(.office(.look(country)))]
        }
    }

    /// Somebody new, until the role and the password are known.
    private var newPerson: NewPerson?

    private struct NewPerson: Hashable, Codable {
        let email: String
        let name: String
    }

    private func save(_ role: Role, _ permission: Permission, _ limit: Role.Limit?, _ desk: inout Desk)
        -> [Step]
    {
        guard role.grants[permission] != limit else {
            desk.say(.info, "Nothing has changed: the role \(role.name) has it so already")
            return []
        }
        var grants = role.grants
        grants[permission] = limit
        return save(role.name, grants, &desk)
    }

    private func save(_ name: String, _ grants: [Permission: Role.Limit], _ desk: inout Desk) -> [Step] {
        do { return [.ask(.office(.saveRole(try Role(name: name, grants: grants))))] } catch {
            desk.say(error)
            return []
        }
    }

    public mutating func enterText(_ text: String, for purpose: Prompt.Purpose, _ desk: inout Desk)
        -> [Step]
    {
        guard case .office(let entry) = purpose else { return [] }
        do throws(StoreError) { return try entered(text, for: entry, &desk) } catch {
            return [.refuse(error.screenText)]
        }
    }

    private mutating func entered(_ text: String, for entry: OfficeEntry, _ desk: inout Desk)
        throws(StoreError) -> [Step]
    {
        let clean = text.cleanText
        switch entry {
        case .find:
            sought = clean.isEmpty ? nil : clean
            list = List()
            return []
        case .setting(let name): return [.ask(.office(.set(name, to: text)))]
        case .email, .name, .role, .limit, .discount, .discountDays, .password:
            guard !clean.isEmpty else { return [] }
        }
        switch entry {
        case .email:
            _ = try Email(clean)
            return [.open(.prompt(OfficeEntry.name(email: clean).prompt))]
        case .name(let email):
            guard case .people(_, _, let roles) = content else { return [] }
            newPerson = NewPerson(email: email, name: clean)
            let items = roles.map { Picker.Item(.office(.role($0)), label: $0) }
            return [
                .open(
                    .picker(
                        Picker(
                            .office, title: "The role of \(clean)", items: items,
                            selected: .office(.role(Role.cashier.name)))))
            ]
        case .password(.known(let email)):
            return [.ask(.office(.setPassword(Secret(text), of: email)))]
        case .password(.new(let email, let name, let role)):
            let registration = try Registration(email: email, name: name, password: Secret(text))
            return [.ask(.office(.addPerson(registration, role: role)))]
        case .role(let other):
            guard case .rights(let roles) = content else { return [] }
            guard !roles.contains(where: { $0.name == clean }) else {
                throw .invalid([FieldProblem("role", "must be a new name; there is one of this name")])
            }
            let grants = roles.first { $0.name == other }?.grants ?? [:]
            return save(clean, grants, &desk)
        case .limit(let name, let permission):
            guard case .rights(let roles) = content, let role = roles.first(where: { $0.name == name }) else {
                return []
            }
            return save(role, permission, try Self.limit(clean, permission, desk.currency), &desk)
        case .discount:
            let (discount, days) = try TypedDiscount.read(clean, desk.currency)
            return [.ask(.office(.addDiscount(discount, days)))]
        case .discountDays(let code):
            guard clean != typedDays(of: code) else {
                desk.say(.info, "Nothing has changed: \(code) has these days already")
                return []
            }
            return [.ask(.office(.changeDiscount(code, .days(try ValidDays(typed: clean)))))]
        case .find, .setting: return []
        }
    }

    private static func limit(_ text: String, _ permission: Permission, _ currency: Currency)
        throws(StoreError) -> Role.Limit
    {
        do {
            return switch permission.limitKind {
            case .percent: .percent(try Rate(typedPercent: text))
            case .amount: .amount(try Money(typed: text, currency: currency).minorUnits)
            case nil: .unlimited
            }
        } catch {
            throw .invalid([FieldProblem("limit", error.message)])
        }
    }

    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step] {
        guard yes else { return [] }
        if case .setCountry(let country) = question { return [.ask(.office(.apply(country)))] }
        if case .signOutEverywhere(let email) = question {
            return [.ask(.office(.signOutEverywhere(email)))]
        }
        return []
    }

    /// The rules that hold, or the versions that there were.
    mutating func toggleHistory() {
        showsHistory.toggle()
        list = List()
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .office(let action) = reply else { return [] }
        switch action {
        case .loaded(_, .success(let content)):
            error = nil
            self.content = content
            if case .rights(let roles) = content { column = min(column, max(0, roles.count - 1)) }
            list.select(list.selection, of: table(desk)?.rows.count ?? 0)
        case .loaded(_, .failure(let error)):
            self.error = error
            desk.say(error)
        case .looked(let country, .success(let version)):
            return [.open(.confirm(confirm(country, version)))]
        case .verified(.success(let breaks)):
            if let first = breaks.first {
                desk.say(
                    .failure,
                    "Chain \(first.chain): record \(first.number) is not what was written; \(breaks.count.counted("chain")) broken"
                )
            } else {
                desk.say(.success, "The journal is whole: every record is what was written")
            }
        case .saved(.success(let path)): desk.say("Saved as", file: path)
        case .looked(_, .failure(let error)), .verified(.failure(let error)), .saved(.failure(let error)):
            desk.say(error)
        // The program hears it, wherever one is by then.
        case .kept: break
        }
        return []
    }

    private func confirm(_ country: Country, _ after: PolicyVersion) -> Confirm {
        var changes = ""
        if case .settings(let versions) = content { changes = after.changes(since: versions.first) }
        return Confirm(
            .setCountry(country), title: "The rules of \(country.name)?",
            text: changes.isEmpty
                ? "They hold already."
                : "\(changes). What was sold keeps its figures.",
            yes: "Set them", no: "Leave it", choosesYes: false)
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable, .renewed: enter(&desk)
        case .changedElsewhere(let changes): isTouched(by: changes) ? enter(&desk) : []
        case .stockChanged, .orderChanged, .resized: []
        }
    }
}

extension Confirm {
    static func signingOut(_ person: User) -> Confirm {
        Confirm(
            .signOutEverywhere(person.email), title: "Sign \(person.name) out everywhere?",
            text: """
                Every sign-in of \(person.email) ends at once, at every server and terminal of the shop, also at a \
                till in the middle of a sale. Each asks for the password; what was begun there is kept.
                """, yes: "Sign out", no: "Leave it", choosesYes: false)
    }
}

extension OfficeState {
    private func isTouched(by changes: ShopChanges) -> Bool {
        switch page {
        case .people, .rights: changes.accounts != .none
        case .settings: changes.catalogue
        case .discounts: changes.discounts
        case .journal: true
        }
    }
}

extension AppState {
    /// What was kept is told wherever one is by then; a page that shows it is loaded anew.
    mutating func receive(_ action: OfficeAction, of request: Request) -> [Effect] {
        guard case .kept(let answer) = action else { return [] }
        switch answer {
        case .failure(let error): desk.say(error)
        case .success(let what):
            desk.say(.success, what)
            // Of what this program changes nobody tells it.
            let rules: [Step] =
                if case .office(let asked) = request.ask, asked.setsRules {
                    [.ask(.program(.policy))]
                } else {
                    []
                }
            guard let index = way.lastIndex(where: { $0.kind == .office }) else { return apply(rules) }
            var desk = desk
            let steps = way[index].change { $0.reload(&desk) }
            self.desk = desk
            return apply(rules + steps)
        }
        return []
    }

    /// What was typed is taken away once it is kept: nobody reads on a screen how long a password is.
    mutating func entered(password prompt: Prompt) -> [Effect] {
        let text = prompt.input.text
        let problems = PasswordRule.problems(of: Secret(text))
        if let problem = problems.first {
            guard case .prompt(var shown)? = overlays.last else { return [] }
            shown.clear(because: "It \(problem.reason)")
            overlays[overlays.count - 1] = .prompt(shown)
            return []
        }
        overlays.removeLast()
        return apply(change { $0.enterText(text, for: prompt.purpose, &$1) })
    }
}
