import StoreDomain
import StoreWire

/// What an answer that refuses means. The one place that turns statuses and sentences into `StoreError`.
struct AnswerErrors {
    let call: APICall
    let host: String
    let now: Timestamp

    func failure(_ response: HTTPResponse) -> TryFailure {
        let body = ErrorBody(parsing: response.body)
        switch response.status {
        case 400: return .refused(refusal(body))
        case 401: return .refused(call.endpoint == .logIn ? .wrongCredentials : .signInRequired)
        case 403: return .refused(.notAllowed(permission))
        case 404: return .refused(notFound(body))
        case 405, 501: return .refused(.unsupported(offer))
        case 408: return .passing(.unreachable("\(host) did not hear all of it"), mayHaveHadEffect: false)
        case 409:
            guard call.endpoint.takesIdempotencyKey else {
                return .refused(call.endpoint == .register ? .emailTaken : refusal(body))
            }
            return .passing(.keyBusy, mayHaveHadEffect: true)
        case 422:
            // Servers made with Flask refuse a broken token so.
            let isOurs = body?.message == StoreError.keyReused.message
            if call.key != nil, isOurs || call.session == nil { return .refused(.keyReused) }
            return .refused(call.session == nil ? refusal(body) : .signInRequired)
        case 429: return tooMany(response)
        case 500...: return broken(response, body)
        default: return .refused(refusal(body, status: response.status))
        }
    }

    // MARK: - Statuses with more than one meaning

    private func refusal(_ body: ErrorBody?, status: Int = 400) -> StoreError {
        guard let body else { return .unreachable("\(host) refuses without saying why (\(status))") }
        if let stock = ServerWords.insufficientStock(body.message) {
            return .insufficientStock(productID: 0, name: stock.name, available: stock.available)
        }
        if body.message == StoreError.emptyOrder.message { return .emptyOrder }
        if let order = ServerWords.wrongStatus(body.message) {
            return .wrongStatus(orderID: order.id, status: order.status)
        }
        if let taken = ServerWords.taken(body.message) {
            return .taken(field: taken.field, value: taken.value)
        }
        if call.endpoint == .checkout { return .paymentRefused(body.message.short) }
        guard body.fields.isEmpty else { return .invalid(body.fields) }
        return .invalid([FieldProblem(sentence: body.message.short)])
    }

    private func notFound(_ body: ErrorBody?) -> StoreError {
        let named = body?.message.lowercased() ?? ""
        switch call.endpoint {
        case .product: return .notFound(.product(call.id ?? 0))
        case .order, .checkout: return .notFound(.order(call.id ?? 0))
        case .placeOrder: return .notFound(.product(ServerWords.firstNumber(named) ?? 0))
        // What was added may not be there at all, which servers say with the same status.
        case .editProduct, .removeProduct:
            return named == "product not found" ? .notFound(.product(call.id ?? 0)) : .unsupported(offer)
        case .cancelOrder:
            return named == "order not found" ? .notFound(.order(call.id ?? 0)) : .unsupported(offer)
        case .logOut, .categories, .health, .ready, .metrics, .openAPI, .docs: return .unsupported(offer)
        case .register, .logIn, .me, .products, .searchProducts, .addProduct, .orders, .calculate:
            return .unreachable("There is no shop at \(host) (404 for \(call.endpoint.template))")
        }
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

    // MARK: - Names

    private var permission: Permission {
        switch call.endpoint {
        case .addProduct, .editProduct, .removeProduct: .manageProducts
        case .checkout: .takePayment
        case .orders, .order: .seeAllOrders
        default: .placeOrders
        }
    }

    /// Completes "This server does not offer …".
    private var offer: String {
        switch call.endpoint {
        case .categories: "categories"
        case .editProduct, .addProduct: "changing products"
        case .removeProduct: "taking products out of the shop"
        case .cancelOrder: "cancelling orders"
        case .logOut: "signing out"
        default: call.endpoint.template
        }
    }
}

/// Sentences of the contract that carry values.
enum ServerWords {
    /// "Insufficient stock for NAME. Available: N"
    static func insufficientStock(_ sentence: String) -> (name: String, available: Int)? {
        let (start, middle) = ("Insufficient stock for ", ". Available: ")
        guard sentence.hasPrefix(start), let mark = sentence.lastRange(of: middle),
            let available = Int(sentence[mark.upperBound...].trimmedText), available >= 0
        else { return nil }
        let name = sentence[..<mark.lowerBound].dropFirst(start.count)
        return (String(name), available)
    }

    /// "Order 7 is already paid"
    static func wrongStatus(_ sentence: String) -> (id: Int64, status: OrderStatus)? {
        guard sentence.hasPrefix("Order "), let id = firstNumber(sentence),
            let status = OrderStatus.allCases.first(where: {
                sentence == StoreError.wrongStatus(orderID: id, status: $0).message
            })
        else { return nil }
        return (id, status)
    }

    /// "Another product or code already has sku A-1"
    static func taken(_ sentence: String) -> (field: String, value: String)? {
        let start = "Another product or code already has "
        guard sentence.hasPrefix(start) else { return nil }
        let rest = sentence.dropFirst(start.count)
        guard let blank = rest.firstIndex(of: " ") else { return nil }
        return (String(rest[..<blank]), String(rest[rest.index(after: blank)...]))
    }

    static func firstNumber(_ sentence: String) -> Int64? {
        Int64(sentence.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber })
    }
}

extension String {
    fileprivate func lastRange(of text: String) -> Range<Index>? {
        var start = endIndex
        while true {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            guard start > startIndex else { return nil }
            start = index(before: start)
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
