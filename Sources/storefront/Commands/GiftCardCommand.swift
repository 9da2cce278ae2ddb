import ArgumentParser
import ProgramKit
import StoreDomain
import StoreWire

struct GiftCardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gift-card", abstract: "List, show, give and expire gift cards and store credit.",
        subcommands: [
            ListGiftCards.self, ShowGiftCard.self, IssueGiftCard.self, ExpireGiftCards.self,
        ])
}

struct ListGiftCards: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List gift cards and store credit, the latest first.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The last characters of a code, or how a name begins.")
    var text: String?

    @Flag(help: "Only those with something left on them.")
    var withBalance = false

    @Option(help: "How many, 1 to 500.")
    var limit = 100

    func run() async throws {
        try await ShopContext.with(place) { context in
            let cards = try await context.counter().cards.cards(
                GiftCardQuery(withBalance: withBalance, text: text, limit: limit), as: context.principal)
            if output.json { return Console.write(WireText.list("gift_cards", cards)) }
            guard !cards.isEmpty else { return Console.line("No gift cards") }
            Console.write(GiftCardDetail.table(cards, in: context.zone))
        }
    }
}

struct ShowGiftCard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a gift card with all that happened to it.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The card's number, or its code.")
    var card: String

    func run() async throws {
        try await ShopContext.with(place) { context in
            let cards = try context.counter().cards
            let id = try await GiftCardDetail.id(card, cards, as: context.principal)
            let history = try await cards.history(of: id, as: context.principal)
            if output.json { return Console.write(WireText.line(history)) }
            GiftCardDetail.print(history, in: context.zone)
        }
    }
}

struct IssueGiftCard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Give a gift card without a sale, as a present or for goodwill.",
        discussion: """
            The code is printed once and kept nowhere: write it down. A card that a customer pays for is sold at \
            the till, where its money is taken.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "What is on it, such as 25.00.")
    var amount: String

    @Option(help: "Who it is made out to.")
    var name: String?

    @Option(help: "Why, 1 to 200 characters.")
    var reason: String

    @Option(help: "A code of your own, such as that of a printed card; without it, a new one is made.")
    var code: String?

    func run() async throws {
        try await ShopContext.with(place) { context in
            let code = try code.map(GiftCardDetail.code) ?? SystemIDs().giftCardCode()
            let issue = try GiftCardIssue(
                amount: TypedAmount.money(amount, "amount", context.currency), code: code, name: name,
                reason: reason)
            let card = try await context.counter().cards.issue(issue, as: context.principal)
            if output.json { return Console.write(GiftCardDetail.json(card, code)) }
            Console.line("Gift card \(card.id) of \(card.balance.displayText): \(code.printed)")
        }
    }
}

struct ExpireGiftCards: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expire",
        abstract: "Book off what is left on gift cards that have expired, or on one card.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "One card by its number or code, whether it has expired or not.")
    var card: String?

    @Option(help: "Why, 1 to 200 characters.")
    var reason = "Expired"

    func run() async throws {
        try await ShopContext.with(place) { context in
            let service = try context.counter().cards
            var id: Int64?
            if let card { id = try await GiftCardDetail.id(card, service, as: context.principal) }
            let cards = try await service.expire(id, reason: reason, as: context.principal)
            if output.json { return Console.write(WireText.list("gift_cards", cards)) }
            Console.line("Booked off what was left on \(cards.count.counted("gift card"))")
        }
    }
}

/// Gift cards as the shell prints them.
enum GiftCardDetail {
    static func table(_ cards: [GiftCard], in zone: ShopZone) -> String {
        var table = TextTable([
            .init("ID", .right), .init("Card"), .init("Name"), .init("Balance", .right), .init("Issued"),
            .init("Expires"),
        ])
        return table.lines(
            cards.map { card in
                [
                    String(card.id), card.lastFour.map { "\u{2026}\($0)" } ?? "store credit", card.name ?? "",
                    card.balance.displayText, zone.minuteText(card.createdAt),
                    card.expiresAt.map(zone.minuteText) ?? "never",
                ]
            })
    }

    static func print(_ history: GiftCardHistory, in zone: ShopZone) {
        Console.write(table([history.card], in: zone) + "\n")
        var table = TextTable([
            .init("At"), .init("What"), .init("Amount", .right), .init("Left", .right), .init("Document"),
            .init("Reason"),
        ])
        Console.write(
            table.lines(
                history.movements.map { movement in
                    [
                        zone.minuteText(movement.at), movement.kind.word, movement.amount.displayText,
                        movement.left.displayText, movement.number?.text ?? "", movement.reason ?? "",
                    ]
                }))
    }

    /// The card with its code, which nobody is told later.
    static func json(_ card: GiftCard, _ code: GiftCardCode) -> String {
        let bytes = JSONWriter.bytes { json in
            json.object {
                $0.member("card", card)
                $0.member("code", code.printed)
            }
        }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }

    /// - Throws: `CommandFailure` for what is no code.
    static func code(_ text: String) throws -> GiftCardCode {
        guard let code = GiftCardCode(text) else {
            throw CommandFailure(
                "\(text) is no gift card's code: the last of its 16 characters checks the rest")
        }
        return code
    }

    /// The card of a number or a code.
    static func id(_ text: String, _ cards: any GiftCardService, as principal: Principal) async throws
        -> Int64
    {
        if let id = Int64(text) { return id }
        return try await cards.card(code: code(text), as: principal).id
    }
}
