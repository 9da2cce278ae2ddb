import StoreDomain

extension OrdersState {
    public static let commands: [CommandSpec] = [
        CommandSpec(
            .filterStatus, "Filter", "Show orders of one status only", on: OrdersState.self, keys: ["f"],
            spoken: Spoken(argument: .text, help: "Show orders of one status only; or give it at once")
        ) { orders, _, _ in [.open(.picker(orders.statusPicker))] },
        CommandSpec(
            .findOrder, "Find", "Open an order by its number, or go to the next with these words",
            on: OrdersState.self, keys: ["/"],
            spoken: Spoken(
                argument: .text,
                help:
                    "Open an order by its number, or go to the next with these words; or give it at once")
        ) { _, _, _ in [.open(.prompt(Prompt(.findOrder, limit: 60)))] },
        CommandSpec(
            .cancelOrder, "Cancel order",
            "Cancel a pending order, or all marked ones; their stock comes back",
            in: .screens([.orders, .order, .checkout]), keys: ["x", "Ctrl-X"], spoken: Spoken(argument: .row),
            traits: [.actsOnMarks], available: cancelability
        ) { feature, _, _ in
            if let orders = feature as? OrdersState, !orders.marks.isEmpty {
                return [.open(.confirm(orders.cancelMarkedQuestion))]
            }
            return order(feature).map { [.open(.confirm(cancelQuestion($0)))] } ?? []
        },
        CommandSpec(
            .showReceipt, "Receipt", "Show the order as a receipt",
            in: .screens([.orders, .order, .checkout]), keys: ["v"], spoken: Spoken(argument: .row),
            available: { feature, _ in
                if let checkout = feature as? CheckoutState, checkout.step != .done { return .absent }
                guard let order = order(feature) else { return .disabled("No order is selected") }
                return order.items.isEmpty ? .disabled("The order is still loading") : .enabled
            }
        ) { feature, _, _ in
            guard let order = order(feature) else { return [] }
            let receipt = Step.push(.receipt(ReceiptState(order)))
            // A checkout that is done is not gone back to.
            return feature is CheckoutState ? [.toShop, receipt] : [receipt]
        },
        CommandSpec(
            .takePayment, "Take payment", "Pay a pending order", in: .screens([.orders, .order]),
            keys: ["p"], spoken: Spoken(["pay"], argument: .row), permission: .takePayment,
            available: { feature, desk in
                guard let order = order(feature) else { return .disabled("No order is selected") }
                if desk.context.isReadOnly { return Desk.readOnly }
                return order.status == .pending
                    ? .enabled : .disabled("Order \(order.id) is \(order.status.word)")
            }
        ) { feature, _, _ in order(feature).map { [.push(.checkout(CheckoutState(paying: $0)))] } ?? [] },
        CommandSpec(
            .printOrders, "Print", "Print the receipt of the order, or of all marked ones",
            on: OrdersState.self, keys: ["P"], spoken: Spoken(argument: .row), traits: [.actsOnMarks],
            available: { orders, desk in
                let printing = desk.printing(orders.chosen)
                return orders.chosen.isEmpty && printing != .absent
                    ? .disabled("No order is selected") : printing
            }
        ) { orders, desk, _ in
            desk.notePrinting(orders.chosen)
            return [.ask(.orders(.print(orders.chosen.map(\.id), ReceiptStyle(desk))))]
        },
        CommandSpec(
            .exportOrders, "Export", "Write the order, or all marked ones, to a CSV file",
            on: OrdersState.self, keys: ["E"], spoken: Spoken(argument: .row),
            traits: [.actsOnMarks, .ofHost],
            available: { orders, desk in
                if orders.chosen.isEmpty { return .disabled("No order is selected") }
                return desk.context.isThrowAway
                    ? .disabled("This is a throw-away shop: nothing is kept") : .enabled
            }
        ) { orders, _, _ in [.ask(.orders(.export(orders.chosen.map(\.id))))] },
        match(.nextMatch, "Next match", "Next row with the words searched for", key: "n", forward: true),
        match(
            .previousMatch, "Previous match", "Row before with the words searched for", key: "N",
            forward: false),
    ]

    /// The order at hand.
    private static func order(_ feature: any Feature) -> Order? {
        (feature as? OrdersState)?.selected ?? (feature as? OrderState)?.order
            ?? (feature as? CheckoutState)?.order
    }

    @Sendable private static func cancelability(_ feature: any Feature, _ desk: Desk) -> Availability {
        let order = order(feature)
        if let checkout = feature as? CheckoutState {
            return checkout.step == .payment && order?.status == .pending ? .enabled : .absent
        }
        if let orders = feature as? OrdersState, !orders.marks.isEmpty {
            if desk.context.isReadOnly { return Desk.readOnly }
            return orders.marks.items.contains { $0.status == .pending }
                ? .enabled : .disabled("Only pending orders can be cancelled; no marked one is")
        }
        guard let order else { return .disabled("No order is selected") }
        if desk.context.isReadOnly { return Desk.readOnly }
        return order.status == .pending
            ? .enabled
            : .disabled("Only pending orders can be cancelled; this one is \(order.status.word)")
    }

    private static func cancelQuestion(_ order: Order) -> Confirm {
        Confirm(
            .cancelOrder(order.id), title: "Cancel order \(order.id)?",
            text:
                "Its \(order.pieces.counted("piece")) \(order.pieces == 1 ? "goes" : "go") back into stock.",
            yes: "Cancel the order", no: "Keep it", choosesYes: false)
    }

    private static func match(
        _ command: Command, _ title: String, _ help: String, key: String, forward: Bool
    ) -> CommandSpec {
        CommandSpec(
            command, title, help, in: .screens([.cart, .orders]), keys: [key],
            spoken: Spoken(tells: .selection),
            available: { feature, _ in
                let search = (feature as? CartState)?.search ?? (feature as? OrdersState)?.search
                return search == nil ? .disabled("Nothing has been searched for yet") : .enabled
            }
        ) { feature, desk, _ in
            if var cart = feature as? CartState {
                cart.goToMatch(forward: forward, &desk)
                feature = cart
            } else if var orders = feature as? OrdersState {
                defer { feature = orders }
                return orders.goToMatch(forward: forward, &desk)
            }
            return []
        }
    }
}

extension Command {
    public static let filterStatus = Command("filterStatus")
    public static let findOrder = Command("findOrder")
    public static let cancelOrder = Command("cancelOrder")
    public static let showReceipt = Command("showReceipt")
    public static let takePayment = Command("takePayment")
    public static let printOrders = Command("printOrders")
    public static let exportOrders = Command("exportOrders")
    public static let nextMatch = Command("nextMatch")
    public static let previousMatch = Command("previousMatch")
}
