// The words of errors: the one place that has them. On the wire an error travels by its code.

extension StoreError {
    /// One sentence for people. The first table of <doc:Protocol> fixes the words of some, to the letter.
    public var message: String {
        switch self {
        case .invalid(let problems):
            problems.map { "\($0.field) \($0.reason)" }.joined(separator: "; ")
        case .notFound(let subject):
            subject.message
        case .emailTaken: "Email already registered"
        case .wrongCredentials: "Invalid email or password"
        case .signInMustWait(let seconds): "Too many failed attempts. Try again in \(waitText(seconds))."
        case .signInRequired: "Sign in to do this"
        case .notAllowed(let permission): "Your account may not \(permission.verb)"
        case .approvalNeeded(let need, _): "Somebody else must approve it: \(need.words)"
        case .wrongPIN: "Nobody has this PIN"
        case .pinLocked: "The PIN is locked after too many wrong ones: sign in with the password"
        case .pinTaken: "This PIN cannot be taken: choose another one"
        case .insufficientStock(_, let name, let available):
            "Insufficient stock for \(name). Available: \(available)"
        case .priceChanged(let now): "The price has changed: the total is \(now.total.displayText) now"
        case .changedMeanwhile(let now): "Somebody has changed \(now.name) meanwhile"
        case .emptyOrder: "Order must include at least one item"
        case .wrongStatus(let orderID, let status): "Order \(orderID) is already \(status.word)"
        case .keyReused: "This key was used before for something else"
        case .keyBusy: "The same request is still under way"
        case .taken(let field, let value): "Another product or code already has \(field) \(value)"
        case .paymentRefused(let problem): problem.message
        case .paymentStranded(let payment, let name):
            "Order \(payment.orderID) was cancelled and \(name) is sold out: give \(payment.amount.displayText) back"
        case .notReturnable(let name, let left): "Only \(left) of \(name) can still come back"
        case .otherShift(let orderID, let till):
            "Order \(orderID) was not sold in the open shift of till \(till): take its goods back as a return"
        case .shiftOpen(let till, _): "A shift is open at till \(till) already"
        case .noShift(let till): "No shift is open at till \(till)"
        case .shiftCounting(let till):
            "The drawer of till \(till) is being counted: close the shift before you go on"
        case .countIsOff(let variance?): "The count is off by \(variance.displayText): give a reason"
        case .countIsOff(nil): "The count is off: count again, or give a reason"
        case .storage(let fault): fault.sentence
        case .device(let why), .unreachable(let why): why
        case .outcomeUnknown: "It is not known yet whether this went through"
        case .perhapsPlaced(let order):
            "Order \(order.id) over \(order.total.displayText) may be the one that was sent before"
        case .unsupported(let what): "This server does not offer \(what)"
        }
    }

    /// The same for a person in front of a screen, where the contract's words would be those of a machine.
    public var screenText: String {
        switch self {
        case .insufficientStock(_, let name, let available):
            available > 0 ? "Only \(available) of \(name) left" : "\(name) is sold out"
        default: message
        }
    }

    private func waitText(_ seconds: Int) -> String {
        seconds < 60 ? seconds.counted("second") : ((seconds + 59) / 60).counted("minute")
    }
}

extension StoreError.Subject {
    /// "Product 7 not found", "Product not found" where there is nothing to name.
    public var message: String {
        switch self {
        case .product(let id): "Product \(id) not found"
        case .productCode(let code): "No product has the code \(code)"
        case .order: "Order not found"
        case .account(let email): "No account has the e-mail \(email)"
        case .discount(let code): "Discount code \(code) not found"
        case .category(let name): "No category is called \(name)"
        case .orderItem(let id): "The order has no line \(id)"
        case .shift(let id): "Shift \(id) not found"
        case .parkedSale(let code): "No parked sale has the code \(code)"
        case .policy(let name): "There is no policy called \(name)"
        case .approval(let id): "Approval \(id) not found"
        case .giftCard(let id): "Gift card \(id) not found"
        case .looseReturn(let number): "No return has the number \(number)"
        case .priceBatch(let id): "No price batch has the number \(id)"
        case .customer(let id): "No customer has the number \(id)"
        }
    }
}

extension PaymentProblem {
    /// One sentence for people.
    public var message: String {
        switch self {
        case .cashNotNamed: "Enter the cash given"
        case .notAnAmount(let problem): problem.message
        case .scannedCode(let text): "\"\(text)\" looks like a scanned code, not like an amount"
        case .tooLittle(let missing): "\(missing.displayText) is missing"
        case .tooMuchCash: "That is more cash than a till can take"
        case .moreThanDue(let due): "Only \(due.displayText) is due"
        case .noAmount: "Enter an amount above 0"
        case .comesTo(let amount): "What goes back comes to \(amount.displayText) now"
        case .approvalCodeMissing: "Enter the approval code that the card terminal printed"
        case .cardCodeMissing: "Scan or type the code of the gift card"
        case .cardUnknown: "No gift card has that code"
        case .cardExpired: "The gift card has expired"
        case .cardHolds(let left): "Only \(left.displayText) is left on it"
        case .noCredit: "Name a customer who has store credit"
        case .approvalCodeUnusable: "The approval code has characters that no card terminal prints"
        case .methodNotChosen: "Choose how to pay"
        case .methodNotTaken: "This shop does not take that way to pay"
        case .noPaymentsHere: "This shop takes no payments here; pay at the counter"
        case .told(let words): words
        }
    }
}

extension AmountProblem {
    /// One sentence for people, with what was typed: `"1,250" could mean 1.250 or 1250: …`.
    public var message: String {
        switch reason {
        case .notANumber: text.isEmpty ? "is empty" : "\(quoted) is not an amount such as 50 or 50.00"
        case .twoReadings, .otherCurrency, .tooFine, .outOfRange: "\(quoted) \(why)"
        }
    }

    /// What is wrong with it as a percentage.
    public var percentMessage: String {
        switch reason {
        case .notANumber: "must be a percentage such as 12.5, not \(quoted)"
        case .outOfRange: "must be a percentage from 0 to 1000, not \(quoted)"
        case .twoReadings, .otherCurrency, .tooFine: message
        }
    }

    /// What is wrong with it as a count of pieces.
    public var piecesMessage: String {
        switch reason {
        case .notANumber, .outOfRange, .tooFine, .otherCurrency: "\(quoted) is not a whole number"
        case .twoReadings: message
        }
    }

    private var why: String {
        switch reason {
        case .notANumber: "is not an amount"
        case .twoReadings(let one, let other):
            "can be read as \(one) or as \(other): write it without a mark between thousands"
        case .otherCurrency(let sign): "is in another currency (\(sign)) than the shop's"
        case .tooFine(let decimals):
            decimals == 0
                ? "has decimals, which this currency does not have"
                : "has more than \(decimals.counted("decimal"))"
        case .outOfRange: "is too large"
        }
    }

    private var quoted: String { "\"\(text.count > 40 ? text.prefix(39) + "…" : text[...])\"" }
}

extension RefusedRow {
    /// What is wrong with which field of the row.
    public var problem: FieldProblem {
        switch reason {
        case .lost(let field, let written):
            FieldProblem(
                field.name,
                "\"\(written)\" is what a spreadsheet made of a code, and no product tells which it was: "
                    + "format the column as text and enter the code again")
        case .taken(let field, let value):
            FieldProblem(field.name, "another product of the store already has \"\(value)\"")
        }
    }
}
