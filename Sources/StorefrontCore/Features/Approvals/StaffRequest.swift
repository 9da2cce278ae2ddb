import StoreDomain

/// What those who work in the shop ask about PINs and approvals.
public enum StaffRequest: Hashable, Codable, Sendable {
    /// Signs in whose PIN this is; the basket goes with the till.
    case usePIN(Secret, badge: Badge?, till: String)
    /// Unlocks the screen: by a PIN, or by the password of whoever is signed in.
    case unlock(Secret, badge: Badge?, email: String, till: String)
    case setPIN(Secret, password: Secret)
    case setPINOf(String, Secret)
    case setBadgeOf(String, Badge)
    /// Whose badge was scanned.
    case readBadge(Badge)
    /// What waits for an answer.
    case approvals
    /// What has become of one.
    case look(Int64)
    case grantHere(Int64, pin: Secret, badge: Badge?, till: String)
    case grant(Int64)
    case refuse(Int64)
    case withdraw(Int64)

    public struct BadgeHolder: Hashable, Codable, Sendable {
        /// nil for nobody.
        public let name: String?

        public init(name: String?) { self.name = name }
    }

    var terms: Terms {
        switch self {
        case .usePIN, .unlock:
            Terms(lane: .cart, title: "Looking for the PIN", mustFinish: true, keepsBack: .all)
        case .setPIN, .setPINOf: Terms(title: "Setting the PIN", mustFinish: true, keepsBack: .all)
        case .setBadgeOf: Terms(title: "Giving the badge", mustFinish: true, keepsBack: .all)
        case .readBadge: Terms(slot: "badge", title: "Looking for the badge", keepsBack: .all)
        case .approvals: Terms(slot: "approvals")
        case .look: Terms(slot: "approval")
        case .grantHere: Terms(title: "Looking for the PIN", mustFinish: true, keepsBack: .all)
        case .grant, .refuse: Terms(title: "Answering", mustFinish: true, keepsBack: .all)
        case .withdraw: Terms(mustFinish: true)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> StaffAction {
        switch self {
        case .usePIN(let pin, let badge, let till):
            .switched(
                await .of { () throws(StoreError) in
                    try await Self.switchTo(pin, badge, till, outside, as: principal)
                })
        case .unlock(let secret, let badge, let email, let till):
            .switched(
                await .of { () throws(StoreError) in
                    guard PIN.isOne(secret.revealed) else {
                        return try await outside.services.auth.signIn(email: email, password: secret)
                    }
                    do throws(StoreError) {
                        return try await Self.switchTo(secret, badge, till, outside, as: principal)
                    } catch {
                        // A password may be eight digits.
                        guard secret.revealed.utf8.count == PIN.length.upperBound, error.isOfPIN else {
                            throw error
                        }
                        return try await outside.services.auth.signIn(email: email, password: secret)
                    }
                })
        case .setPIN(let pin, let password):
            .pinSet(
                await .of { () throws(StoreError) in
                    try await outside.pins().setPIN(pin, password: password, as: principal)
                    return Done()
                })
        case .setPINOf(let email, let pin):
            .pinSet(
                await .of { () throws(StoreError) in
                    try await outside.pins().setPIN(pin, of: email, as: principal)
                    return Done()
                })
        case .setBadgeOf(let email, let badge):
            .badgeGiven(
                await .of { () throws(StoreError) in
                    try await outside.pins().setBadge(badge, of: email, as: principal)
                    return Done()
                })
        case .readBadge(let badge):
            .badgeRead(
                badge,
                await .of { () throws(StoreError) in
                    BadgeHolder(name: try await outside.pins().name(of: badge, as: principal))
                })
        case .approvals:
            .approvals(
                await .of { () throws(StoreError) in try await outside.approvals().approvals(as: principal) })
        case .look(let id):
            .looked(
                await .of { () throws(StoreError) in
                    try await outside.approvals().approval(id, as: principal)
                })
        case .grantHere(let id, let pin, let badge, let till):
            .grantedHere(
                await .of { () throws(StoreError) in
                    try await outside.approvals().grant(
                        id, pin: pin, badge: badge, till: till, as: principal)
                })
        case .grant(let id):
            .answered(
                await .of { () throws(StoreError) in try await outside.approvals().grant(id, as: principal) })
        case .refuse(let id):
            .answered(
                await .of { () throws(StoreError) in try await outside.approvals().refuse(id, as: principal) }
            )
        case .withdraw(let id):
            .withdrawn(
                await .of { () throws(StoreError) in
                    try await outside.approvals().withdraw(id, as: principal)
                })
        }
    }

    /// The basket becomes the other person's before anybody is told of them; one whose sale may have been made stays
    /// with who sold it, and so does the till.
    private static func switchTo(
        _ pin: Secret, _ badge: Badge?, _ till: String, _ outside: Outside, as principal: Principal
    ) async throws(StoreError) -> Session {
        let carts = outside.services.cart
        guard try await carts.sale(of: principal.owner) == nil,
            try await carts.parking(of: principal.owner) == nil
        else { throw .keyBusy }
        let session = try await outside.pins().signIn(pin: pin, badge: badge, till: till, as: principal)
        if session.user.id != principal.userID {
            try await carts.handOver(from: principal.owner, to: .user(session.user.id))
        }
        return session
    }
}

extension Outside {
    fileprivate func pins() throws(StoreError) -> any PINService {
        guard let pins = services.counter?.pins else { throw .unsupported("PINs") }
        return pins
    }

    fileprivate func approvals() throws(StoreError) -> any ApprovalService {
        guard let approvals = services.counter?.approvals else { throw .unsupported("approvals") }
        return approvals
    }
}

extension StoreError {
    /// It says that what was typed is no PIN that counts here.
    fileprivate var isOfPIN: Bool { self == .wrongPIN || self == .pinLocked }
}

public enum StaffAction: Hashable, Codable, Sendable {
    case switched(Answer<Session>)
    case pinSet(Answer<Done>)
    case badgeGiven(Answer<Done>)
    case badgeRead(Badge, Answer<StaffRequest.BadgeHolder>)
    case approvals(Answer<[Approval]>)
    case looked(Answer<Approval>)
    case grantedHere(Answer<Approval>)
    case answered(Answer<Approval>)
    case withdrawn(Answer<Approval>)

    var failure: StoreError? {
        switch self {
        case .switched(let answer): answer.failure
        case .pinSet(let answer), .badgeGiven(let answer): answer.failure
        case .badgeRead(_, let answer): answer.failure
        case .approvals(let answer): answer.failure
        case .looked(let answer), .grantedHere(let answer), .answered(let answer), .withdrawn(let answer):
            answer.failure
        }
    }
}
