import StoreDomain

/// What a signed-in visitor asks about the keys of his account.
public enum VisitorRequest: Hashable, Codable, Sendable {
    case keys
    /// Makes the key that he has come with one of them.
    case addKey
    case remove(KeyFingerprint)
    case makeCode
    case forget

    var terms: Terms {
        switch self {
        case .keys: Terms(slot: "visitor", title: "Loading your keys", screen: .visitor, keepsBack: .onScreen)
        case .addKey: Terms(slot: "visitor", title: "Adding your key", screen: .visitor, keepsBack: .all)
        case .remove:
            Terms(slot: "visitor", title: "Taking the key out", screen: .visitor, keepsBack: .all)
        case .makeCode: Terms(slot: "visitor", title: "Making a code", screen: .visitor, keepsBack: .all)
        case .forget:
            Terms(title: "Forgetting you", mustFinish: true, screen: .visitor, keepsBack: .all)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> VisitorAction {
        guard let visitor = outside.services.visitor else { return .keys(.failure(.unsupported("keys"))) }
        return switch self {
        case .keys:
            .keys(await .of { () throws(StoreError) in try await visitor.keys(as: principal) })
        case .addKey:
            .keys(await .of { () throws(StoreError) in try await visitor.addKey(as: principal) })
        case .remove(let key):
            .keys(await .of { () throws(StoreError) in try await visitor.remove(key, as: principal) })
        case .makeCode:
            .code(await .of { () throws(StoreError) in try await visitor.makeCode(as: principal) })
        case .forget:
            .forgotten(
                await .of { () throws(StoreError) in
                    try await visitor.forget(as: principal)
                    return Done()
                })
        }
    }
}

public enum VisitorAction: Hashable, Codable, Sendable {
    case keys(Answer<[VisitorKey]>)
    case code(Answer<VisitorCode>)
    case forgotten(Answer<Done>)

    var failure: StoreError? {
        switch self {
        case .keys(let answer): answer.failure
        case .code(let answer): answer.failure
        case .forgotten(let answer): answer.failure
        }
    }
}
