import StoreDomain

extension OfficeState {
    public static let commands: [CommandSpec] =
        [
            opening(.people, .openPeople, "Accounts, their roles and PINs", spoken: ["people"]),
            opening(.rights, .openRights, "What each role may do, and up to how much", spoken: ["rights"]),
            opening(.settings, .openSettings, "The shop's rules, and what they were", spoken: ["settings"]),
            opening(.discounts, .openDiscounts, "Discount codes and their use", spoken: ["discounts"]),
            opening(
                .journal, .openJournal, "All that changed money, goods, prices or people", spoken: ["journal"]
            ),
        ] + [
            CommandSpec(
                .officeFind, "Find", "Show only rows with these words", on: OfficeState.self, keys: ["/"],
                spoken: Spoken(argument: .text)
            ) { _, _, _ in [.open(.prompt(OfficeEntry.find.prompt))] },
            CommandSpec(
                .officeAdd, "New", "Add an account, a role or a discount code", on: OfficeState.self,
                keys: ["n"], spoken: Spoken(["new"], argument: .text),
                available: { state, desk in
                    switch state.page {
                    case .people, .rights, .discounts: desk.writing(.enabled)
                    case .settings, .journal: .absent
                    }
                }
            ) { state, _, _ in state.newEntry.map { [.open(.prompt($0.prompt))] } ?? [] },
            CommandSpec(
                .officePassword, "Password", "Set the password of the selected account",
                on: OfficeState.self, keys: ["w"], spoken: Spoken(["password"], argument: .row),
                available: { state, desk in state.whilePerson(desk) }
            ) { state, desk, _ in
                state.person(desk).map {
                    [.open(.prompt(OfficeEntry.password(.known(email: $0.email)).prompt))]
                } ?? []
            },
            CommandSpec(
                .officePIN, "PIN", "Set the PIN of the selected account", on: OfficeState.self, keys: ["p"],
                spoken: Spoken(["set pin"], argument: .row),
                available: { state, desk in state.whilePerson(desk) }
            ) { state, desk, _ in
                state.person(desk).map {
                    [.open(.prompt(Prompt(.pinFor($0.email), limit: PIN.length.upperBound)))]
                } ?? []
            },
            CommandSpec(
                .officeUnlock, "Unlock PIN", "Let a PIN count again after too many wrong ones",
                on: OfficeState.self, keys: ["o"], spoken: Spoken(["unlock"], argument: .row),
                available: { state, desk in state.whilePerson(desk) }
            ) { state, desk, _ in
                state.person(desk).map { [.ask(.office(.unlockPIN(of: $0.email)))] } ?? []
            },
            CommandSpec(
                .officeSignOut, "Sign out everywhere",
                "End every sign-in of the selected account, at every server and terminal of the shop",
                on: OfficeState.self, keys: ["X"], spoken: Spoken(["sign out"], argument: .row),
                available: { state, desk in state.whilePerson(desk) }
            ) { state, desk, _ in
                state.person(desk).map { [.open(.confirm(.signingOut($0)))] } ?? []
            },
            CommandSpec(
                .officeHistory, "History", "What the rules were, and since when", on: OfficeState.self,
                keys: ["h"], spoken: Spoken(["history"], tells: .place),
                available: { state, _ in state.page == .settings ? .enabled : .absent }
            ) { state, _, _ in
                state.toggleHistory()
                return []
            },
            CommandSpec(
                .officeCountry, "Country", "Set the rules of a country, after a look at what changes",
                on: OfficeState.self, keys: ["c"], spoken: Spoken(["country"]),
                available: { state, desk in
                    state.page == .settings ? desk.writing(.enabled) : .absent
                }
            ) { _, _, _ in
                let items = Country.allCases.map { country in
                    Picker.Item(.office(.country(country)), label: country.name, detail: country.rawValue)
                }
                return [.open(.picker(Picker(.countries, title: "Whose rules?", items: items)))]
            },
            CommandSpec(
                .endDiscount, "End", "Have the selected code count no longer, or again", on: OfficeState.self,
                keys: ["x"],
                spoken: Spoken(argument: .row) { feature, desk in
                    (feature as? OfficeState)?.discount(desk)?.isActive == false ? ["resume"] : ["end"]
                },
                available: { state, desk in
                    guard state.page == .discounts else { return .absent }
                    return state.discount(desk) == nil
                        ? .disabled("No code is selected") : desk.writing(.enabled)
                }
            ) { state, desk, _ in
                guard let discount = state.discount(desk) else { return [] }
                return [
                    .ask(.office(.changeDiscount(discount.code, discount.isActive ? .end : .resume)))
                ]
            },
            CommandSpec(
                .verifyJournal, "Verify", "Check that every record is what was written",
                on: OfficeState.self, keys: ["v"], spoken: Spoken(["verify"]),
                available: { state, _ in state.page == .journal ? .enabled : .absent }
            ) { _, _, _ in [.ask(.office(.verify))] },
            CommandSpec(
                .saveJournal, "Save", "Write this chain of the journal to a file, a record a line",
                on: OfficeState.self, keys: ["s"], spoken: Spoken(["save"]), traits: [.ofHost],
                available: { state, desk in
                    guard state.page == .journal else { return .absent }
                    return state.chain == nil
                        ? .disabled("There is no record yet") : desk.keepingFiles
                }
            ) { state, _, _ in state.chain.map { [.ask(.office(.saveJournal(chain: $0)))] } ?? [] },
        ]

    private static func opening(_ page: OfficePage, _ command: Command, _ help: String, spoken: [String])
        -> CommandSpec
    {
        CommandSpec(
            command, page.title, help, spoken: Spoken(spoken), permission: page.permission,
            traits: [.goesAhead]
        ) { feature, desk, _ in
            ProgramCommands.leave(&feature, &desk) { _ in
                // One page takes the place of another.
                [.leave(.office), .to(.office(OfficeState(page)))]
            }
        }
    }

    private var newEntry: OfficeEntry? {
        switch content {
        case .people: .email
        case .rights(let roles): .role(like: roles.indices.contains(column) ? roles[column].name : "")
        case .discounts: .discount
        case .settings, .journal, nil: nil
        }
    }

    private func whilePerson(_ desk: Desk) -> Availability {
        guard page == .people else { return .absent }
        return person(desk) == nil ? .disabled("Nobody is selected") : desk.writing(.enabled)
    }
}

extension Command {
    public static let openPeople = Command("openPeople")
    public static let openRights = Command("openRights")
    public static let openSettings = Command("openSettings")
    public static let openDiscounts = Command("openDiscounts")
    public static let openJournal = Command("openJournal")
    public static let officeFind = Command("officeFind")
    public static let officeAdd = Command("officeAdd")
    public static let officePassword = Command("officePassword")
    public static let officePIN = Command("officePIN")
    public static let officeUnlock = Command("officeUnlock")
    public static let officeSignOut = Command("officeSignOut")
    public static let officeHistory = Command("officeHistory")
    public static let officeCountry = Command("officeCountry")
    public static let endDiscount = Command("endDiscount")
    public static let verifyJournal = Command("verifyJournal")
    public static let saveJournal = Command("saveJournal")
}
