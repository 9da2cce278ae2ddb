import ArgumentParser
import ProgramKit
import StoreDomain

struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Add and list accounts, set passwords, PINs and roles.",
        subcommands: [
            AddUser.self, ListUsers.self, SetPassword.self, SetPIN.self, SetBadge.self, SetRole.self,
            SignOutUser.self,
        ])
}

struct AddUser: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an account.",
        discussion:
            "The password is asked for on the terminal, or read from the first line of standard input.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The e-mail address to sign in with.")
    var email: String

    @Option(help: "The person's name; without it, what stands before the @.")
    var name: String?

    @Option(help: "What the account may do.")
    var role = Role.customer.name

    func run() async throws {
        try await ShopContext.with(place, mode: .existingOrNew) { context in
            let password = try PasswordPrompt.newPassword()
            let name = name ?? String(email.prefix { $0 != "@" })
            let registration = try Registration(email: email, name: name, password: password)
            let user = try await context.services.accounts.add(
                registration, role: role, as: context.principal)
            UserTable.print(user, json: output.json, in: context.zone)
        }
    }
}

struct ListUsers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List accounts.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await ShopContext.with(place) { context in
            let accounts = try await context.services.accounts.accounts(as: context.principal)
            if output.json {
                var list = JSONList("users")
                list.write(accounts.map(OutputJSON.account))
                return list.finish([("count", .int(accounts.count))])
            }
            guard !accounts.isEmpty else { return Console.tell("No accounts") }
            var table = TextTable([
                .init("ID", .right), .init("E-mail"), .init("Name"), .init("Role"), .init("Last seen"),
                .init("Since"),
            ])
            Console.write(
                table.lines(
                    accounts.map { account in
                        [
                            String(account.user.id), account.user.email, account.user.name,
                            account.user.role.name,
                            account.lastSeenAt.map(context.zone.minuteText) ?? "",
                            context.zone.minuteText(account.user.createdAt),
                        ]
                    }))
        }
    }
}

struct SetPassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passwd", abstract: "Set an account's password.",
        discussion:
            "The password is asked for on the terminal, or read from the first line of standard input.")

    @OptionGroup var place: StoreOptions

    @OptionGroup var output: OutputOptions

    @Argument(help: "The account's e-mail address.")
    var email: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            let password = try PasswordPrompt.newPassword()
            try await context.services.accounts.setPassword(password, of: email, as: context.principal)
            guard output.json else { return Console.tell("The password of \(email) was changed") }
            if let user = try await UserTable.user(email, in: context) {
                UserTable.print(user, json: true, in: context.zone)
            }
        }
    }
}

struct SetRole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: "Set what an account may do.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The account's e-mail address.")
    var email: String

    @Argument(help: "What the account may do from now on.")
    var role: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            let user = try await context.services.accounts.setRole(role, of: email, as: context.principal)
            UserTable.print(user, json: output.json, in: context.zone)
        }
    }
}

struct SignOutUser: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-out",
        abstract: "End every sign-in of an account, at every server and terminal of the shop.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The account's e-mail address.")
    var email: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            // Looked up before: it may be one's own account, whose sign-in at the server ends, too.
            let user = try await output.json ? UserTable.user(email, in: context) : nil
            try await context.services.accounts.signOutEverywhere(email, as: context.principal)
            guard let user else { return Console.tell("\(email) is signed out everywhere") }
            UserTable.print(user, json: true, in: context.zone)
        }
    }
}

enum UserTable {
    static func text(_ users: [User], in zone: ShopZone) -> String {
        var table = TextTable([
            .init("ID", .right), .init("E-mail"), .init("Name"), .init("Role"), .init("Since"),
        ])
        return table.lines(
            users.map {
                [String($0.id), $0.email, $0.name, $0.role.name, zone.minuteText($0.createdAt)]
            })
    }

    /// The account with that e-mail; nil where there is none.
    static func user(_ email: String, in context: ShopContext) async throws -> User? {
        let key = email.trimmedText.lowercased()
        return try await context.services.accounts.accounts(as: context.principal)
            .first { $0.user.email.lowercased() == key }?.user
    }

    static func print(_ user: User, json: Bool, in zone: ShopZone) {
        Console.write(json ? OutputJSON.user(user).text + "\n" : text([user], in: zone))
    }
}
