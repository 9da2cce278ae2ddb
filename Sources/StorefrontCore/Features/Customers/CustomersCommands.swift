import StoreDomain

extension CustomersState {
    public static let commands: [CommandSpec] = [
        CommandSpec(
            .openCustomers, "Customers", "Find customers, with their orders, credit and gift cards",
            spoken: Spoken(["customers"]), permission: .seeAllOrders, traits: [.goesAhead],
            available: { feature, _ in feature is CustomersState ? .absent : .enabled }
        ) { feature, desk, _ in
            ProgramCommands.leave(&feature, &desk) { _ in [.to(.customers(CustomersState()))] }
        },
        CommandSpec(
            .findCustomers, "Find", "Find customers by name, e-mail or number", on: CustomersState.self,
            keys: ["/"], spoken: Spoken(argument: .text)
        ) { _, _, _ in [.open(.prompt(CustomersEntry.find.prompt))] },
        CommandSpec(
            .moreCustomers, "More", "Load those behind the last customer of the list",
            on: CustomersState.self, keys: ["M"],
            available: { state, _ in
                state.record != nil
                    ? .absent : state.next == nil ? .disabled("These are all customers") : .enabled
            }
        ) { state, _, _ in state.loadMore() },
        CommandSpec(
            .mergeCustomers, "Merge", "Give all that a customer has to another, who is the same person",
            on: CustomersState.self, keys: ["m"], spoken: Spoken(argument: .row),
            permission: .manageAccounts,
            available: { state, desk in desk.writing(state.whilePerson) }
        ) { state, _, _ in
            state.person.map { [.open(.prompt(CustomersEntry.merge($0.id).prompt))] } ?? []
        },
        CommandSpec(
            .exportCustomer, "Export", "Write everything that is kept about a customer to a file",
            on: CustomersState.self, keys: ["x"], spoken: Spoken(argument: .row),
            permission: .manageAccounts,
            available: { state, desk in desk.writing(state.whilePerson) }
        ) { state, _, _ in
            state.person.map { [.ask(.customers(.export($0.id)))] } ?? []
        },
        CommandSpec(
            .eraseCustomer, "Erase", "Take a customer\u{2019}s name and e-mail away, for good",
            on: CustomersState.self, keys: ["D"], spoken: Spoken(argument: .row),
            permission: .manageAccounts,
            available: { state, desk in desk.writing(state.whilePerson) }
        ) { state, _, _ in state.person.map { [.open(.confirm(.erasing($0)))] } ?? [] },
    ]

    private var whilePerson: Availability {
        person == nil ? .disabled("No customer is selected") : .enabled
    }
}

extension Command {
    public static let openCustomers = Command("openCustomers")
    public static let findCustomers = Command("findCustomers")
    public static let moreCustomers = Command("moreCustomers")
    public static let mergeCustomers = Command("mergeCustomers")
    public static let exportCustomer = Command("exportCustomer")
    public static let eraseCustomer = Command("eraseCustomer")
}
