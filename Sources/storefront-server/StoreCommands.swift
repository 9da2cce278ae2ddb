import ArgumentParser
import ProgramKit
import StoreDomain

struct ServerUsers: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Add accounts.", subcommands: [AddServerUser.self])
}

struct AddServerUser: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an account.",
        discussion:
            "The password is asked for on the terminal, or read from the first line of standard input.")

    @OptionGroup var place: ServerStore

    @Argument(help: "The e-mail address to sign in with.")
    var email: String

    @Option(help: "The person's name.")
    var name: String

    @Option(help: "One of the store's roles, such as customer, cashier, staff, manager or admin.")
    var role = Role.customer.name

    func run() async throws {
        try await place.withStore(makesStore: true) { store in
            let registration = try Registration(
                email: email, name: name, password: PasswordPrompt.newPassword())
            let user = try await store.services.accounts.add(
                registration, role: role, as: .operatorOfStore)
            ServerConsole.line("\(user.id)\t\(user.email)\t\(user.role.name)")
        }
    }
}

struct ServerVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the whole store and say what is wrong where.")

    @OptionGroup var place: ServerStore

    func run() async throws {
        try await place.withStore { store in
            let violations = try await store.violations(ServerProgress())
            if violations.isEmpty { ServerConsole.line("\(store.name) is as it should be") }
            for violation in violations { ServerConsole.line(violation) }
            if !violations.isEmpty { throw ExitCode.failure }
        }
    }
}

extension ServerStore {
    /// Opens the store that options and settings name, runs `body` and closes it.
    func withStore(
        makesStore: Bool = false, _ body: (OpenStore) async throws -> Void
    ) async throws {
        let places = Places.current()
        let settings = try await Settings.load(ServerTable.all, flags: flags, in: places).checked()
        let store = try await OpenStore.open(
            DatabaseAddress.find(settings, places), settings, purpose: .commands, makesStore: makesStore)
        do { try await body(store) } catch {
            // What went wrong first is what counts.
            try? store.close()
            throw error
        }
        try store.close()
    }
}
