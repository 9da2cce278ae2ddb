import StoreDomain

/// Where a person was when idleness signed them out: the way with what was selected and typed, and what lay over
/// it. No picture and no feature gets to see it. It is given back to the same person alone, and is gone as soon as
/// anybody else goes on from the sign-in screen.
struct RestingPlace: Hashable, Codable, Sendable {
    let owner: CartOwner
    let way: [Screen]
    let overlays: [Overlay]

    /// nil where nobody is signed in.
    init?(_ state: AppState) {
        guard state.user != nil else { return nil }
        owner = state.desk.owner
        // A session that had ended was being renewed: that is over.
        let way = state.way.filter { $0.kind != .signIn && $0.kind != .register }
        let isRenewing = way.count < state.way.count
        self.way = way
        overlays = isRenewing ? [] : state.overlays.filter(\.outlivesRest)
    }
}

extension Overlay {
    /// What is only looked at or waits for an answer from outside does not come back.
    fileprivate var outlivesRest: Bool {
        switch self {
        case .prompt(let prompt): !prompt.isBusy && !prompt.purpose.isSecret
        case .confirm: true
        case .help, .picker, .explain, .reckoning, .about, .pointing: false
        }
    }
}

extension AppState {
    /// Goes back to where the person was who is here again; forgets the place once another one goes on.
    mutating func settleRestingPlace() -> [Effect] {
        guard let place = resting else { return [] }
        if desk.user == nil, way[0].kind == .signIn, !way.contains(where: { $0.kind == .shop }) { return [] }
        resting = nil
        guard desk.owner == place.owner, !place.way.isEmpty else {
            // Nobody comes back to the basket here: other programs may have it.
            return desk.owner == place.owner ? [] : apply([.ask(.basket(.letGo(place.owner)))])
        }
        way = place.way
        overlays = place.overlays
        desk.requests.keep(Set(way.map(\.kind)))
        if let user = desk.user { desk.say(.success, "Welcome back, \(user.name)") }
        hear(of: .everything)
        return []
    }
}
