import ArgumentParser
import ProgramKit
import StoreDomain
import StoreWire

/// Gives an account a badge.
struct SetBadge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "badge", abstract: "Give an account a badge to scan before its PIN, or take it away.",
        discussion: """
            The code of a badge, 6 to 64 characters, is what a scanner reads from it. It names a person and proves \
            nothing: the PIN does.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The account's e-mail address.")
    var email: String

    @Argument(help: "The code of the badge.")
    var code: String?

    @Flag(help: "Take the badge away.")
    var remove = false

    func validate() throws {
        guard remove == (code == nil) else {
            throw ValidationError("say the code of the badge, or --remove")
        }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            guard let pins = try context.counter().pins else { throw StoreError.unsupported("badges") }
            let badge = try code.map { code throws(StoreError) in try Badge(code) }
            try await pins.setBadge(badge, of: email, as: context.principal)
            guard !output.json else {
                let wanted = email.trimmedText.lowercased()
                let all = try await pins.pins(as: context.principal)
                return Console.write(WireText.list("pins", all.filter { $0.email.lowercased() == wanted }))
            }
            Console.tell(
                remove ? "\(email) has no badge any more" : "The badge of \(email) counts from now on")
        }
    }
}

/// Gives an account a PIN for the till. It is never an argument: others could read it there.
struct SetPIN: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin", abstract: "Give an account a PIN for the till, or unlock it.",
        discussion: """
            The PIN, 4 to 8 digits, is asked for on the terminal, or read from the first line of standard input.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The account's e-mail address.")
    var email: String

    @Flag(help: "Take the PIN away.")
    var remove = false

    @Flag(help: "Let it count again after too many wrong ones.")
    var unlock = false

    func validate() throws {
        if remove, unlock { throw ValidationError("--remove and --unlock are two things") }
    }

    func run() async throws {
        try await ShopContext.with(place) { context in
            guard let pins = try context.counter().pins else { throw StoreError.unsupported("PINs") }
            if unlock {
                try await pins.unlockPIN(of: email, as: context.principal)
            } else {
                let pin = remove ? nil : try PasswordPrompt.newPIN()
                try await pins.setPIN(pin, of: email, as: context.principal)
            }
            guard !output.json else {
                let wanted = email.trimmedText.lowercased()
                let all = try await pins.pins(as: context.principal)
                return Console.write(WireText.list("pins", all.filter { $0.email.lowercased() == wanted }))
            }
            Console.tell(
                remove
                    ? "\(email) has no PIN any more"
                    : unlock ? "The PIN of \(email) counts again" : "The PIN of \(email) counts from now on")
        }
    }
}
