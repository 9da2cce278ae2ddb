import StoreDomain
import StorefrontCore

/// The back office: people, rights, rules, discount codes and a journal of three records.
extension FixtureShop {
    mutating func reply(to ask: OfficeRequest) -> OfficeAction {
        switch ask {
        case .load(let page, let chain):
            return .loaded(page, attempt { shop in shop.content(of: page, chain ?? "1") })
        case .giveRole(let role, let email):
            return .kept(
                attempt { shop in
                    let given = shop.roles.first { $0.name == role }
                    shop.users = shop.users.map { user in
                        guard user.email == email, let given else { return user }
                        return User(
                            id: user.id, email: user.email, name: user.name, role: given,
                            createdAt: user.createdAt, updatedAt: Self.now)
                    }
                    return "\(email) is \(role)"
                })
        case .addPerson(let person, let role):
            return .kept(
                attempt { shop in
                    shop.users.append(
                        User(
                            id: Int64(shop.users.count + 1), email: person.email.address, name: person.name,
                            role: Role.standard(named: role) ?? .customer, createdAt: Self.now,
                            updatedAt: Self.now))
                    return "\(person.name) has an account"
                })
        case .saveJournal(let chain): return .saved(attempt { _ in "journal-\(chain).jsonl" })
        case .setPassword(_, let email): return .kept(attempt { _ in "\(email) has another password" })
        case .signOutEverywhere(let email): return .kept(attempt { _ in "\(email) is signed out" })
        case .unlockPIN(let email): return .kept(attempt { _ in "The PIN of \(email) is not locked now" })
        case .saveRole(let role):
            return .kept(
                attempt { shop in
                    shop.roles.removeAll { $0.name == role.name }
                    shop.roles.append(role)
                    return "\(role.name) is kept"
                })
        case .set(let name, let value):
            return .kept(
                attempt { shop in
                    var policy = shop.policy
                    try? PolicyField.named(name).set(
                        value, in: &policy, at: Self.now, zones: OnlyUTC())
                    shop.earlierPolicies.insert(shop.policy, at: 0)
                    shop.policy = policy
                    return "\(name) is set"
                })
        case .look(let country):
            let now = policy
            return .looked(
                country,
                attempt { _ in
                    PolicyVersion(
                        number: 2, policy: (try? CountryPreset(country).applied(to: now)) ?? now,
                        at: Self.now, by: nil)
                })
        case .apply(let country):
            return .kept(
                attempt { shop in
                    shop.earlierPolicies.insert(shop.policy, at: 0)
                    shop.policy = (try? CountryPreset(country).applied(to: shop.policy)) ?? shop.policy
                    return "The rules of \(country.name) hold"
                })
        case .addDiscount(let discount, let days):
            return .kept(
                attempt { shop in
                    shop.discounts.append((try? discount.changed(.days(days), in: .utc)) ?? discount)
                    return "\(discount.code) is kept"
                })
        case .changeDiscount(let code, let change):
            guard let place = discounts.firstIndex(where: { $0.code == code }),
                let changed = try? discounts[place].changed(change, in: .utc)
            else { return .kept(.failure(.notFound(.discount(code)))) }
            return .kept(
                attempt { shop in
                    shop.discounts[place] = changed
                    return "\(code) is kept"
                })
        case .verify: return .verified(attempt { _ in [] })
        }
    }

    private func content(of page: OfficePage, _ chain: String) -> OfficeContent {
        switch page {
        case .people:
            .people(
                users.map { KnownAccount($0, lastSeenAt: $0.id == 1 ? Self.now : nil) },
                pins: users.map {
                    PINStanding(
                        userID: $0.id, email: $0.email, name: $0.name, hasPIN: $0.id == 2, isLocked: false)
                }, roles: roles.map(\.name))
        case .rights: .rights(roles.sorted { $0.name < $1.name })
        case .settings:
            .settings(
                ([policy] + earlierPolicies).enumerated().map { place, policy in
                    PolicyVersion(
                        number: earlierPolicies.count + 1 - place, policy: policy, at: Self.now, by: nil)
                })
        case .discounts: .discounts(discounts, days: discounts.map { $0.typedDays(in: .utc) })
        case .journal:
            .journal(
                (1...3).reversed().map { number in
                    JournalRecord(
                        chain: chain, number: number, at: Self.now, by: 2, kind: .saleParked,
                        text: "{\"kind\":\"sale.parked\",\"n\":\(number)}",
                        hash: String(repeating: String(number), count: 64))
                }, chain: chain, chains: ["1", "shell"])
        }
    }

    mutating func reply(to ask: FirstStepsRequest) -> FirstStepsAction {
        switch ask {
        case .load:
            .loaded(
                attempt { shop in
                    FirstStepsStanding(
                        hasOwnRules: !shop.earlierPolicies.isEmpty
                            || shop.policy.shopName != ShopPolicy().shopName,
                        products: Count(shop.products.count),
                        sellers: shop.users.count { $0.role != .admin && $0.role.allows(.sell) },
                        pins: 0, hasSold: false)
                })
        case .tryPaper(_, let prints): .tried(attempt { _ in prints ? nil : "test-receipt.txt" })
        }
    }
}
