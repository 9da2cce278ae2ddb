import StoreDomain
import StoreWire

/// What an answer that refuses means. A server's code says it; where there is none, the status and the fields
/// do, never the sentence.
struct AnswerErrors {
    let call: APICall
    let host: String
    let now: Timestamp
    let currency: Currency

    func failure(_ response: HTTPResponse) -> TryFailure {
        let body = ErrorBody(parsing: response.body)
        if let error = body?.error(currency: currency) {
            return error == .keyBusy ? .passing(error, mayHaveHadEffect: true) : .refused(error)
        }
        if body?.code == .noRoute || body?.code == .methodNotAllowed {
            return .refused(.unsupported(call.endpoint.offer))
        }
        let failure = byStatus(response, body)
        guard case .refused(let error, _) = failure else { return failure }
        return .refused(error, isOfStore: false)
    }

    private func byStatus(_ response: HTTPResponse, _ body: ErrorBody?) -> TryFailure {
        switch response.status {
        case 401: return .refused(call.endpoint == .logIn ? .wrongCredentials : .signInRequired)
        case 403: return .refused(.notAllowed(permission))
        case 404: return .refused(notFound)
        case 405, 501: return .refused(.unsupported(call.endpoint.offer))
        case 408: return .passing(.unreachable("\(host) did not hear all of it"), mayHaveHadEffect: false)
        case 409:
            guard call.endpoint.takesIdempotencyKey else {
                return .refused(call.endpoint == .register ? .emailTaken : refusal(body, status: 409))
            }
            return .passing(.keyBusy, mayHaveHadEffect: true)
        case 422:
            // Some libraries for tokens refuse a broken one so.
            return .refused(call.session == nil ? refusal(body, status: 422) : .signInRequired)
        case 429: return tooMany(response)
        case 500...: return broken(response, body)
        default: return .refused(refusal(body, status: response.status))
        }
    }

    // MARK: - Statuses with more than one meaning

    /// Input that the server does not take, in its own words where it names no fields.
    private func refusal(_ body: ErrorBody?, status: Int) -> StoreError {
        guard let body else { return .unreachable("\(host) refuses without saying why (\(status))") }
        guard body.fields.isEmpty else { return .invalid(body.fields) }
        if call.endpoint == .checkout { return .paymentRefused(.told(body.message.short)) }
        return .invalid([FieldProblem(sentence: body.message.short)])
    }

    /// An added route may not be there at all, which servers without codes say with the same status.
    private var notFound: StoreError {
        if call.endpoint.isAdded { return .unsupported(call.endpoint.offer) }
        if let subject = call.subject { return .notFound(subject) }
        return .unreachable("There is no shop at \(host) (404 for \(call.endpoint.template))")
    }

    private func tooMany(_ response: HTTPResponse) -> TryFailure {
        let seconds = retryAfter(response) ?? 1
        if call.endpoint == .logIn || call.endpoint == .register {
            return .refused(.signInMustWait(seconds: seconds))
        }
        return .passing(
            .unreachable("\(host) has too much to do; try again in \(seconds) s"), mayHaveHadEffect: false,
            wait: .seconds(seconds))
    }

    private func broken(_ response: HTTPResponse, _ body: ErrorBody?) -> TryFailure {
        let words = body.map { ": \($0.message.short)" } ?? ""
        let error = StoreError.unreachable("\(host) has trouble (\(response.status))\(words)")
        return .passing(
            error, mayHaveHadEffect: response.status != 503,
            wait: retryAfter(response).map { .seconds($0) })
    }

    /// Seconds, which stand there as such or as a date; at most an hour.
    private func retryAfter(_ response: HTTPResponse) -> Int? {
        guard let text = response.header("Retry-After")?.trimmedText else { return nil }
        let seconds = Int(text) ?? WireDate.parse(text).map { Int($0.seconds(since: now)) }
        return seconds.map { max(1, min(3600, $0)) }
    }

    /// What the route asks for, as its table says.
    private var permission: Permission {
        switch call.endpoint.access {
        case .permitted(let permission): permission
        case .signedIn, .anyone: call.endpoint == .orders ? .seeAllOrders : .placeOrders
        }
    }
}

extension FieldProblem {
    /// A whole sentence, whose first word stands for the field, so that it reads as it was said.
    init(sentence: String) {
        let words = sentence.split(separator: " ", maxSplits: 1)
        self.init(words.first.map(String.init) ?? "request", words.dropFirst().first.map(String.init) ?? "")
    }
}
