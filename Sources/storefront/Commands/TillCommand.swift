import ArgumentParser
import StoreDomain

/// Which till a command is about, and who acts there.
struct TillOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The till; the one of the settings without it.", valueName: "name"))
    var till: String?

    /// - Throws: `invalid` for what names no till.
    func till(_ context: ShopContext) throws(StoreError) -> String {
        let till = till ?? context.till
        guard Till.isName(till) else {
            throw .invalid([FieldProblem("till", "must be 1 to 20 lower-case letters or digits")])
        }
        return till
    }
}

/// Who does what the shop's books name a person for: a drawer, a refund. Access to the store's file is the proof that one
/// may act as any of its accounts; the journal keeps that a command did it. What the account may not do stays
/// forbidden.
struct ActorOptions: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("The account that does it, by its e-mail; not over --remote.", valueName: "e-mail")
    )
    var email: String?

    /// Over a server, the account that is signed in there.
    ///
    /// - Throws: `CommandFailure` where nobody is named, or somebody over a server.
    func principal(_ context: ShopContext) async throws -> Principal {
        guard case .operatorOfStore = context.principal else {
            guard email == nil else {
                throw CommandFailure("over --remote it is done by the account that is signed in there")
            }
            return context.principal
        }
        guard let email else {
            throw CommandFailure("it stands on the shop's books who does it; say who by --as E-MAIL")
        }
        let wanted = try Email(email)
        let accounts = try await context.services.accounts.accounts(as: .commandLine)
        guard let user = accounts.first(where: { $0.user.email.lowercased() == wanted.key }) else {
            throw StoreError.notFound(.account(email))
        }
        return .user(Session(user: user.user))
    }
}

extension ShopContext {
    /// What a till needs.
    ///
    /// - Throws: `unsupported` where the other side has none of it.
    func counter() throws(StoreError) -> CounterServices {
        guard let counter = services.counter else { throw .unsupported("tills") }
        return counter
    }
}

struct TillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "till", abstract: "List the tills, or note that a drawer was opened.",
        subcommands: [ListTills.self, NoSale.self])
}

struct NoSale: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "no-sale", abstract: "Note that a till's drawer is opened without a sale.",
        discussion:
            "It stands on the journal and in the report of the shift. The drawer itself is opened by hand.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var at: TillOptions
    @OptionGroup var actor: ActorOptions

    @Option(help: "Why, 1 to 200 characters.")
    var reason: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            let (who, till) = (try await actor.principal(context), try at.till(context))
            try await context.counter().shifts.note(.noSale(reason: reason), till: till, as: who)
            Console.tell("Noted: the drawer of till \(till) was opened without a sale")
        }
    }
}

struct ListTills: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the tills, each with its open shift.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await ShopContext.with(place) { context in
            let tills = try await context.counter().shifts.tills(as: context.principal)
            if output.json { return Console.write(WireText.list("tills", tills)) }
            guard !tills.isEmpty else { return Console.tell("No tills: none has sold or opened a shift") }
            var table = TextTable([
                .init("Till"), .init("Shift"), .init("Since"), .init("Float", .right),
            ])
            Console.write(
                table.lines(
                    tills.map { standing in
                        [
                            standing.till, standing.shift?.stage.rawValue ?? "none",
                            standing.shift.map { context.zone.minuteText($0.openedAt) } ?? "",
                            standing.shift?.float.displayText ?? "",
                        ]
                    }))
        }
    }
}
