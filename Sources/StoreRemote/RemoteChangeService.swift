import StoreDomain
import StoreWire
import Synchronization

/// Hears from the server what changes there, for as long as somebody listens. A server without events is never heard
/// of; one that is away is tried again, with longer and longer pauses.
struct RemoteChangeService: ChangeService {
    let client: APIClient

    /// A server gives a sign of life every 25 s.
    static let patience = Duration.seconds(65)
    private static let longestPause = Duration.seconds(30)

    func follow(as principal: Principal, _ heard: @Sendable (ShopChanges) async -> Void) async {
        let inbox = ChangeInbox()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await listen(as: principal, into: inbox)
                inbox.end()
            }
            while let changes = await inbox.next() { await heard(changes) }
            group.cancelAll()
        }
    }

    private enum Outcome {
        /// The stream had begun.
        case ended
        case failed
        /// The session does not count any more.
        case signedOut
        /// Nothing will ever come.
        case hopeless
    }

    private func listen(as principal: Principal, into inbox: ChangeInbox) async {
        let ear = Ear(inbox)
        var principal = principal
        var failures = 0
        while !Task.isCancelled {
            switch await listenOnce(as: principal, ear) {
            case .hopeless: return
            case .signedOut:
                // What everybody may know is still heard.
                guard case .user = principal else { return }
                principal = .guest
                continue
            case .ended: failures = 0
            case .failed: failures += 1
            }
            let pause = RetryPolicy(firstPause: .seconds(1))
                .pause(afterTries: failures + 1, jitter: client.surroundings.jitter())
            do { try await client.surroundings.sleep(min(pause, Self.longestPause)) } catch { return }
        }
    }

    private func listenOnce(as principal: Principal, _ ear: Ear) async -> Outcome {
        var headers = [
            (name: "Accept", value: "text/event-stream"), (name: "User-Agent", value: "storefront"),
            (name: "Expect", value: ""),
        ]
        if case .user(let session) = principal {
            guard let token = client.tokens.token(for: session)?.revealed, token.isHeaderText else {
                return .signedOut
            }
            headers.append((name: "Authorization", value: "Bearer \(token)"))
        }
        if let id = ear.begin(), id.isHeaderText {
            headers.append((name: WireHeader.lastEventID, value: id))
        }
        let request = HTTPRequest(
            method: Endpoint.events.method,
            url: client.address.origin + client.address.prefix + Endpoint.events.target(), headers: headers,
            body: nil, deadline: Self.patience, isRepeatable: false)
        let response: HTTPResponse
        do throws(HTTPFailure) {
            response = try await client.transport.stream(request) { ear.hear($0) }
        } catch {
            if error.kind == .certificate { return .hopeless }
            return ear.hasBegun ? .ended : .failed
        }
        switch response.status {
        case 200:
            let isStream = response.header("Content-Type")?.lowercased().hasPrefix("text/event-stream")
            return isStream == true ? .ended : .hopeless
        case 401: return .signedOut
        case 501: return .hopeless
        case 429, 500..<600: return .failed
        default: return .hopeless
        }
    }
}

/// Takes the bytes of one stream after the other, and puts what they tell into an inbox.
private final class Ear: Sendable {
    private struct State {
        var reader = EventStreamReader()
        var hasBegun = false
    }

    private let inbox: ChangeInbox
    private let state = Mutex(State())

    init(_ inbox: ChangeInbox) { self.inbox = inbox }

    /// Gets ready for another stream.
    ///
    /// - Returns: the id of the last event, behind which that one is to go on.
    func begin() -> String? {
        state.withLock { state in
            state.hasBegun = false
            state.reader.startOver()
            return state.reader.lastID
        }
    }

    var hasBegun: Bool { state.withLock(\.hasBegun) }

    func hear(_ bytes: [UInt8]) {
        let (isFirst, events) = state.withLock { state in
            // Nobody knows what happened before the first stream.
            let isFirst = !state.hasBegun && state.reader.lastID == nil
            state.hasBegun = true
            return (isFirst, state.reader.read(bytes))
        }
        var changes = isFirst ? ShopChanges.everything : ShopChanges()
        for event in events { changes.merge(event.changes) }
        inbox.put(changes)
    }
}

extension ShopEvent {
    fileprivate var changes: ShopChanges {
        switch self {
        case .catalogue: ShopChanges(catalogue: true)
        case .stock(let ids): ShopChanges(stock: Touched(ids))
        case .orders(let ids):
            ShopChanges(orders: Touched(ids?.map { TouchedOrder(id: $0, userID: nil) }))
        case .discounts: ShopChanges(discounts: true)
        case .accounts(let ids): ShopChanges(accounts: Touched(ids))
        case .shifts(let ids): ShopChanges(shifts: Touched(ids))
        case .parked: ShopChanges(parked: true)
        case .approvals: ShopChanges(approvals: true)
        case .reload: .everything
        }
    }
}

extension Touched {
    /// - Parameter things: nil for any.
    fileprivate init(_ things: [Thing]?) { self = things.map { .some(Set($0)) } ?? .any }
}
