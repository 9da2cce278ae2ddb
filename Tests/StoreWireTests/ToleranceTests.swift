import StoreDomain
import StoreWire
import Testing

/// What other servers of the contract may say, and how it is taken.
@Suite struct ToleranceTests {
    private func reader(_ text: String, from source: WireReader.Source = .server) throws -> WireReader {
        WireReader(try JSONParser.parse(text.utf8), currency: .usd, from: source)
    }

    @Test(arguments: [
        ("29.99", 2999), ("29.990000000000002", 2999), ("\"29.99\"", 2999), ("30", 3000), ("2.999e1", 2999),
        ("0.005", 1), ("-0.005", -1), ("0.0049999", 0),
    ])
    func takesMoneyAsItComes(_ text: String, _ minor: Int64) throws {
        #expect(try reader(text).money() == Money(minorUnits: minor))
    }

    @Test(arguments: ["\"\"", "\"abc\"", "true", "null", "[]", "1e30", "99999999999999999999"])
    func refusesWhatIsNoMoney(_ text: String) throws {
        let place = try reader(text)
        #expect(throws: WireProblem.self) { try place.money() }
    }

    @Test func aClientsMoneyIsANumber() throws {
        let place = try reader("\"29.99\"", from: .client)
        #expect(throws: WireProblem.invalid(path: "", reason: "must be a number, not a text")) {
            try place.money()
        }
    }

    @Test(arguments: [
        "2026-11-22T14:05:09Z", "2026-11-22T14:05:09", "2026-11-22 14:05:09", "2026-11-22T14:05:09.000000",
        "2026-11-22T15:05:09+01:00", "2026-11-22T09:35:09-0430", "Sun, 22 Nov 2026 14:05:09 GMT",
        "2026-11-22t14:05:09z", " 2026-11-22T14:05:09Z ",
    ])
    func takesTimesAsTheyCome(_ text: String) {
        #expect(
            WireDate.parse(text)
                == Timestamp(year: 2026, month: 11, day: 22, hour: 14, minute: 5, second: 9))
    }

    @Test(
        arguments: [
            ("+18:00", -18 * 3600), ("-18:00", 18 * 3600), ("+18", -18 * 3600), ("-1800", 18 * 3600),
            ("+18:01", nil), ("-18:01", nil), ("+1801", nil), ("-19", nil), ("+23:59", nil), ("+01:60", nil),
        ] as [(String, Int64?)])
    func anOffsetIsAtMost18Hours(_ offset: String, _ difference: Int64?) {
        let noon = Timestamp(seconds: 1_795_348_800)
        #expect(
            WireDate.parse("2026-11-22T12:00:00\(offset)") == difference.map { noon.advanced(bySeconds: $0) })
    }

    @Test func keepsMilliseconds() {
        let whole = Timestamp(year: 2026, month: 11, day: 22, hour: 14, minute: 5, second: 9)
        for (text, milliseconds) in [(".1", 100), (".1239999", 123), (".000001", 0), (",25", 250)] {
            #expect(
                WireDate.parse("2026-11-22T14:05:09\(text)Z")?.milliseconds
                    == whole.map { $0.milliseconds + Int64(milliseconds) })
        }
    }

    @Test(arguments: [
        "", "yesterday", "2026-13-01", "2026-02-30", "2026-11-22T25:00:00Z", "2026-11-22T14:05:09.Z",
        "2026-11-22T14:05:09+25:00", "Sun, 22 Foo 2026 14:05:09 GMT", "Sun, 22 Nov 2026 14:05:09 PST",
        "2026-11-22T14:05:09Zzz", "1795355553", "Sun",
    ])
    func refusesWhatIsNoTime(_ text: String) { #expect(WireDate.parse(text) == nil) }

    @Test func aSearchResultNeedsNoTimes() throws {
        let place = try reader(
            #"{"products":[{"id":7,"name":"Mug","price":"8.50","stock":null,"more":{"x":[1]}}]}"#)
        let body = try SearchBody(place)
        #expect(body.count == 1)
        #expect(body.products.first?.price == Money(minorUnits: 850))
        #expect(body.products.first?.stock == .untracked)
    }

    @Test(arguments: [
        (#"{"products":[{"id":7,"name":"Mug"}]}"#, "products[0].price is missing"),
        (#"{"products":[{"id":0,"name":"Mug","price":1}]}"#, "products[0].id is out of range"),
        (#"{"products":[{"id":1.5,"name":"Mug","price":1}]}"#, "products[0].id must be a whole number"),
        (#"{"products":[{"id":7,"name":3,"price":1}]}"#, "products[0].name must be a text, not a number"),
        (#"{"products":[{"id":7,"name":"Mug","price":-1}]}"#, "products[0].price is out of range"),
        (#"{"products":[{"id":7,"name":"Mug","price":1e12}]}"#, "products[0].price is out of range"),
        (
            #"{"products":[{"id":7,"name":"Mug","price":1,"stock":99999999999}]}"#,
            "products[0].stock is out of range"
        ),
        (#"{"products":[7]}"#, "products[0] must be an object, not a number"),
        (#"{"products":{}}"#, "products must be a list, not an object"),
        ("{}", "products is missing"), ("[]", "The body must be an object, not a list"),
    ])
    func whatIsWrongIsOneClearError(_ text: String, _ message: String) throws {
        let place = try reader(text)
        let problem = #expect(throws: WireProblem.self) { try SearchBody(place) }
        #expect(problem?.message == message)
    }

    @Test func anOrderWithoutItemsIsOne() throws {
        let order = try Order(
            reader(
                """
                {"id":1,"user_id":2,"status":"paid","subtotal":29.99,"tax":2.5500000000000003,
                "discount_amount":null,"total":"32.54","discount_code":null,
                "created_at":"Sun, 22 Nov 2026 14:05:09 GMT"}
                """))
        #expect(order.total == Money(minorUnits: 3254))
        #expect(order.tax == Money(minorUnits: 255))
        #expect(order.items.isEmpty)
        #expect(order.updatedAt == order.createdAt)
    }

    @Test func errorsComeInManyForms() {
        #expect(ErrorBody(parsing: #"{"error":"No"}"#.utf8)?.message == "No")
        #expect(ErrorBody(parsing: #"{"msg":"Token has expired"}"#.utf8)?.message == "Token has expired")
        let withFields = ErrorBody(parsing: #"{"error":"No","fields":{"name":"why"}}"#.utf8)
        #expect(withFields?.fields == [FieldProblem("name", "why")])
        for text in ["", "<html>502 Bad Gateway</html>", "{}", "[]", #"{"error":7}"#, #"{"error":" "}"#] {
            #expect(ErrorBody(parsing: text.utf8) == nil)
        }
    }

    @Test func aSecretStaysOne() throws {
        let body = CredentialsBody(email: "ada@example.com", password: Secret("correct horse"))
        #expect(!"\(body)".contains("horse"))
    }
}
