import StoreDomain

extension Desk {
    /// Whether this person sells at a till here.
    public var sellsAtTill: Bool { context.hasTill && !context.isReadOnly && principal.allows(.sell) }
}

extension TillState {
    public static let commands: [CommandSpec] = [
        key(
            .tillCash, "Cash", "Take cash: so much where figures stand before it, else exactly what is due",
            keys: ["c"], spoken: ["cash"], traits: [.usesPrice]
        ) { till, desk in
            guard !till.line.isEmpty else {
                guard till.hasGoods(&desk) else { return [] }
                guard let due = till.due(desk), !due.isZero else { return till.carryOut(.cash(nil), &desk) }
                till.exactCash = due
                return []
            }
            return till.take(suffix: "c", &desk)
        },
        key(
            .tillCard, "Card", "Take a card: a part where figures stand before it, else all that is left",
            keys: ["k"], spoken: ["card"], traits: [.usesPrice]
        ) { till, desk in
            till.line.isEmpty ? till.carryOut(.card(nil), &desk) : till.take(suffix: "k", &desk)
        },
        key(
            .tillOther, "Other payment", "Take the payment in another way, or so much of it", keys: ["t"],
            spoken: ["other"], traits: [.usesPrice]
        ) { till, desk in
            till.line.isEmpty ? till.carryOut(.other(nil), &desk) : till.take(suffix: "t", &desk)
        },
        key(
            .tillGiftCard, "Gift card",
            "Take a gift card of the shop: a part where figures stand before it, else all that is left",
            keys: ["g"],
            spoken: ["giftcard"], traits: [.usesPrice]
        ) { till, desk in
            till.line.isEmpty ? till.carryOut(.giftCard(nil), &desk) : till.take(suffix: "g", &desk)
        },
        key(
            .tillSellGiftCard, "Sell a gift card",
            "After an amount: sell a gift card of so much; 0 takes the last one out",
            keys: ["G"], traits: [.byKeyOnly]
        ) { till, desk in
            guard till.line.isEmpty else { return till.take(suffix: "G", &desk) }
            desk.say(.info, "Type the amount first, such as 50G")
            return []
        },
        key(
            .tillBalance, "Balance",
            "See what is on a gift card, or what credit the customer of the sale has", keys: ["b"],
            spoken: ["balance"]
        ) { till, desk in till.carryOut(.balance(nil), &desk) },
        key(
            .tillQuantity, "Quantity", "After a number: so many of the next scan, or of the selected line",
            keys: ["*"], traits: [.byKeyOnly]
        ) { _, desk in
            desk.say(.info, "Type the number first: 3* and a scan, or 3* and Enter for the selected line")
            return []
        },
        key(
            .tillDiscount, "Discount",
            "So many percent off the line, or with - before them off the sale; alone: a code",
            keys: ["%"], spoken: ["discount"], argument: .text, traits: [.usesPrice]
        ) { till, desk in
            guard till.line.isEmpty else { return till.take(suffix: "%", &desk) }
            guard till.hasGoods(&desk) else { return [] }
            return [.open(.prompt(Prompt(.discount, text: desk.basket.cart.discountCode ?? "", limit: 50)))]
        },
        key(
            .tillPrice, "Price", "After an amount: another price for the selected line, with its reason",
            keys: ["="], traits: [.byKeyOnly]
        ) { till, desk in
            guard till.line.isEmpty else { return till.take(suffix: "=", &desk) }
            desk.say(.info, "Type the price first, such as 12.50=")
            return []
        },
        key(
            .tillMore, "One more", "One more of the selected line, or so many", keys: ["+"], spoken: ["more"]
        ) { till, desk in
            var more = 1
            if !till.line.isEmpty {
                do throws(TillEntry.Problem) { more = try TillEntry.quantity(till.line.text) } catch {
                    return till.refuse(error.sentence)
                }
            }
            return till.carryOut(.more(more), &desk)
        },
        key(
            .tillTakeOut, "Take out", "Take the selected line out of the sale", keys: ["d", "Del"],
            spoken: ["remove"], argument: .row
        ) { till, desk in till.carryOut(.takeOut, &desk) },
        key(
            .tillTakeBack, "Take back", "Give back the part of the payment that was taken last", keys: ["B"],
            spoken: ["takeback"]
        ) { till, desk in till.carryOut(.takeBack, &desk) },
        key(
            .tillPark, "Park", "Put the sale aside, for any till; with nothing sold: show what is parked",
            keys: ["p"], spoken: ["park", "parked"]
        ) { till, desk in till.carryOut(.park(label: ""), &desk) },
        key(
            .tillCustomer, "Customer",
            "Sell to a customer, found by name, e-mail or number, or to somebody new",
            keys: ["w"], spoken: ["customer"], argument: .text
        ) { _, desk in
            [
                .open(
                    .prompt(Prompt(.customer, text: desk.basket.cart.terms.customer?.name ?? "", limit: 254))
                )
            ]
        },
        key(
            .tillTraining, "Training", "Learn at the till, or end that: nothing is sold meanwhile", keys: [],
            spoken: ["training"]
        ) { till, desk in till.carryOut(.training(nil), &desk) },
        key(
            .tillReturn, "Return", "Take goods back, found by receipt, order, product or customer",
            keys: ["r"],
            spoken: ["return", "refund"]
        ) { till, desk in till.carryOut(.refund(nil), &desk) },
        key(
            .tillDrawer, "Drawer", "Open the drawer without a sale, with the reason", keys: ["o"],
            spoken: ["drawer"]
        ) { till, desk in till.carryOut(.drawer(nil), &desk) },
        CommandSpec(
            .tillSlip, "Slip", "Print what is to be paid, before it is: no receipt", on: TillState.self,
            keys: ["s"], permission: .sell, traits: [.usesPrice],
            available: { till, desk in
                if till.pending != nil {
                    return .disabled("Enter asks what became of the sale before anything else")
                }
                if desk.basket.cart.isEmpty { return .disabled("Nothing is sold yet") }
                if desk.basket.cart.terms.isTraining { return .disabled("In training nothing is to be paid") }
                return desk.context.hasPrinter
                    ? .enabled : .disabled("Set printer.command to print slips")
            }
        ) { till, desk, _ in till.printSlip(&desk) },
        key(.tillFind, "Find", "Find a product by words", keys: ["/"], spoken: ["find"]) { till, _ in
            till.setLine("/", mode: .words)
            return []
        },
        key(
            .tillWords, "Words", "Type words instead of keys, such as park blue coat, or 20 cash",
            keys: ["Space"], traits: [.byKeyOnly]
        ) { till, _ in
            till.setLine(till.line.text + " ", mode: .words)
            return []
        },
        CommandSpec(
            .tillReceipt, "Receipt", "Show the receipt of the sale that was made last", on: TillState.self,
            keys: ["v"], spoken: Spoken(["receipt"]),
            available: { till, _ in
                till.sold == nil ? .disabled("Nothing was sold here yet") : .enabled
            }
        ) { till, _, _ in till.sold.map { [.push(.receipt(ReceiptState($0.order, email: $0.email)))] } ?? []
        },
    ]

    /// A key of the till's line. In words it is a letter.
    private static func key(
        _ command: Command, _ title: String, _ help: String, keys: [String], spoken words: [String] = [],
        argument: Spoken.Argument = .nothing, traits: Set<CommandTrait> = [],
        perform: @escaping @Sendable (inout TillState, inout Desk) -> [Step]
    ) -> CommandSpec {
        CommandSpec(
            command, title, help, on: TillState.self, keys: keys,
            spoken: words.isEmpty ? .never : Spoken(words, argument: argument), permission: .sell,
            traits: traits,
            available: { till, _ in
                till.pending == nil
                    ? .enabled : .disabled("Enter asks what became of the sale before anything else")
            }
        ) { till, desk, _ in
            till.problem = nil
            return perform(&till, &desk)
        }
    }

    /// Carries out what stands on the line with the key that says what it is.
    private mutating func take(suffix: String, _ desk: inout Desk) -> [Step] {
        do throws(TillEntry.Problem) {
            guard let entry = try TillEntry(line.text + suffix, currency: desk.currency) else { return [] }
            return carryOut(entry, &desk)
        } catch {
            // It stays there to be corrected.
            return refuse(error.sentence)
        }
    }
}

extension Command {
    public static let openTill = Command("openTill")
    public static let tillCash = Command("tillCash")
    public static let tillCard = Command("tillCard")
    public static let tillOther = Command("tillOther")
    public static let tillGiftCard = Command("tillGiftCard")
    public static let tillSellGiftCard = Command("tillSellGiftCard")
    public static let tillBalance = Command("tillBalance")
    public static let tillQuantity = Command("tillQuantity")
    public static let tillDiscount = Command("tillDiscount")
    public static let tillPrice = Command("tillPrice")
    public static let tillMore = Command("tillMore")
    public static let tillTakeOut = Command("tillTakeOut")
    public static let tillTakeBack = Command("tillTakeBack")
    public static let tillPark = Command("tillPark")
    public static let tillCustomer = Command("tillCustomer")
    public static let tillTraining = Command("tillTraining")
    public static let tillReturn = Command("tillReturn")
    public static let tillFind = Command("tillFind")
    public static let tillWords = Command("tillWords")
    public static let tillDrawer = Command("tillDrawer")
    public static let tillSlip = Command("tillSlip")
    public static let tillReceipt = Command("tillReceipt")
}
