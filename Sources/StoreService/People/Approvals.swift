import StoreDomain

/// Saying yes and no to what others may only ask for.
public struct Approvals: ApprovalService {
    private let core: StoreCore
    private let pins: Pins

    public init(core: StoreCore, pins: Pins) {
        self.core = core
        self.pins = pins
    }

    public func approvals(as principal: Principal) async throws(StoreError) -> [Approval] {
        try await core.read(as: principal) { work in
            try work.requireSignIn()
            return try work.tx.openApprovals().filter { !$0.isOver(at: work.now) && work.concerns($0) }
                .map(work.withCandidates)
        }
    }

    public func approvals(ofShift id: Int64, as principal: Principal) async throws(StoreError) -> [Approval] {
        try await core.read(as: principal, needing: .seeReports) { work in
            guard try work.tx.shift(id) != nil else { throw StoreError.notFound(.shift(id)) }
            return try work.tx.approvals(ofShift: id)
        }
    }

    public func approval(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval {
        try await settle()
        return try await core.read(as: principal) { work in try work.withCandidates(work.approval(id)) }
    }

    public func grant(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval {
        try await settle()
        return try await core.write(as: principal) { work in
            try work.answer(id, by: work.user(), says: .granted, byPIN: false)
        }
    }

    public func grant(_ id: Int64, pin: Secret, badge: Badge?, till: String, as principal: Principal)
        async throws(StoreError) -> Approval
    {
        try await settle()
        let approver = try await pins.holder(of: pin, badge: badge, till: till, as: principal)
        return try await core.write(as: principal) { work in
            // Only who asked has the other person beside him.
            guard try work.approval(id).asker.id == work.principal.userID else {
                throw StoreError.notFound(.approval(id))
            }
            return try work.answer(id, by: approver, says: .granted, byPIN: true)
        }
    }

    public func refuse(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval {
        try await settle()
        return try await core.write(as: principal) { work in
            try work.answer(id, by: work.user(), says: .refused, byPIN: false)
        }
    }

    public func withdraw(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval {
        try await settle()
        return try await core.write(as: principal) { work in
            var approval = try work.approval(id)
            guard approval.asker.id == work.principal.userID else { throw StoreError.notFound(.approval(id)) }
            guard approval.stage.isOpen else { return approval }
            approval.stage = .withdrawn
            try work.keep(approval, .approvalWithdrawn)
            return approval
        }
    }

    /// Ends what nobody answered, and what was granted and not done, in time.
    private func settle() async throws(StoreError) {
        guard !core.engine.isReadOnly else { return }
        let now = core.clock.now()
        let isAnyOver = try await core.engine.read { tx in
            try tx.openApprovals().contains { $0.isOver(at: now) }
        }
        if isAnyOver { try await core.write(as: .guest, asked: false) { work in try work.settleApprovals() } }
    }
}

extension Work {
    /// An approval that this person asked for or may answer.
    ///
    /// - Throws: `notFound`, `signInRequired`.
    fileprivate func approval(_ id: Int64) throws -> Approval {
        try requireSignIn()
        guard let approval = try tx.approval(id), concerns(approval) else {
            throw StoreError.notFound(.approval(id))
        }
        return approval
    }

    /// Whether the person asked for it or may answer it; the store's operator sees all.
    fileprivate func concerns(_ approval: Approval) -> Bool {
        switch principal {
        case .guest: false
        case .operatorOfStore: true
        case .user(let session):
            approval.asker.id == session.user.id || approval.mayBeAnswered(by: session.user)
        }
    }

    fileprivate func answer(_ id: Int64, by user: User, says stage: Approval.Stage, byPIN: Bool) throws
        -> Approval
    {
        guard var approval = try tx.approval(id) else { throw StoreError.notFound(.approval(id)) }
        guard approval.asker.id != user.id else {
            throw StoreError.invalid([FieldProblem("approval", "must come from somebody else")])
        }
        guard approval.mayBeAnswered(by: user) else { throw StoreError.notAllowed(approval.need.permission) }
        // An answer that was lost is given once more.
        if approval.stage == stage, approval.approver?.id == user.id { return approval }
        guard approval.stage == .waiting, !approval.isOver(at: now) else {
            throw StoreError.invalid([FieldProblem("approval", "is no longer waited for")])
        }
        approval.stage = stage
        approval.approver = Approval.Person(user)
        approval.answeredAt = now
        approval.isByPIN = byPIN
        try keep(approval, stage == .granted ? .approvalGranted : .approvalRefused)
        return approval
    }

    /// Stores what became of an approval, with both names on the journal.
    func keep(_ approval: Approval, _ kind: JournalKind) throws {
        try tx.update(approval)
        try record(kind, approval.facts)
    }

    /// Ends what is over.
    func settleApprovals() throws {
        for var approval in try tx.openApprovals() where approval.isOver(at: now) {
            approval.stage = .expired
            try keep(approval, .approvalExpired)
        }
    }

    /// Those open whose content is this.
    func openApprovals(_ digest: String, of userID: Int64) throws -> [Approval] {
        try tx.openApprovals().filter {
            $0.digest == digest && $0.asker.id == userID && !$0.isOver(at: now)
        }
    }

    /// Stores that somebody asks. Of what the same person asked before at that till, nothing is waited for any more: it
    /// is another content.
    func ask(_ need: ApprovalNeed, _ deed: Deed, _ lines: [String], digest: String) throws -> Approval {
        let user = try user()
        try settleApprovals()
        let open = try tx.openApprovals().filter { $0.asker.id == user.id && $0.stage == .waiting }
        if let same = open.first(where: { $0.digest == digest && $0.need == need }) {
            return try withCandidates(same)
        }
        for var other in open where other.till == deed.till {
            other.stage = .withdrawn
            try keep(other, .approvalWithdrawn)
        }
        let approval = Approval(
            id: 0, need: need, title: deed.title, lines: lines, digest: digest, till: deed.till,
            shiftID: try deed.till.flatMap { try tx.openShift(of: $0)?.id }, asker: Approval.Person(user),
            askedAt: now)
        let stored = approval.with(id: try tx.insert(approval))
        try record(.approvalAsked, stored.facts)
        return try withCandidates(stored)
    }

    /// With the names of those who may answer.
    fileprivate func withCandidates(_ approval: Approval) throws -> Approval {
        guard approval.stage == .waiting else { return approval }
        let roles = try tx.roles().filter(approval.need.isHeld).map(\.name)
        let most = Approval.mostCandidates + 1
        var copy = approval
        copy.candidates = try tx.accounts(inRoles: roles, limit: most).filter { $0.id != approval.asker.id }
            .prefix(Approval.mostCandidates).map(\.name)
        return copy
    }
}

extension Approval {
    /// For the journal.
    fileprivate var facts: [String: CanonicalJSON] {
        [
            "approval": .integer(id), "permission": .text(need.permission.rawValue),
            "share": .optional(need.share?.percentText), "amount": .optional(need.amount?.minorUnits),
            "what": .text(title), "digest": .text(digest), "on": .optional(till),
            "asker": .integer(asker.id), "asker_name": .text(asker.name),
            "approver": .optional(approver?.id), "approver_name": .optional(approver?.name),
            "by_pin": .bool(isByPIN),
        ]
    }
}
