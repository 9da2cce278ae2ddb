import StorefrontCore
import Synchronization

/// Requests of one lane that are carried out together. Those that come while the first waits for its turn may join it.
final class RequestGroup: Sendable {
    private struct State {
        var requests: [Request]
        var isBegun = false
    }

    private let state: Mutex<State>

    init(_ first: Request) { state = Mutex(State(requests: [first])) }

    /// Whether the request goes along with those that wait.
    func take(_ request: Request) -> Bool {
        state.withLock { state in
            guard !state.isBegun, let last = state.requests.last, request.goesAlong(with: last) else {
                return false
            }
            state.requests.append(request)
            return true
        }
    }

    /// What is to be carried out; nothing joins it any more.
    func begin() -> [Request] {
        state.withLock { state in
            state.isBegun = true
            return state.requests
        }
    }
}
