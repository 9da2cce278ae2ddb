import StoreDomain

/// Something that waits for somebody's approval: what was asked for, and the refusal that it gets where nobody approves.
/// Whoever asked goes on waiting; once it is granted the same is asked for again.
public struct HeldApproval: Hashable, Codable, Sendable {
    public let approval: Approval
    let request: Request
    let reply: Reply
}

/// Who stands at the till, whether the screen is locked, and what somebody else must approve.
extension AppState {
    /// Whether the screen waits for a PIN or a password before it shows anything.
    public var isLocked: Bool { overlays.contains(where: \.isLock) }

    /// Locks the screen of who sells; what is under way stays.
    mutating func lock() -> [Effect] {
        guard desk.sellsAtTill, desk.context.kiosk == nil, !isLocked, ending == .no else { return [] }
        overlays.append(.prompt(Prompt(.unlock, limit: 72)))
        return []
    }

    /// What the status line says: under the lock, nothing that names goods or people.
    public var shownStatus: StatusMessage? { desk.status.flatMap { isLocked && !$0.isOfLock ? nil : $0 } }

    /// Takes away what lies over the screen, but for the lock.
    mutating func clearOverlays() { overlays.removeAll { !$0.isLock } }

    /// Lays something over the screen, and under the lock; what a tester does over that, too.
    mutating func lay(_ overlay: Overlay) {
        guard !overlay.isOfTester else {
            // Nothing is proposed of what the lock hides.
            if isLocked, case .prompt(let prompt) = overlay {
                return overlays.append(.prompt(Prompt(prompt.purpose, limit: prompt.input.limit)))
            }
            return overlays.append(overlay)
        }
        let place = overlays.firstIndex(where: \.isLock) ?? overlays.count
        overlays.insert(overlay, at: place)
    }

    // MARK: - Prompts

    mutating func entered(pin prompt: Prompt) -> [Effect] {
        guard !prompt.isBusy else { return [] }
        let text = prompt.input.text
        guard !text.isEmpty else {
            overlays.removeLast()
            return apply(SignInState.asksToSignOut(desk))
        }
        guard PIN.isOne(text) else { return takeTypedBadge(text) }
        wait()
        return apply([.ask(.staff(.usePIN(Secret(text), badge: prompt.badge, till: desk.context.till)))])
    }

    mutating func entered(unlocking prompt: Prompt) -> [Effect] {
        let text = prompt.input.text
        guard !prompt.isBusy, let user else { return [] }
        guard !text.isEmpty else { return refuse("Type a PIN, or \(user.name)\u{2019}s password") }
        wait()
        return apply([
            .ask(
                .staff(
                    .unlock(
                        Secret(text), badge: prompt.badge, email: user.email, till: desk.context.till)))
        ])
    }

    mutating func entered(approverPIN prompt: Prompt, _ held: HeldApproval) -> [Effect] {
        guard !prompt.isBusy else { return [] }
        let text = prompt.input.text
        guard PIN.isOne(text) else { return takeTypedBadge(text) }
        wait()
        return apply([
            .ask(
                .staff(
                    .grantHere(
                        held.approval.id, pin: Secret(text), badge: prompt.badge, till: desk.context.till)))
        ])
    }

    mutating func entered(newPIN prompt: Prompt) -> [Effect] {
        let text = prompt.input.text
        guard PIN.isOne(text) else { return refuse(Self.noPIN) }
        overlays.removeLast()
        return apply([.open(.prompt(Prompt(.pinPassword(Secret(text)), limit: 72)))])
    }

    mutating func entered(pinPassword prompt: Prompt, _ pin: Secret) -> [Effect] {
        guard !prompt.isBusy else { return [] }
        guard !prompt.input.isEmpty else { return refuse("Enter your password") }
        wait()
        return apply([.ask(.staff(.setPIN(pin, password: Secret(prompt.input.text))))])
    }

    mutating func entered(pinOwner prompt: Prompt) -> [Effect] {
        let email = prompt.input.text.trimmedText
        overlays.removeLast()
        return email.isEmpty
            ? [] : apply([.open(.prompt(Prompt(.pinFor(email), limit: PIN.length.upperBound)))])
    }

    mutating func entered(pinFor prompt: Prompt, _ email: String) -> [Effect] {
        guard !prompt.isBusy else { return [] }
        let text = prompt.input.text
        guard PIN.isOne(text) else { return refuse(Self.noPIN) }
        wait()
        return apply([.ask(.staff(.setPINOf(email, Secret(text))))])
    }

    mutating func entered(badgeOwner prompt: Prompt) -> [Effect] {
        let email = prompt.input.text.trimmedText
        overlays.removeLast()
        return email.isEmpty
            ? [] : apply([.open(.prompt(Prompt(.badgeFor(email), limit: Badge.length.upperBound)))])
    }

    mutating func entered(badgeFor prompt: Prompt, _ email: String) -> [Effect] {
        guard !prompt.isBusy else { return [] }
        do throws(StoreError) {
            let badge = try Badge(prompt.input.text)
            wait()
            return apply([.ask(.staff(.setBadgeOf(email, badge)))])
        } catch { return refuse(error.screenText) }
    }

    /// Looks up what a scanner read for the badge of whoever types a PIN next; nil where no PIN is asked for.
    func lookUp(badge code: String) -> Step? {
        guard case .prompt(let prompt)? = overlays.last, prompt.purpose.takesBadge, !prompt.isBusy,
            let badge = try? Badge(code)
        else { return nil }
        return .ask(.staff(.readBadge(badge)))
    }

    /// What is no PIN is a badge whose scanner is slow, or was typed.
    private mutating func takeTypedBadge(_ text: String) -> [Effect] {
        guard let question = lookUp(badge: text) else { return refuse(Self.noPIN) }
        changePrompt { $0.input.set("") }
        return apply([question])
    }

    /// Nobody's badge is something else that was scanned: it changes nothing.
    private mutating func heard(of badge: Badge, _ answer: Answer<StaffRequest.BadgeHolder>) {
        switch answer {
        case .success(let holder):
            guard let name = holder.name else {
                desk.status = StatusMessage(.warning, "That was nobody\u{2019}s badge", isOfLock: isLocked)
                return
            }
            changePrompt { prompt in
                guard prompt.purpose.takesBadge else { return }
                prompt.badgeRead = Prompt.ReadBadge(badge: badge, name: name)
                prompt.problem = nil
            }
        case .failure(let error):
            desk.status = StatusMessage(.failure, error.screenText, isOfLock: isLocked)
        }
    }

    private static let noPIN = "A PIN has 4 to 8 digits"

    /// What was typed is taken away: nobody reads on a screen how long a PIN is.
    private mutating func refuse(_ problem: String) -> [Effect] {
        changePrompt { $0.clear(because: problem) }
        return []
    }

    private mutating func wait() {
        changePrompt { prompt in
            prompt.problem = nil
            prompt.isBusy = true
        }
    }

    /// Changes the prompt in front.
    private mutating func changePrompt(_ body: (inout Prompt) -> Void) {
        guard case .prompt(var prompt)? = overlays.last else { return }
        body(&prompt)
        overlays[overlays.count - 1] = .prompt(prompt)
    }

    // MARK: - Answers

    mutating func receive(_ action: StaffAction) -> [Effect] {
        switch action {
        case .switched(.success(let session)): return isNow(session)
        case .switched(.failure(let error)), .pinSet(.failure(let error)):
            refuseWaiting(error) { $0.asksForOwn }
            return []
        case .badgeGiven(.failure(let error)):
            refuseWaiting(error) { if case .badgeFor = $0 { true } else { false } }
            return []
        case .badgeGiven(.success):
            overlays.removeAll { if case .badgeFor? = $0.purpose { true } else { false } }
            desk.say(.success, "The badge counts from now on, with the PIN")
        case .badgeRead(let badge, let answer): heard(of: badge, answer)
        case .pinSet(.success):
            overlays.removeAll { $0.purpose?.setsPIN == true }
            desk.say(.success, "The PIN counts from now on")
        case .approvals(.success(let approvals)): return noteApprovals(approvals)
        // What others ask is looked at again with the next change.
        case .approvals(.failure(.unsupported)), .withdrawn: break
        case .approvals(.failure(let error)), .answered(.failure(let error)): desk.say(error)
        case .answered(.success(let approval)):
            desk.approvals.removeAll { $0.id == approval.id }
            desk.say(.success, approval.stage == .refused ? "Refused" : "Approved")
        case .looked(.success(let approval)), .grantedHere(.success(let approval)): return learned(approval)
        case .looked(.failure): break
        case .grantedHere(.failure(let error)): return notGranted(error)
        }
        return []
    }

    /// The same person is back, or another one stands at the till.
    private mutating func isNow(_ session: Session) -> [Effect] {
        overlays.removeAll { $0.isLock || $0.purpose == .pin }
        let isOther = session.user.id != desk.user?.id
        desk.principal = .user(session)
        desk.say(
            .success, isOther ? "\(session.user.name) is at the till" : "Welcome back, \(session.user.name)")
        guard isOther else { return [] }
        // What was asked for in the other one's name is no longer asked.
        let held = heldApproval
        overlays.removeAll { $0.purpose?.held != nil || $0.isReckoning }
        desk.approvals = []
        resting = nil
        hear(of: .everything)
        return (held.map { deliver($0.reply, of: $0.request) } ?? []) + tell(.renewed)
    }

    /// Says in the prompt that waits why it came to nothing; a lock shows what its own try came to.
    private mutating func refuseWaiting(_ error: StoreError, _ isMeant: (Prompt.Purpose) -> Bool) {
        for index in overlays.indices {
            guard case .prompt(var prompt) = overlays[index], prompt.isBusy, isMeant(prompt.purpose) else {
                continue
            }
            prompt.clear(because: error.promptText)
            overlays[index] = .prompt(prompt)
            return
        }
        desk.say(error)
    }

    // MARK: - Asking

    /// What waits for somebody's approval.
    var heldApproval: HeldApproval? { overlays.lazy.compactMap { $0.purpose?.held }.first }

    /// Keeps a refusal back until somebody has said yes or no.
    mutating func hold(_ approval: Approval, _ request: Request, _ reply: Reply) -> [Effect] {
        let held = HeldApproval(approval: approval, request: request, reply: reply)
        lay(.prompt(Prompt(.approverPIN(held), limit: Badge.length.upperBound)))
        return []
    }

    /// Does without the approval: the refusal is told.
    mutating func giveUp(_ held: HeldApproval) -> [Effect] {
        apply([.ask(.staff(.withdraw(held.approval.id)))]) + deliver(held.reply, of: held.request)
    }

    /// What has become of the approval that is waited for.
    private mutating func learned(_ approval: Approval) -> [Effect] {
        guard let held = heldApproval, held.approval.id == approval.id else { return [] }
        let who = approval.approver?.name ?? ""
        switch approval.stage {
        case .waiting: return []
        case .granted:
            overlays.removeAll { $0.purpose?.held != nil }
            desk.say(.success, "\(who) has approved it")
            return apply([.ask(held.request.ask)])
        case .refused, .expired, .withdrawn, .used:
            overlays.removeAll { $0.purpose?.held != nil }
            let effects = deliver(held.reply, of: held.request)
            desk.say(
                .warning,
                approval.stage == .refused ? "\(who) has refused it" : "Nobody has approved it in time")
            return effects
        }
    }

    private mutating func notGranted(_ error: StoreError) -> [Effect] {
        switch error {
        case .invalid(let problems) where problems.contains { $0.field == "approval" }: break
        case .notFound: break
        default:
            refuseWaiting(error) { $0.held != nil }
            return []
        }
        guard let held = heldApproval else { return [] }
        // It may be one's own PIN, or too late.
        if held.approval.goodUntil != nil, case .invalid(let problems) = error,
            problems.contains(where: { $0.reason.hasPrefix("must") })
        {
            refuseWaiting(error) { $0.held != nil }
            return []
        }
        overlays.removeAll { $0.purpose?.held != nil }
        let effects = deliver(held.reply, of: held.request)
        desk.say(.warning, "Nobody has approved it in time")
        return effects
    }

    // MARK: - Answering

    private mutating func noteApprovals(_ approvals: [Approval]) -> [Effect] {
        let known = Set(desk.approvals.map(\.id))
        desk.approvals = approvals.filter { $0.stage == .waiting && $0.asker.id != desk.user?.id }
        guard kind != .approvals, let new = desk.approvals.first(where: { !known.contains($0.id) }) else {
            return []
        }
        desk.say(.info, "\(new.question): \(Command.openApprovals.title) has the whole of it")
        return [.beep]
    }
}

extension StoreError {
    /// For whoever typed a PIN or a password.
    fileprivate var promptText: String {
        switch self {
        case .keyBusy: "First the store must say what became of the last sale"
        case .wrongCredentials: "That is not the password"
        default: screenText
        }
    }
}

extension Overlay {
    /// What a prompt asks for; nil for anything else.
    var purpose: Prompt.Purpose? { if case .prompt(let prompt) = self { prompt.purpose } else { nil } }

    var isLock: Bool { purpose == .unlock }

    /// It says how figures came about, which the next one may not see.
    var isReckoning: Bool { if case .reckoning = self { true } else { false } }
}

extension Prompt.Purpose {
    public var held: HeldApproval? { if case .approverPIN(let held) = self { held } else { nil } }

    /// A PIN is asked for, before which a badge may be scanned.
    public var takesBadge: Bool {
        switch self {
        case .pin, .unlock, .approverPIN: true
        default: false
        }
    }

    /// It sets a PIN.
    fileprivate var setsPIN: Bool {
        switch self {
        case .pinPassword, .pinFor: true
        default: false
        }
    }

    /// Its answer is one of signing in, or of setting a PIN.
    fileprivate var asksForOwn: Bool { self == .pin || self == .unlock || setsPIN }

    /// What is typed must not be seen.
    var isSecret: Bool {
        switch self {
        case .pin, .unlock, .approverPIN, .newPIN, .pinPassword, .pinFor: true
        case .office(let entry): entry.isSecret
        case .discount, .findLine, .findOrder, .server, .catalogFile, .priceReason, .customer, .findSale,
            .returnReason, .approvalCode, .visitorCode, .pinOwner, .badgeOwner, .badgeFor, .invoice,
            .noSaleReason, .mailReceipt, .newCustomer,
            .check,
            .returnProduct,
            .returnName, .findGiftCard, .macroName, .macroKey, .reportDays, .findProducts,
            .customers:
            false
        }
    }
}
