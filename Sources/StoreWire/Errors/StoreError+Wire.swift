import StoreDomain

// The one place that gives every error its code and parameters, and makes errors of them again.

extension StoreError {
    /// What the error is called on the wire.
    public var code: ErrorCode {
        switch self {
        case .invalid: .invalid
        case .notFound: .notFound
        case .emailTaken: .emailTaken
        case .wrongCredentials: .wrongCredentials
        case .signInMustWait: .signInMustWait
        case .signInRequired: .signInRequired
        case .notAllowed: .notAllowed
        case .approvalNeeded: .approvalNeeded
        case .wrongPIN: .wrongPIN
        case .pinLocked: .pinLocked
        case .pinTaken: .pinTaken
        case .insufficientStock: .insufficientStock
        case .emptyOrder: .emptyOrder
        case .priceChanged: .priceChanged
        case .changedMeanwhile: .changedMeanwhile
        case .wrongStatus: .wrongStatus
        case .keyReused: .keyReused
        case .keyBusy: .keyBusy
        case .taken: .taken
        case .paymentRefused: .paymentRefused
        case .paymentStranded: .paymentStranded
        case .notReturnable: .notReturnable
        case .otherShift: .otherShift
        case .shiftOpen: .shiftOpen
        case .noShift: .noShift
        case .shiftCounting: .shiftCounting
        case .countIsOff: .countIsOff
        case .perhapsPlaced: .perhapsPlaced
        case .unsupported: .unsupported
        case .storage: .storage
        // Sentences about the server's own files and lines are no business of its clients.
        case .device, .unreachable, .outcomeUnknown: .serverFault
        }
    }

    /// Whether the error says more than its code and fields do.
    var hasParameters: Bool {
        switch self {
        case .notFound, .signInMustWait, .notAllowed, .insufficientStock, .priceChanged, .changedMeanwhile,
            .wrongStatus, .taken, .paymentRefused, .paymentStranded, .notReturnable, .shiftOpen, .noShift,
            .shiftCounting,
            .countIsOff, .perhapsPlaced, .unsupported, .otherShift, .approvalNeeded:
            true
        case .invalid, .emailTaken, .wrongCredentials, .signInRequired, .emptyOrder, .keyReused, .keyBusy,
            .storage, .device, .unreachable, .outcomeUnknown, .wrongPIN, .pinLocked, .pinTaken:
            false
        }
    }

    /// Writes the members of `params`.
    func writeParameters(to json: inout JSONWriter) {
        switch self {
        case .notFound(let subject): subject.writeMembers(to: &json)
        case .signInMustWait(let seconds): json.member("seconds", seconds)
        case .notAllowed(let permission): json.member("permission", permission.rawValue)
        case .approvalNeeded(let need, let approval):
            need.writeMembers(to: &json)
            if let approval { json.member("approval", approval) }
        case .insufficientStock(let productID, let name, let available):
            json.member("product_id", productID)
            json.member("name", name)
            json.member("available", available)
        case .priceChanged(let prices): json.member("prices", prices)
        case .changedMeanwhile(let product): json.member("product", product)
        case .wrongStatus(let orderID, let status):
            json.member("order_id", orderID)
            json.member("status", status.rawValue)
        case .taken(let field, let value):
            json.member("field", field)
            json.member("value", value)
        case .paymentRefused(let problem): problem.writeMembers(to: &json)
        case .paymentStranded(let payment, let name):
            json.member("payment", payment)
            json.member("sold_out", name)
        case .notReturnable(let name, let left):
            json.member("name", name)
            json.member("left", left)
        case .otherShift(let orderID, let till):
            json.member("order_id", orderID)
            json.member("till", till)
        case .shiftOpen(let till, let since):
            json.member("till", till)
            json.member("since", since)
        case .noShift(let till), .shiftCounting(let till): json.member("till", till)
        case .countIsOff(let variance): json.member("variance", variance)
        case .perhapsPlaced(let order): json.member("order", order)
        case .unsupported(let what): json.member("what", what)
        case .invalid, .emailTaken, .wrongCredentials, .signInRequired, .emptyOrder, .keyReused, .keyBusy,
            .storage, .device, .unreachable, .outcomeUnknown, .wrongPIN, .pinLocked, .pinTaken:
            break
        }
    }

    /// The error of a code; nil for a code that says no more than the status does.
    ///
    /// - Throws: when `params` are not what the code asks for.
    init?(_ code: ErrorCode, fields: [FieldProblem], _ params: WireReader) throws(WireProblem) {
        switch code {
        case .invalid: self = .invalid(fields)
        case .notFound: self = .notFound(try Subject(params))
        case .emailTaken: self = .emailTaken
        case .wrongCredentials: self = .wrongCredentials
        case .signInMustWait:
            self = .signInMustWait(seconds: try params.member("seconds").int(in: 0...86_400))
        case .signInRequired: self = .signInRequired
        case .notAllowed: self = .notAllowed(try params.member("permission").word())
        case .approvalNeeded:
            self = .approvalNeeded(try ApprovalNeed(params), try params.optionalValue("approval"))
        case .wrongPIN: self = .wrongPIN
        case .pinLocked: self = .pinLocked
        case .pinTaken: self = .pinTaken
        case .insufficientStock:
            self = .insufficientStock(
                productID: try params.member("product_id").integer(), name: try params.member("name").text(),
                available: try params.member("available").int(in: 0...Product.maximumStock))
        case .emptyOrder: self = .emptyOrder
        case .priceChanged: self = .priceChanged(try params.value("prices"))
        case .changedMeanwhile: self = .changedMeanwhile(try params.value("product"))
        case .wrongStatus:
            self = .wrongStatus(
                orderID: try params.member("order_id").integer(), status: try params.member("status").word())
        case .keyReused: self = .keyReused
        case .keyBusy: self = .keyBusy
        case .taken:
            self = .taken(
                field: try params.member("field").text(), value: try params.member("value").text())
        case .paymentRefused: self = .paymentRefused(try PaymentProblem(params))
        case .paymentStranded:
            self = .paymentStranded(
                try params.value("payment"), soldOut: try params.member("sold_out").text())
        case .notReturnable:
            self = .notReturnable(
                name: try params.member("name").text(),
                left: try params.member("left").int(in: 0...Quantity.range.upperBound))
        case .otherShift:
            self = .otherShift(
                orderID: try params.member("order_id").integer(), till: try params.member("till").text())
        case .shiftOpen:
            self = .shiftOpen(
                till: try params.member("till").text(), since: try params.member("since").time())
        case .noShift: self = .noShift(till: try params.member("till").text())
        case .shiftCounting: self = .shiftCounting(till: try params.member("till").text())
        case .countIsOff: self = .countIsOff(variance: try params.optionalMoney("variance"))
        case .perhapsPlaced: self = .perhapsPlaced(try params.value("order"))
        case .unsupported: self = .unsupported(try params.member("what").text())
        case .storage, .serverFault, .noRoute, .methodNotAllowed, .malformed, .notJSON, .wrongContentType,
            .tooLarge, .tooSlow, .busy:
            return nil
        }
    }
}

extension StoreError.Subject {
    fileprivate func writeMembers(to json: inout JSONWriter) {
        switch self {
        case .product(let id): write("product", id, to: &json)
        case .order(let id): write("order", id, to: &json)
        case .orderItem(let id): write("order_item", id, to: &json)
        case .shift(let id): write("shift", id, to: &json)
        case .productCode(let code): write("product_code", code, to: &json)
        case .account(let email): write("account", email, to: &json)
        case .discount(let code): write("discount", code, to: &json)
        case .category(let name): write("category", name, to: &json)
        case .parkedSale(let code): write("parked_sale", code, to: &json)
        case .policy(let name): write("policy", name, to: &json)
        case .approval(let id): write("approval", id, to: &json)
        case .giftCard(let id): write("gift_card", id, to: &json)
        case .looseReturn(let number): write("return", number, to: &json)
        case .priceBatch(let id): write("price_batch", id, to: &json)
        case .customer(let id): write("customer", id, to: &json)
        }
    }

    private func write(_ what: String, _ id: Int64, to json: inout JSONWriter) {
        json.member("what", what)
        json.member("id", id)
    }

    private func write(_ what: String, _ name: String, to json: inout JSONWriter) {
        json.member("what", what)
        json.member("name", name)
    }

    fileprivate init(_ json: WireReader) throws(WireProblem) {
        let what = try json.member("what")
        func id() throws(WireProblem) -> Int64 { try json.member("id").integer() }
        func name() throws(WireProblem) -> String { try json.member("name").text() }
        switch try what.text() {
        case "product": self = .product(try id())
        case "order": self = .order(try id())
        case "order_item": self = .orderItem(try id())
        case "shift": self = .shift(try id())
        case "product_code": self = .productCode(try name())
        case "account": self = .account(try name())
        case "discount": self = .discount(try name())
        case "category": self = .category(try name())
        case "parked_sale": self = .parkedSale(try name())
        case "policy": self = .policy(try name())
        case "approval": self = .approval(try id())
        case "gift_card": self = .giftCard(try id())
        case "return": self = .looseReturn(try name())
        case "price_batch": self = .priceBatch(try id())
        case "customer": self = .customer(try id())
        // A text has no end of cases.
        default: throw what.problem("is not known")
        }
    }
}

extension PaymentProblem {
    fileprivate func writeMembers(to json: inout JSONWriter) {
        switch self {
        case .cashNotNamed: json.member("why", "cash_not_named")
        case .notAnAmount(let problem):
            json.member("why", "not_an_amount")
            problem.writeMembers(to: &json)
        case .scannedCode(let text):
            json.member("why", "scanned_code")
            json.member("text", text)
        case .tooLittle(let missing):
            json.member("why", "too_little")
            json.member("missing", missing)
        case .tooMuchCash: json.member("why", "too_much_cash")
        case .moreThanDue(let due):
            json.member("why", "more_than_due")
            json.member("due", due)
        case .noAmount: json.member("why", "no_amount")
        case .comesTo(let amount):
            json.member("why", "comes_to")
            json.member("amount", amount)
        case .approvalCodeMissing: json.member("why", "approval_code_missing")
        case .approvalCodeUnusable: json.member("why", "approval_code_unusable")
        case .cardCodeMissing: json.member("why", "card_code_missing")
        case .cardUnknown: json.member("why", "card_unknown")
        case .cardExpired: json.member("why", "card_expired")
        case .cardHolds(let left):
            json.member("why", "card_holds")
            json.member("left", left)
        case .noCredit: json.member("why", "no_credit")
        case .methodNotChosen: json.member("why", "method_not_chosen")
        case .methodNotTaken: json.member("why", "method_not_taken")
        case .noPaymentsHere: json.member("why", "no_payments_here")
        case .told(let words):
            json.member("why", "told")
            json.member("text", words)
        }
    }

    fileprivate init(_ json: WireReader) throws(WireProblem) {
        let why = try json.member("why")
        switch try why.text() {
        case "cash_not_named": self = .cashNotNamed
        case "scanned_code": self = .scannedCode(try json.member("text").text())
        case "not_an_amount": self = .notAnAmount(try AmountProblem(json))
        case "too_little": self = .tooLittle(missing: try json.member("missing").money())
        case "too_much_cash": self = .tooMuchCash
        case "more_than_due": self = .moreThanDue(due: try json.member("due").money())
        case "no_amount": self = .noAmount
        case "comes_to": self = .comesTo(try json.member("amount").amount())
        case "approval_code_missing": self = .approvalCodeMissing
        case "approval_code_unusable": self = .approvalCodeUnusable
        case "card_code_missing": self = .cardCodeMissing
        case "card_unknown": self = .cardUnknown
        case "card_expired": self = .cardExpired
        case "card_holds": self = .cardHolds(left: try json.member("left").amount())
        case "no_credit": self = .noCredit
        case "method_not_chosen": self = .methodNotChosen
        case "method_not_taken": self = .methodNotTaken
        case "no_payments_here": self = .noPaymentsHere
        case "told": self = .told(try json.member("text").text())
        // A text has no end of cases.
        default: throw why.problem("is not known")
        }
    }
}

extension AmountProblem {
    fileprivate func writeMembers(to json: inout JSONWriter) {
        json.member("text", text)
        switch reason {
        case .notANumber: json.member("reason", "not_a_number")
        case .twoReadings(let one, let other):
            json.member("reason", "two_readings")
            json.member("one", one)
            json.member("other", other)
        case .otherCurrency(let sign):
            json.member("reason", "other_currency")
            json.member("sign", sign)
        case .tooFine(let decimals):
            json.member("reason", "too_fine")
            json.member("decimals", decimals)
        case .outOfRange: json.member("reason", "out_of_range")
        }
    }

    fileprivate init(_ json: WireReader) throws(WireProblem) {
        let reason = try json.member("reason")
        let found: Reason =
            switch try reason.text() {
            case "not_a_number": .notANumber
            case "two_readings":
                .twoReadings(try json.member("one").text(), try json.member("other").text())
            case "other_currency": .otherCurrency(try json.member("sign").text())
            case "too_fine": .tooFine(decimals: try json.member("decimals").int(in: 0...9))
            case "out_of_range": .outOfRange
            // A text has no end of cases.
            default: throw reason.problem("is not known")
            }
        self.init(try json.member("text").text(), found)
    }
}
