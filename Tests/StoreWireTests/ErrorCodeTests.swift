import StoreDomain
import StoreWire
import Testing

/// Every error travels by its code and parameters, and comes back as it was.
@Suite struct ErrorCodeTests {
    private static let usd = Currency.usd
    private static let noon = Timestamp(seconds: 1_773_480_413)

    private static func amount(_ minor: Int64) -> Money { Money(minorUnits: minor) }

    private static let refusals: [StoreError] =
        subjects.map { .notFound($0) } + problems.map { .paymentRefused($0) }
        + Permission.allCases.map { .notAllowed($0) }
        + OrderStatus.allCases.map {
            .wrongStatus(orderID: 7, status: $0)
        } + [
            .invalid([FieldProblem("email", "must be short"), FieldProblem("name", "must be there")]),
            .emailTaken, .wrongCredentials, .signInMustWait(seconds: 17), .signInRequired,
            .insufficientStock(productID: 3, name: "Lamp \"L\"", available: 4), .emptyOrder,
            .priceChanged(Examples.prices), .changedMeanwhile(product), .keyReused, .keyBusy,
            .taken(field: "sku", value: "A-1"),
            .paymentStranded(
                StrandedPayment(
                    orderID: 7, methodID: "card", amount: amount(3254), approvalCode: "A-77"),
                soldOut: "Lamp"), .notReturnable(name: "Pen", left: 1),
            .otherShift(orderID: 7, till: "bar"),
            .shiftOpen(till: "1", since: noon), .noShift(till: "bar"), .shiftCounting(till: "1"),
            .countIsOff(variance: amount(-100)), .countIsOff(variance: nil),
            .perhapsPlaced(Examples.order), .unsupported("a counter"), .wrongPIN, .pinLocked, .pinTaken,
            .approvalNeeded(ApprovalNeed(.refund, amount: amount(15_000)), nil),
            .approvalNeeded(
                ApprovalNeed(.overridePrices, share: Rate(numerator: 49, denominator: 1)), approval),
        ]

    private static let subjects: [StoreError.Subject] = [
        .product(7), .productCode("A-1"), .order(7), .account("a@example.com"), .discount("SAVE10"),
        .category("Tea"), .orderItem(7), .shift(7), .parkedSale("10"), .policy("tax.colour"),
        .approval(7), .priceBatch(7), .customer(7),
    ]

    private static let product = Product(
        id: 7, sku: "L-1", name: "Lamp", price: amount(3_990), stock: 4, category: "Light", createdAt: noon,
        updatedAt: noon)

    private static var approval: Approval {
        var approval = Approval(
            id: 7, need: ApprovalNeed(.overridePrices, share: Rate(numerator: 49, denominator: 1)),
            title: "Sale at till 1", lines: ["1 × Pen  $1.00", "Total  $1.00"],
            digest: String(repeating: "0", count: 64), till: "1", shiftID: 3,
            asker: Approval.Person(id: 2, name: "Cy"), askedAt: noon)
        approval.stage = .granted
        approval.approver = Approval.Person(id: 1, name: "Ada")
        approval.answeredAt = noon
        approval.isByPIN = true
        approval.candidates = ["Ada", "Bob"]
        return approval
    }

    private static let problems: [PaymentProblem] = [
        .cashNotNamed, .notAnAmount(AmountProblem("x", .notANumber)),
        .notAnAmount(AmountProblem("1,250", .twoReadings("1.250", "1250"))),
        .notAnAmount(AmountProblem("5 €", .otherCurrency("€"))),
        .notAnAmount(AmountProblem("1.999", .tooFine(decimals: 2))),
        .notAnAmount(AmountProblem("9e9", .outOfRange)), .scannedCode("4006381333931"),
        .tooLittle(missing: amount(5)),
        .tooMuchCash,
        .moreThanDue(due: amount(5)), .noAmount, .comesTo(amount(876)), .approvalCodeMissing,
        .approvalCodeUnusable,
        .methodNotChosen, .methodNotTaken, .noPaymentsHere, .told("Card declined"),
    ]

    /// What goes wrong on the server itself: its clients learn no more than that.
    private static let faults: [StoreError] = [
        .storage(StorageFault(.busy, path: "/secret", sentence: "/secret is busy")), .device("/secret"),
        .unreachable("/secret"), .outcomeUnknown,
    ]

    private func back(_ error: StoreError) throws -> StoreError? {
        let body = try #require(ErrorBody(parsing: ErrorBody(error).wireBytes))
        #expect(body.code == error.code)
        return body.error(currency: .usd)
    }

    @Test(arguments: refusals) func comesBackAsItWas(_ error: StoreError) throws {
        #expect(try back(error) == error)
    }

    @Test(arguments: faults) func aFaultOfTheServerIsNotToldToClients(_ error: StoreError) throws {
        #expect(try back(error) == nil)
        let parameters = String(decoding: ErrorBody(error, saying: "").wireBytes, as: UTF8.self)
        #expect(!parameters.contains("secret"))
    }

    /// A code that no example has is one that no test walks.
    @Test func everyCodeIsWalked() {
        let protocols: [ErrorCode] = [
            .noRoute, .methodNotAllowed, .malformed, .notJSON, .wrongContentType, .tooLarge, .tooSlow, .busy,
        ]
        let walked = (Self.refusals + Self.faults).map(\.code) + protocols
        #expect(Set(walked) == Set(ErrorCode.allCases))
        for code in protocols {
            #expect(ErrorBody("No", code: code).error(currency: .usd) == nil)
        }
    }

    /// The client falls back to the status then.
    @Test(arguments: [
        #"{"error":"No"}"#, #"{"error":"No","code":"of_tomorrow"}"#,
        #"{"error":"No","code":"not_allowed","params":{"permission":"fly"}}"#,
        #"{"error":"No","code":"insufficient_stock"}"#,
        #"{"error":"No","code":"price_changed","params":{"prices":7}}"#,
    ])
    func whatIsNotKnownIsNoError(_ text: String) throws {
        #expect(try #require(ErrorBody(parsing: text.utf8)).error(currency: .usd) == nil)
    }

    @Test func theSentenceComesFirstForThoseWhoReadNoCodes() {
        let body = ErrorBody(.noShift(till: "1"))
        #expect(
            String(decoding: body.wireBytes, as: UTF8.self)
                == #"{"error":"No shift is open at till 1","code":"no_shift","params":{"till":"1"}}"#)
    }
}
