import StoreDomain

/// Keys for the round amounts of cash that people are likely to give.
enum CashCommands {
    static let all: [CommandSpec] = zip(Command.roundAmounts, ["F6", "F7", "F8"]).enumerated().map {
        fill($1.0, $0, key: $1.1)
    }

    private static let ordinals = ["first", "second", "third"]

    private static func fill(_ command: Command, _ index: Int, key: String) -> CommandSpec {
        CommandSpec(
            command, "Round amount \(index + 1)",
            "Fill in the \(ordinals[index]) of the round amounts that are shown", on: CheckoutState.self,
            keys: [key], spoken: .never, traits: [.inForms],
            available: { checkout, desk in
                checkout.roundAmounts(desk).indices.contains(index) ? .enabled : .absent
            }
        ) { checkout, desk, _ in
            checkout.tender.set(checkout.roundAmounts(desk)[index].decimalText)
            // What is typed next is another amount.
            checkout.tender.selectAll()
            checkout.problem = nil
            return []
        }
    }
}

extension CheckoutState {
    /// What cash is to be given; nil until it is known what is to be paid.
    public func cashDue(_ desk: Desk) -> CashDue? { toPay.map { CashDue($0, desk.policy) } }

    /// The round amounts that a key fills in; none where no cash is asked for.
    public func roundAmounts(_ desk: Desk) -> [Money] {
        guard step == .payment, !isBusy, method?.kind == .cash else { return [] }
        return cashDue(desk)?.likely ?? []
    }
}

extension Command {
    public static let roundAmounts = (1...CashDue.offers).map { Command("roundAmount\($0)") }
}
