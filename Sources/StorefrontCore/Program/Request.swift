import StoreDomain

/// Numbers requests from 1 in the order in which the state makes them.
public struct RequestID: Hashable, Codable, Sendable, Comparable {
    public let number: Int

    public init(_ number: Int) { self.number = number }

    public static func < (left: RequestID, right: RequestID) -> Bool { left.number < right.number }
}

/// A question to the services in its envelope. A value, so that a session can be recorded.
public struct Request: Hashable, Codable, Sendable {
    public let id: RequestID
    /// Who asks.
    public let principal: Principal
    public let ask: Ask
    /// Follow from what is asked.
    public let terms: Terms

    private enum CodingKeys: String, CodingKey { case id, principal, ask }

    public init(id: RequestID, principal: Principal, ask: Ask) {
        self.id = id
        self.principal = principal
        self.ask = ask
        terms = ask.terms
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(RequestID.self, forKey: .id),
            principal: try container.decode(Principal.self, forKey: .principal),
            ask: try container.decode(Ask.self, forKey: .ask))
    }

    public var owner: CartOwner { principal.owner }
}

/// How a request is carried out, and what becomes of its answer.
public struct Terms: Hashable, Codable, Sendable {
    /// A newer request of the same slot replaces this one: its answer is dropped.
    public var slot: String?
    /// Requests of one lane are carried out one after the other, in the order in which they were made.
    public var lane: Lane?
    /// What the status line shows when it takes long; nil when no person waits for it.
    public var title: String?
    /// Leaving the program waits for it: what it does must not be lost.
    public var mustFinish = false
    /// The answer is the same for every person; otherwise only the one who asked gets it.
    public var isPublic = false
    /// The screen that asks; once that is left the answer is dropped. nil for what the program itself hears.
    public var screen: ScreenKind?
    /// Which keys wait for the answer, because it decides what they mean.
    public var keepsBack = KeysKeptBack.none

    public enum Lane: Hashable, Codable, Sendable { case cart }
}

/// The requests under way. Decides, once for all features, which answers are still wanted.
public struct Ledger: Hashable, Codable, Sendable {
    /// In the order of their numbers.
    public private(set) var open: [Request] = []
    /// Of the last request; 0 before the first.
    public private(set) var lastNumber = 0

    /// Enters a request; a request of the same slot is no longer waited for.
    mutating func enter(_ ask: Ask, as principal: Principal) -> Request {
        lastNumber += 1
        let request = Request(id: RequestID(lastNumber), principal: principal, ask: ask)
        if let slot = request.terms.slot { open.removeAll { $0.terms.slot == slot } }
        open.append(request)
        return request
    }

    /// Takes out the request that an answer belongs to. Returns nil for an answer that is no longer wanted: it
    /// is late, belongs to a screen that was left, or to another person.
    mutating func close(_ id: RequestID, for owner: CartOwner) -> Request? {
        guard let index = open.firstIndex(where: { $0.id == id }) else { return nil }
        let request = open.remove(at: index)
        return request.terms.isPublic || request.owner == owner ? request : nil
    }

    /// Forgets what screens asked that are no longer on the way.
    mutating func keep(_ screens: Set<ScreenKind>) {
        open.removeAll { request in
            guard let screen = request.terms.screen else { return false }
            return !screens.contains(screen) && !request.terms.mustFinish
        }
    }

    /// Forgets what a screen asked.
    mutating func forget(_ screen: ScreenKind) {
        open.removeAll { $0.terms.screen == screen && !$0.terms.mustFinish }
    }

    public func request(_ id: RequestID) -> Request? { open.first { $0.id == id } }

    /// Whether a request of that slot is under way.
    public func isWaiting(forSlot slot: String) -> Bool { open.contains { $0.terms.slot == slot } }

    /// Whether something is on its way that decides what shows or what keys mean, or that a person waits for.
    var isBusy: Bool { open.contains { $0.terms.keepsBack != .none || $0.terms.title != nil } }

    /// What leaving has to wait for, the oldest first.
    public var mustFinish: [Request] { open.filter(\.terms.mustFinish) }
}

extension Principal {
    /// Whose cart and whose answers these are.
    public var owner: CartOwner { userID.map { .user($0) } ?? .guest }
}
