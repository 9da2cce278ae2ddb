import ArgumentParser
import ProgramKit
import StoreDomain
import StoreWire

struct RoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: "List what roles may do, and change it.",
        subcommands: [ListRoles.self, SetRight.self])
}

struct ListRoles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what each role may do, and up to how much.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await ShopContext.with(place) { context in
            let roles = try await context.services.accounts.roles(as: context.principal)
            if output.json { return Console.write(WireText.list("roles", roles)) }
            var table = TextTable([.init("Right")] + roles.map { .init($0.name) })
            Console.write(
                table.lines(
                    Permission.allCases.map { permission in
                        [permission.rawValue]
                            + roles.map { $0.grants[permission].words(context.currency) ?? "-" }
                    }))
        }
    }
}

struct SetRight: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set whether a role may do something, and up to how much.",
        discussion: """
            A role that there is not is added; it may do nothing else then. The extent is no, ask (only what somebody \
            approves), yes, a share such as 10%, or an amount such as 50.00.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The role's name.")
    var role: String

    @Argument(help: "The right, as role list names it.")
    var right: String

    @Argument(help: "no, ask, yes, a share such as 10%, or an amount such as 50.00.")
    var extent: String

    func run() async throws {
        guard let permission = Permission(rawValue: right) else {
            throw CommandFailure("there is no right \(right); role list shows them")
        }
        try await ShopContext.with(place) { context in
            let accounts = context.services.accounts
            let roles = try await accounts.roles(as: context.principal)
            var grants = roles.first { $0.name == role }?.grants ?? [:]
            grants[permission] = try limit(context.currency)
            let changed = try Role(name: role, grants: grants)
            try await accounts.save(changed, as: context.principal)
            if output.json { return Console.write(WireText.line(changed)) }
            Console.tell(
                "\(role), \(permission.rawValue): \(changed.grants[permission].words(context.currency) ?? "no")"
            )
        }
    }

    private func limit(_ currency: Currency) throws(StoreError) -> Role.Limit? {
        switch extent.lowercased() {
        case "no": return nil
        case "ask": return .ask
        case "yes": return .unlimited
        default: break
        }
        if extent.hasSuffix("%") {
            return .percent(try TypedAmount.percent(String(extent.dropLast()), "extent"))
        }
        return .amount(try TypedAmount.money(extent, "extent", currency).minorUnits)
    }
}
