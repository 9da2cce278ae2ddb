import StoreDomain
import Testing

/// What `AuthService` and `AccountService` promise.
public enum AuthContract {
    public static let cases = registering + signingIn + throttle + accounts

    private static let registering = [
        ContractCase("The first account of an empty store is its admin, the next a customer's") { shop in
            let auth = shop.services.auth
            #expect(try await auth.isEmpty())
            let first = try await shop.register("Admin+till@Example.com")
            #expect(try await !auth.isEmpty())
            #expect(first.user.role == .admin)
            #expect(first.user.email == "Admin+till@Example.com")
            #expect(first.user.createdAt == shop.clock.now())
            #expect(try await shop.register("customer@example.com").user.role == .customer)
            #expect(try await auth.currentUser(of: first) == first.user)
        },
        ContractCase("An e-mail is taken whatever its case") { shop in
            _ = try await shop.register("Some.One@example.com")
            await #expect(throws: StoreError.emailTaken) { try await shop.register(" some.ONE@EXAMPLE.com ") }
        },
        ContractCase("Of many who register first at once, one is admin") { shop in
            let roles = try await withThrowingTaskGroup(of: Role.self) { group in
                for number in 0..<8 {
                    group.addTask { try await shop.register("user\(number)@example.com").user.role }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(roles.count(where: { $0 == .admin }) == 1)
            #expect(roles.count == 8)
        },
    ]

    private static let signingIn = [
        ContractCase("Who is signed out everywhere is so at every terminal, and signs in anew") { shop in
            let people = try await shop.people()
            let (auth, accounts) = (shop.services.auth, shop.services.accounts)
            func signIn(_ password: Secret = Shop.password) async throws -> Session {
                try await auth.signIn(email: "staff@example.com", password: password)
            }
            let (one, other) = (try await signIn(), try await signIn())
            #expect(try await auth.currentUser(of: one).email == "staff@example.com")
            shop.clock.advance(bySeconds: 1)
            try await accounts.signOutEverywhere("staff@example.com", as: people.admin)
            for session in [one, other] {
                await #expect(throws: StoreError.signInRequired) { try await auth.currentUser(of: session) }
                await #expect(throws: StoreError.signInRequired) {
                    try await shop.services.orders.orders(OrderQuery(), as: .user(session))
                }
            }
        },
        // A terminal may stand there for long.
        ContractCase(
            "Who signs in anew in the second of being signed out goes on, and so does it a month later"
        ) {
            shop in
            let people = try await shop.people()
            let auth = shop.services.auth
            func signIn() async throws -> Session {
                try await auth.signIn(email: "staff@example.com", password: Shop.password)
            }
            let one = try await signIn()
            shop.clock.advance(bySeconds: 1)
            try await shop.services.accounts.signOutEverywhere("staff@example.com", as: people.admin)
            let atOnce = try await signIn()
            #expect(try await auth.currentUser(of: atOnce) == atOnce.user)
            shop.clock.advance(bySeconds: 30 * 86_400)
            await #expect(throws: StoreError.signInRequired) { try await auth.currentUser(of: one) }
            #expect(try await auth.currentUser(of: atOnce) == atOnce.user)
            let again = try await signIn()
            #expect(try await auth.currentUser(of: again) == again.user)
        },
        ContractCase("Who is signed out everywhere by a clock that was ahead signs in anew once it is right")
        { shop in
            let people = try await shop.people()
            let auth = shop.services.auth
            shop.clock.advance(bySeconds: 300 * 86_400)
            try await shop.services.accounts.signOutEverywhere("staff@example.com", as: people.admin)
            shop.clock.advance(bySeconds: -300 * 86_400)
            let again = try await auth.signIn(email: "staff@example.com", password: Shop.password)
            #expect(try await auth.currentUser(of: again) == again.user)
        },
        ContractCase("A password that somebody else sets ends what began before, one's own does not") {
            shop in
            let people = try await shop.people()
            let (auth, accounts) = (shop.services.auth, shop.services.accounts)
            let session = try await auth.signIn(email: "staff@example.com", password: Shop.password)
            let admin = try shop.session(of: people.admin)
            shop.clock.advance(bySeconds: 1)
            try await accounts.setPassword(
                Secret("another-one"), of: "staff@example.com", as: people.admin)
            await #expect(throws: StoreError.signInRequired) { try await auth.currentUser(of: session) }
            try await accounts.setPassword(Secret("another-one"), of: admin.user.email, as: .user(admin))
            #expect(try await auth.currentUser(of: admin).id == admin.user.id)
        },
        ContractCase("Signing in takes the e-mail in any case and the password to the letter") { shop in
            let auth = shop.services.auth
            let user = try await shop.register("admin@example.com").user
            let session = try await auth.signIn(email: "  ADMIN@example.COM ", password: Shop.password)
            #expect(session.user == user)
            try await auth.signOut(session)
            #expect(try await auth.signIn(email: "admin@example.com", password: Shop.password).user == user)
        },
        ContractCase("A wrong password, an unknown e-mail and what is no e-mail read the same") { shop in
            let auth = shop.services.auth
            _ = try await shop.register("admin@example.com")
            for (email, password) in [
                ("admin@example.com", "Storefront-demo"), ("nobody@example.com", "storefront-demo"),
                ("not an e-mail", "storefront-demo"), ("", ""), ("admin@example.com", ""),
                ("admin@example.com", String(repeating: "x", count: 100)),
                ("admin@example.com", "storefront-demo\0"),
            ] {
                await #expect(throws: StoreError.wrongCredentials) {
                    try await auth.signIn(email: email, password: Secret(password))
                }
            }
        },
    ]

    private static let throttle = [
        ContractCase("After five failures the next try waits, twice as long each time, known or not") {
            shop in
            _ = try await shop.register("admin@example.com")
            for email in ["admin@example.com", "nobody@example.com"] {
                for _ in 1...5 { await shop.expect(.wrongCredentials, signingIn: email) }
                for wait in [1, 2, 4, 8] {
                    await shop.expect(.signInMustWait(seconds: wait), signingIn: email)
                    await shop.expect(.signInMustWait(seconds: wait), signingIn: email)
                    shop.clock.advance(bySeconds: Int64(wait))
                    await shop.expect(.wrongCredentials, signingIn: email)
                }
                await shop.expect(.signInMustWait(seconds: 16), signingIn: email)
            }
        },
        ContractCase("While waiting even the right password is not heard; after the wait it is, and resets") {
            shop in
            let auth = shop.services.auth
            let email = "admin@example.com"
            _ = try await shop.register(email)
            for _ in 1...5 { await shop.expect(.wrongCredentials, signingIn: email) }
            await shop.expect(.signInMustWait(seconds: 1), signingIn: email, with: Shop.password)
            shop.clock.advance(bySeconds: 1)
            _ = try await auth.signIn(email: email, password: Shop.password)
            for _ in 1...5 { await shop.expect(.wrongCredentials, signingIn: email) }
        },
        ContractCase("The wait never exceeds 15 minutes") { shop in
            let auth = shop.services.auth
            var longest = 0
            for _ in 1...20 {
                do throws(StoreError) {
                    _ = try await auth.signIn(email: "nobody@example.com", password: Secret("wrong"))
                } catch .signInMustWait(let seconds) {
                    longest = max(longest, seconds)
                    shop.clock.advance(bySeconds: Int64(seconds))
                } catch {}
            }
            while longest < 900 {
                do throws(StoreError) {
                    _ = try await auth.signIn(email: "nobody@example.com", password: Secret("wrong"))
                } catch .signInMustWait(let seconds) {
                    try #require(seconds >= longest)
                    longest = seconds
                    shop.clock.advance(bySeconds: Int64(seconds))
                } catch {}
            }
            #expect(longest == 900)
            _ = try? await auth.signIn(email: "nobody@example.com", password: Secret("wrong"))
            await #expect(throws: StoreError.signInMustWait(seconds: 900)) {
                try await auth.signIn(email: "nobody@example.com", password: Secret("wrong"))
            }
        },
        ContractCase("Many guesses at once do not slip past the wait") { shop in
            let auth = shop.services.auth
            _ = try await shop.register("admin@example.com")
            let outcomes = await withTaskGroup(of: StoreError?.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        do throws(StoreError) {
                            _ = try await auth.signIn(
                                email: "admin@example.com", password: Secret("wrong"))
                            return nil
                        } catch { return error }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count(where: { $0 == .wrongCredentials }) == 5)
            #expect(outcomes.count(where: { $0 == .signInMustWait(seconds: 1) }) == 15)
        },
    ]

    private static let accounts = [
        ContractCase("Only an admin manages accounts, by the role they have now") { shop in
            let people = try await shop.people()
            let accounts = shop.services.accounts
            await #expect(throws: StoreError.signInRequired) { try await accounts.accounts(as: .guest) }
            for principal in [people.staff, people.customer] {
                await #expect(throws: StoreError.notAllowed(.manageAccounts)) {
                    try await accounts.accounts(as: principal)
                }
                await #expect(throws: StoreError.notAllowed(.manageAccounts)) {
                    try await accounts.setRole("admin", of: "customer@example.com", as: principal)
                }
                await #expect(throws: StoreError.notAllowed(.manageAccounts)) {
                    try await accounts.setPassword(
                        Shop.password, of: "admin@example.com", as: principal)
                }
            }
            #expect(
                try await accounts.accounts(as: people.admin).map(\.user.email) == [
                    "admin@example.com", "customer@example.com", "staff@example.com", "stranger@example.com",
                ])
            _ = try await accounts.setRole("admin", of: "STAFF@example.com", as: people.admin)
            #expect(try await accounts.accounts(as: people.staff).count == 4)
            _ = try await accounts.setRole("customer", of: "admin@example.com", as: people.staff)
            await #expect(throws: StoreError.notAllowed(.manageAccounts)) {
                try await accounts.accounts(as: people.admin)
            }
        },
        ContractCase("A store keeps an admin") { shop in
            let admin = try await shop.admin()
            let accounts = shop.services.accounts
            await #expect {
                try await accounts.setRole("staff", of: "admin@example.com", as: admin)
            } throws: { error in
                if case .invalid(let problems)? = error as? StoreError {
                    problems.map(\.field) == ["role"]
                } else {
                    false
                }
            }
            #expect(try await accounts.setRole("admin", of: "admin@example.com", as: admin).role == .admin)
        },
        ContractCase("A new password counts at once, the old one no more, and the wait is over") { shop in
            let admin = try await shop.admin()
            let (auth, accounts) = (shop.services.auth, shop.services.accounts)
            for _ in 1...5 {
                _ = try? await auth.signIn(email: "admin@example.com", password: Secret("wrong"))
            }
            try await accounts.setPassword(Secret("another-one"), of: "ADMIN@example.com", as: admin)
            _ = try await auth.signIn(email: "admin@example.com", password: Secret("another-one"))
            await #expect(throws: StoreError.wrongCredentials) {
                try await auth.signIn(email: "admin@example.com", password: Shop.password)
            }
        },
        ContractCase("A password that breaks a rule and an account that is not there are named") { shop in
            let admin = try await shop.admin()
            let accounts = shop.services.accounts
            for bad in ["short", String(repeating: "x", count: 73), "nul\0inside-it"] {
                await #expect(throws: StoreError.invalid(PasswordRule.problems(of: Secret(bad)))) {
                    try await accounts.setPassword(Secret(bad), of: "admin@example.com", as: admin)
                }
            }
            let missing = StoreError.notFound(.account("nobody@example.com"))
            await #expect(throws: missing) {
                try await accounts.setPassword(Shop.password, of: "nobody@example.com", as: admin)
            }
            await #expect(throws: missing) {
                try await accounts.setRole("staff", of: "nobody@example.com", as: admin)
            }
            await #expect(throws: StoreError.emailTaken) {
                try await accounts.add(
                    Registration(email: "Admin@example.com", name: "Twin", password: Shop.password),
                    role: "staff", as: admin)
            }
        },
    ]
}

extension Shop {
    fileprivate func expect(
        _ refusal: StoreError, signingIn email: String, with password: Secret = Secret("wrong-password")
    ) async {
        await #expect(throws: refusal) { try await services.auth.signIn(email: email, password: password) }
    }
}

extension Shop {
    /// The sign-in of somebody who is there.
    fileprivate func session(of principal: Principal) throws -> Session {
        guard case .user(let session) = principal else { throw StoreError.signInRequired }
        return session
    }
}
