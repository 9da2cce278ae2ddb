import StoreDomain
import Testing

@Suite("Accounts keep their rules")
struct AccountTests {
    @Test(
        "Addresses are taken as people have them",
        arguments: [
            "a@b.co", "first.last+till@sub.example.com", "  padded@example.com  ", "ÉMILE@exämple.fr",
            "x@1.2",
            String(repeating: "l", count: 64) + "@example.com",
        ])
    func addresses(text: String) throws {
        #expect(try Email(text).address == text.trimmedText)
    }

    @Test(
        "What is no address is not taken",
        arguments: [
            "", "@", "a@", "@b.co", "a@b", "a@b.", "a@.b", "a@b..c", "a b@c.de", "a@b@c.de", "a@b.c\u{0}d",
            String(repeating: "l", count: 65) + "@example.com",
            "a@" + String(repeating: "h", count: 64) + ".com",
            "a@" + String(repeating: "h.", count: 130) + "com",
        ])
    func noAddresses(text: String) {
        #expect(throws: StoreError.invalid([FieldProblem("email", "must look like name@example.com")])) {
            try Email(text)
        }
    }

    @Test("One address in two spellings is one")
    func spellings() throws {
        #expect(try Email("Some.One@Example.COM") == Email("some.one@example.com "))
        #expect(try Email("\u{FEFF}a\u{200E}b@c.de\u{200B}").address == "ab@c.de")
        #expect(try Set([Email("A@b.co"), Email("a@B.co")]).count == 1)
        #expect(try Email("a+b@c.de") != Email("a@c.de"))
    }

    @Test(
        "Passwords have 8 characters or more, at most 72 bytes, no NUL",
        arguments: [
            ("1234567", ["longEnough"]), ("12345678", []), (String(repeating: "x", count: 72), []),
            (String(repeating: "x", count: 73), ["fitsBcrypt"]), (String(repeating: "é", count: 36), []),
            (String(repeating: "é", count: 37), ["fitsBcrypt"]), ("pass\u{0}word", ["noNUL"]),
            ("\u{0}", ["longEnough", "noNUL"]), ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", ["longEnough"]),
            (String(repeating: "é", count: 8), []),
        ])
    func passwords(text: String, broken: [String]) {
        let rules = PasswordRule.allCases.filter { !$0.isMet(by: Secret(text)) }
        #expect(rules.map { "\($0)" } == broken)
        #expect(PasswordRule.problems(of: Secret(text)).map(\.reason) == rules.map(\.reason))
    }

    @Test("Longer and more varied passwords are stronger")
    func strength() {
        let texts = ["aaaaaaaa", "aaaaaaaaaa1", "correcthorse", "Correct-horse-7", "Correct-horse-7-battery"]
        let strengths = texts.map { PasswordStrength(of: Secret($0)) }
        #expect(strengths == strengths.sorted())
        #expect(strengths.first == .weak && strengths.last == .strong)
    }

    @Test("A registration names every field that is wrong")
    func registration() throws {
        #expect(
            throws: StoreError.invalid([
                FieldProblem("email", "must look like name@example.com"),
                FieldProblem("name", "must be 1 to 255 characters"),
                FieldProblem("password", "must be 8 characters or more"),
            ])
        ) { try Registration(email: "nobody", name: "  ", password: Secret("short")) }
        let longest = String(repeating: "👩‍🎤", count: 255)
        #expect(
            try Registration(email: "a@b.co", name: " \(longest) ", password: Secret("12345678")).name
                == longest)
        #expect(throws: StoreError.self) {
            try Registration(email: "a@b.co", name: longest + "x", password: Secret("12345678"))
        }
    }

    @Test("Waits start after five failures, double, and end at 15 minutes")
    func throttle() {
        let waits = (0...20).map(SignInThrottle.wait(afterFailures:))
        #expect(waits.prefix(15) == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
        #expect(waits.dropFirst(15).allSatisfy { $0 == 900 })
        #expect(SignInThrottle.wait(afterFailures: .max) == 900)
        #expect(SignInThrottle.wait(afterFailures: -1) == 0)
    }

    @Test("The admin may do everything, a customer only buy, and each till role more than the one below it")
    func roles() {
        for permission in Permission.allCases {
            #expect(Role.admin.allows(permission))
            #expect(Role.customer.allows(permission) == (permission == .placeOrders))
            #expect(Principal.operatorOfStore.allows(permission))
            #expect(!Principal.guest.allows(permission))
            #expect(throws: StoreError.signInRequired) { try Principal.guest.require(permission) }
        }
        // What a role may only ask for it does not do by itself.
        #expect(Role.cashier.mayAsk(for: .voidSales) && !Role.cashier.allows(.voidSales))
        #expect(Role.cashier.mayAsk(for: .discountLines) && Role.cashier.allows(.discountLines))
        #expect(!Role.cashier.mayAsk(for: .refundOtherwise) && Role.senior.mayAsk(for: .refundOtherwise))
        #expect(!Role.customer.mayAsk(for: .sell) && !Role.admin.mayAsk(for: .voidSales))
        let ladder = [Role.customer, .cashier, .senior, .manager, .admin].map { Set($0.grants.keys) }
        for (lower, higher) in zip(ladder, ladder.dropFirst()) { #expect(lower.isStrictSubset(of: higher)) }
    }

    @Test("A limit is kept to the minor unit and to the last fraction of a percent")
    func limits() throws {
        let tenth = try #require(Rate(percentText: "10"))
        let more = try #require(Rate(percentText: "10.000001"))
        #expect(Role.cashier.allows(.discountLines, share: tenth))
        #expect(!Role.cashier.allows(.discountLines, share: more))
        #expect(Role.senior.allows(.refund, amount: Money(minorUnits: 10_000)))
        #expect(!Role.senior.allows(.refund, amount: Money(minorUnits: 10_001)))
        #expect(!Role.senior.allows(.refund, amount: Money(minorUnits: -10_001)))
        #expect(Role.manager.allows(.refund, amount: Money(minorUnits: .max)))
    }

    @Test("A role's name and the kind of its limits are checked")
    func roleRules() throws {
        #expect(throws: StoreError.self) { try Role(name: "", grants: [:]) }
        #expect(throws: StoreError.self) { try Role(name: "Chef", grants: [:]) }
        #expect(throws: StoreError.self) { try Role(name: "chef", grants: [.sell: .amount(1)]) }
        #expect(throws: StoreError.self) { try Role(name: "chef", grants: [.refund: .amount(-1)]) }
        #expect(try Role(name: "chef", grants: [.refund: .amount(0)]).allows(.refund))
    }

    @Test("A secret shows itself to nobody who prints it")
    func secrets() {
        let secret = Secret("storefront-demo")
        var dumped = ""
        dump(Session(user: user, token: secret), to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!text.contains("storefront"))
        }
        #expect(secret.revealed == "storefront-demo")
    }

    private let user = User(
        id: 1, email: "a@b.co", name: "A", role: .customer, createdAt: Timestamp(seconds: 0),
        updatedAt: Timestamp(seconds: 0))

    @Test("Keys are printable and of bounded length")
    func keys() {
        #expect(IdempotencyKey("") == nil)
        #expect(IdempotencyKey("two words") == nil)
        #expect(IdempotencyKey("é") == nil)
        #expect(IdempotencyKey(String(repeating: "k", count: 256)) == nil)
        #expect(IdempotencyKey(String(repeating: "k", count: 255)) != nil)
        #expect(IdempotencyKey(random: 1, .max).text == "0000000000000001ffffffffffffffff")
    }
}
