import StoreDomain
import StoreWire

/// Speaks the contract with one server: puts requests together, tries again what may be tried again, and
/// turns whatever comes back into values or a `StoreError`.
struct APIClient: Sendable {
    let address: ServerAddress
    let transport: any HTTPTransport
    let tokens: TokenStore
    let health: ConnectionHealth
    let policy: RetryPolicy
    let surroundings: RemoteSurroundings
    let clock: any StoreClock
    let currency: Currency
    /// Nothing that changes the shop is sent.
    var isReadOnly = false

    /// The answer's body, read by `read`.
    ///
    /// - Throws: `outcomeUnknown` when a write may have had its effect but no answer tells; `unreachable` when
    ///   there is no answer and nothing was changed; else what the server refused with.
    func call<Body>(
        _ call: APICall, _ read: (WireReader) throws(WireProblem) -> Body
    ) async throws(StoreError) -> Body {
        try await answer(call) { response throws(TryFailure) in
            do {
                let json = try JSONParser.parse(response.body)
                return try read(WireReader(json, currency: currency, from: .server))
            } catch {
                let why = (error as? WireProblem)?.message ?? "it is no JSON (\(error))"
                throw .passing(
                    .unreachable("\(address.host) sent an answer that makes no sense: \(why.short)"),
                    mayHaveHadEffect: true)
            }
        }
    }

    /// The value that an answer gives under its name.
    func one<Value: WireNamed & Sendable>(_ call: APICall) async throws(StoreError) -> Value {
        try await self.call(call, One<Value>.init).value
    }

    /// The values that an answer gives under their name.
    func many<Value: WireNamed & Sendable>(_ call: APICall) async throws(StoreError) -> [Value] {
        try await self.call(call, Many<Value>.init).values
    }

    /// A call whose answer says no more than that it went well.
    func done(_ call: APICall) async throws(StoreError) { try await answer(call) { _ in } }

    /// The answer as it came, once it is a good one.
    func answer<Value>(
        _ call: APICall, _ take: (HTTPResponse) throws(TryFailure) -> Value
    ) async throws(StoreError) -> Value {
        if isReadOnly, call.endpoint.hasEffect || call.endpoint == .keepPaymentOpen {
            throw .storage(
                StorageFault(
                    .readOnly, path: address.text,
                    sentence:
                        "\(address.host) was opened read-only. Leave out --read-only to change anything."))
        }
        let start = surroundings.now()
        let deadline = call.deadline ?? policy.deadline
        var tries = 0
        var mayHaveHadEffect = false
        while true {
            tries += 1
            let left = deadline - (surroundings.now() - start)
            let failure: TryFailure
            do throws(TryFailure) {
                return try take(try await attempt(call, deadline: left))
            } catch { failure = error }
            switch failure {
            case .refused(let error, let isOfStore):
                // Something on the way refuses, which does not know what an earlier try has done.
                throw mayHaveHadEffect && !isOfStore && call.endpoint.hasEffect ? .outcomeUnknown : error
            case .passing(let error, let effect, let wait, let isOffline):
                mayHaveHadEffect = mayHaveHadEffect || effect
                let pause = max(
                    wait ?? .zero, policy.pause(afterTries: tries, jitter: surroundings.jitter()))
                let isOver = surroundings.now() - start + pause >= deadline
                if call.isRepeatable, tries < policy.tries, !isOver, await slept(pause) { continue }
                if isOffline { health.failed() }
                throw mayHaveHadEffect && call.endpoint.hasEffect && error != .keyBusy
                    ? .outcomeUnknown : error
            }
        }
    }

    /// False when the task was cancelled meanwhile.
    private func slept(_ pause: Duration) async -> Bool {
        do {
            try await surroundings.sleep(pause)
            return true
        } catch { return false }
    }

    // MARK: - One try

    private func attempt(_ call: APICall, deadline: Duration) async throws(TryFailure) -> HTTPResponse {
        let start = surroundings.now()
        var target = address.prefix + call.endpoint.target(call.parameter, query: call.query)
        for _ in 0..<3 {
            let left = deadline - (surroundings.now() - start)
            let response = try await send(call, target: target, deadline: max(.milliseconds(1), left))
            health.answered(after: surroundings.now() - start)
            switch response.status {
            case 200..<300: return response
            case 307, 308:
                guard let location = response.header("Location"),
                    let moved = address.redirect(of: target, to: location)
                else { throw .refused(redirected(response)) }
                target = moved
            case 300..<400: throw .refused(redirected(response))
            default:
                throw AnswerErrors(
                    call: call, host: address.host, now: clock.now(), currency: currency
                ).failure(response)
            }
        }
        throw .refused(.unreachable("\(address.host) sends requests in a circle"))
    }

    private func redirected(_ response: HTTPResponse) -> StoreError {
        let place = response.header("Location").map { " to \($0.short)" } ?? ""
        return .unreachable(
            "\(address.host) redirects\(place), which is not followed; name that server if it is meant")
    }

    private func send(_ call: APICall, target: String, deadline: Duration) async throws(TryFailure)
        -> HTTPResponse
    {
        var headers = [
            (name: "Accept", value: "application/json"), (name: "User-Agent", value: "storefront"),
            // libcurl would wait for a "100 Continue" that many servers never send.
            (name: "Expect", value: ""),
        ]
        if call.body != nil { headers.append((name: "Content-Type", value: "application/json")) }
        if let key = call.key { headers.append((name: WireHeader.idempotencyKey, value: key.text)) }
        if let seen = call.seen { headers.append((name: WireHeader.ifMatch, value: seen.entityTag)) }
        if let session = call.session {
            guard let token = tokens.token(for: session)?.revealed, token.isHeaderText else {
                throw .refused(.signInRequired)
            }
            headers.append((name: "Authorization", value: "Bearer \(token)"))
        }
        let request = HTTPRequest(
            method: call.endpoint.method, url: address.origin + target, headers: headers, body: call.body,
            deadline: deadline, isRepeatable: call.isRepeatable)
        do throws(HTTPFailure) {
            return try await transport.send(request)
        } catch {
            let sentence = sentence(for: error)
            guard error.kind != .certificate, error.kind != .tooLarge || call.endpoint.hasEffect else {
                if error.kind == .certificate { health.failed() }
                throw .refused(.unreachable(sentence))
            }
            throw .passing(
                .unreachable(sentence), mayHaveHadEffect: error.wasSent,
                isOffline: error.kind != .cancelled && error.kind != .tooLarge)
        }
    }

    private func sentence(for failure: HTTPFailure) -> String {
        let host = address.host
        return switch failure.kind {
        case .unreachable: "\(host) cannot be reached: \(failure.reason.short)"
        case .certificate: "\(host) cannot prove that it is \(host): \(failure.reason.short)"
        case .lost: "The line to \(host) broke: \(failure.reason.short)"
        case .tooLarge: "\(host) sent far more than was asked for"
        case .timedOut: "\(host) did not answer in time"
        case .cancelled: "The request to \(host) was given up"
        }
    }
}

extension String {
    /// What another side says, cut to what fits a message.
    var short: String { count <= 200 ? self : String(prefix(199)) + "…" }

    /// Whether it can stand in a header without becoming two.
    var isHeaderText: Bool { !isEmpty && utf8.allSatisfy { (0x21...0x7E).contains($0) } }
}
