import ArgumentParser
import ProgramKit
import StoreDomain

struct SignInCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-in", abstract: "Sign in at a server, for the commands that follow.",
        discussion:
            "The password is asked for on the terminal, or read from the first line of standard input.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The account's e-mail address.")
    var email: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            try context.requireWriting()
            guard context.principal != .commandLine else { throw SignInCommand.needsServer }
            let password = try PasswordPrompt.password()
            let session = try await context.services.auth.signIn(email: email, password: password)
            UserTable.print(session.user, json: output.json, in: context.zone)
        }
    }

    static let needsServer = CommandFailure(
        "a store file needs no signing in; name a server with --remote")
}

struct SignOutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-out", abstract: "End the session with a server.")

    @OptionGroup var place: StoreOptions

    func run() async throws {
        try await ShopContext.with(place) { context in
            try context.requireWriting()
            switch context.principal {
            case .operatorOfStore: throw SignInCommand.needsServer
            case .guest: Console.tell("Nobody was signed in")
            case .user(let session):
                try await context.services.auth.signOut(session)
                Console.tell("\(session.user.email) is signed out")
            }
        }
    }
}
