import ArgumentParser
import StoreDomain
import StorefrontCore

struct PayIn: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "in", abstract: "Put cash into the drawer, with a reason.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions
    @OptionGroup var actor: ActorOptions

    @Argument(help: "How much.")
    var amount: String

    @Option(help: "What for.")
    var reason: String

    func run() async throws {
        try await CashMove.run(.paidIn, amount, reason: reason, place, output, at, actor)
    }
}

struct PayOut: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "out", abstract: "Take cash out of the drawer for something, with a reason.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions
    @OptionGroup var actor: ActorOptions

    @Argument(help: "How much.")
    var amount: String

    @Option(help: "What for.")
    var reason: String

    func run() async throws {
        try await CashMove.run(.paidOut, amount, reason: reason, place, output, at, actor)
    }
}

struct DropCash: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "Take cash to the safe or the bank, with a reason.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var at: TillOptions
    @OptionGroup var actor: ActorOptions

    @Argument(help: "How much.")
    var amount: String

    @Option(help: "What for.")
    var reason: String

    func run() async throws {
        try await CashMove.run(.drop, amount, reason: reason, place, output, at, actor)
    }
}

/// What the three have in common.
private enum CashMove {
    static func run(
        _ kind: CashMovementKind, _ amount: String, reason: String, _ place: StoreOptions,
        _ output: OutputOptions, _ at: TillOptions, _ actor: ActorOptions
    ) async throws {
        try await ShopContext.with(place) { context in
            let movement = try await context.counter().shifts.move(
                kind, TypedAmount.money(amount, "amount", context.currency), reason: reason,
                till: at.till(context), as: actor.principal(context))
            guard !output.json else { return Console.write(WireText.line(movement)) }
            Console.line("\(kind.title): \(movement.amount.displayText), \(movement.reason)")
        }
    }
}
