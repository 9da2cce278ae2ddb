import StoreDomain
import StorefrontCore

/// Who stands at the till of the small shop, and what somebody else must approve there.
extension FixtureShop {
    /// By the PIN.
    private static let pins = ["1111": "cashier", "2222": "senior", "3333": "staff", "9999": "admin"]

    private func owner(ofPIN pin: Secret) -> User? {
        Self.pins[pin.revealed].flatMap { name in users.first { $0.email == "\(name)@example.com" } }
    }

    mutating func reply(to ask: StaffRequest, _ principal: Principal) -> StaffAction {
        switch ask {
        case .usePIN(let pin, let badge, _), .unlock(let pin, let badge, _, _):
            if case .unlock(_, _, let email, _) = ask, pin.revealed == AppContext.demoPassword,
                let user = users.first(where: { $0.email == email })
            {
                return .switched(.success(Session(user: user)))
            }
            guard let user = owner(ofPIN: pin), badge == nil || badges[user.email] == badge else {
                return .switched(.failure(.wrongPIN))
            }
            if user.id != principal.userID {
                carts[.user(user.id)] = carts.removeValue(forKey: principal.owner)
            }
            return .switched(.success(Session(user: user)))
        case .setPIN(let pin, let password):
            guard password.revealed == AppContext.demoPassword else {
                return .pinSet(.failure(.wrongCredentials))
            }
            return .pinSet(Self.pins[pin.revealed] == nil ? .success(Done()) : .failure(.pinTaken))
        case .setPINOf(_, let pin):
            return .pinSet(Self.pins[pin.revealed] == nil ? .success(Done()) : .failure(.pinTaken))
        case .setBadgeOf(let email, let badge):
            if let holder = badges.first(where: { $0.value == badge }), holder.key != email {
                return .badgeGiven(.failure(.taken(field: "badge", value: badge.code)))
            }
            badges[email] = badge
            return .badgeGiven(.success(Done()))
        case .readBadge(let badge):
            let email = badges.first { $0.value == badge }?.key
            let name = users.first { $0.email == email }?.name
            return .badgeRead(badge, .success(StaffRequest.BadgeHolder(name: name)))
        case .approvals: return .approvals(.success(approvals.filter(\.stage.isOpen)))
        case .look(let id): return .looked(answer(id) { _ in })
        case .grantHere(let id, let pin, let badge, _):
            guard let approver = owner(ofPIN: pin), badge == nil || badges[approver.email] == badge else {
                return .grantedHere(.failure(.wrongPIN))
            }
            return .grantedHere(
                answer(id) { approval in
                    approval.stage = .granted
                    approval.approver = Approval.Person(approver)
                })
        case .grant(let id), .refuse(let id):
            let stage: Approval.Stage = if case .grant = ask { .granted } else { .refused }
            return .answered(
                answer(id) { approval in
                    approval.stage = stage
                    approval.approver = principal.userID.map { Approval.Person(id: $0, name: "Somebody") }
                })
        case .withdraw(let id): return .withdrawn(answer(id) { $0.stage = .withdrawn })
        }
    }

    private mutating func answer(_ id: Int64, _ change: (inout Approval) -> Void) -> Answer<Approval> {
        guard let index = approvals.firstIndex(where: { $0.id == id }) else {
            return .failure(.notFound(.approval(id)))
        }
        change(&approvals[index])
        return .success(approvals[index])
    }

    /// Asks for an approval of the need, or uses the one that is granted; nil where nobody has to be asked.
    mutating func asks(_ need: ApprovalNeed, _ title: String, by principal: Principal) -> StoreError? {
        guard case .user(let session) = principal, !need.isHeld(by: session.user.role) else { return nil }
        guard session.user.role.mayAsk(for: need.permission) else { return .notAllowed(need.permission) }
        if let index = approvals.firstIndex(where: { $0.stage == .granted && $0.need == need }) {
            approvals[index].stage = .used
            return nil
        }
        let approval = Approval(
            id: Int64(approvals.count + 1), need: need, title: title, lines: ["1 \u{D7} Lamp", "Total"],
            digest: String(repeating: "0", count: 64), till: "1", shiftID: nil,
            asker: Approval.Person(session.user), askedAt: Self.now)
        approvals.append(approval)
        return .approvalNeeded(need, approval)
    }
}
