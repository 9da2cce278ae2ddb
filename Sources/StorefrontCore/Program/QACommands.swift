import StoreDomain

extension Command {
    public static let qa = Command("qa")
    public static let qaMark = Command("qaMark")
    public static let qaCheck = Command("qaCheck")
    public static let qaPoint = Command("qaPoint")
    public static let qaFault = Command("qaFault")
    public static let qaClock = Command("qaClock")
    public static let qaState = Command("qaState")
    public static let qaBack = Command("qaBack")
    public static let qaBackToMark = Command("qaBackToMark")
    public static let qaStage = Command("qaStage")
    public static let qaReport = Command("qaReport")

    /// What a tester does beside using the shop.
    public static let ofTester = QACommands.all.map(\.command)
}

/// What a tester does beside using the shop. Absent from a program that was not started with `--qa`.
enum QACommands {
    static let all: [CommandSpec] = [
        CommandSpec(
            // On the page to sign in, F12 signs in the demo's admin.
            .qa, "QA", "What a tester can do here; only with --qa",
            in: .screens(ScreenKind.allCases.filter { $0 != .signIn }), keys: ["F12"], spoken: .never,
            traits: traits, available: { _, desk in available(desk) }
        ) { feature, desk, _ in [.open(.picker(menu(feature, desk)))] },
        spec(.qaMark, "Mark this step", "Mark this step on the tape", Spoken(["mark step"])) { _, desk in
            desk.tested = desk.tested ?? QAStanding()
            desk.tested?.isMarked = true
            desk.say(.success, "This step is marked on the tape")
            return [.note(.mark)]
        },
        spec(
            .qaCheck, "Check here", "Write down what must hold here, such as see \"Total\" \"$27.45\"",
            Spoken(["check"], argument: .text)
        ) { feature, desk in
            [.open(.prompt(Prompt(.check, text: proposal(feature, desk), limit: 200)))]
        },
        spec(.qaPoint, "Point at it", "Choose on the screen what must hold here", .never) { _, _ in
            [.note(.look)]
        },
        spec(
            .qaFault, "Fault", "Choose what goes wrong from here on, on purpose", Spoken(["fault"]),
            available: { desk in
                desk.context.qa?.faults.isEmpty == false
                    ? .enabled : .disabled("Nothing can go wrong on purpose in this shop")
            }
        ) { _, desk in
            [.open(.picker(list(.faults, "Fault", desk.context.qa?.faults) { .fault($0) }))]
        },
        spec(
            .qaClock, "Clock", "Move the shop's clock", Spoken(["clock"]),
            available: { desk in
                desk.context.qa?.clocks.isEmpty == false
                    ? .enabled : .disabled("The clock of this shop cannot be moved")
            }
        ) { _, desk in [.open(.picker(list(.qa, "Clock", desk.context.qa?.clocks) { .clock($0) }))] },
        spec(.qaState, "State", "Show what the last step has changed, and what is refused why", .never) {
            _, _ in [.note(.pane)]
        },
        spec(
            .qaBack, "Step back", "Take back what was done last, by doing all before it anew", .never,
            available: whole
        ) { _, _ in [.note(.leave(.stepBack)), .end] },
        spec(
            .qaBackToMark, "Back to the mark", "Go on from the step that was marked last", .never,
            available: { desk in
                guard desk.tested?.isMarked == true else { return .disabled("No step is marked") }
                return whole(desk)
            }
        ) { _, _ in [.note(.leave(.toMark)), .end] },
        spec(
            .qaStage, "New stage", "Begin anew at a place that is the same each time", .never,
            available: whole
        ) { _, desk in [.open(.picker(list(.qa, "New stage", desk.context.qa?.stages) { .stage($0) }))] },
        spec(
            .qaReport, "Report", "Leave, and make a report of what is on the tape", .never,
            available: whole
        ) { _, _ in [.note(.leave(.report)), .end] },
    ]

    /// They show what is done in the shop, or go on in it.
    static let showShop: Set<Command> = [.qaState, .qaBack, .qaBackToMark, .qaStage, .qaReport]

    private static let traits: Set<CommandTrait> = [.whileBusy, .goesAhead, .overOverlays]

    /// For any screen, and over what lies on it.
    private static func spec(
        _ command: Command, _ title: String, _ help: String, _ spoken: Spoken,
        available: @escaping @Sendable (Desk) -> Availability = { _ in .enabled },
        perform: @escaping @Sendable (any Feature, inout Desk) -> [Step]
    ) -> CommandSpec {
        CommandSpec(
            command, title, "\(help); only with --qa", spoken: spoken, traits: traits,
            available: { _, desk in desk.context.qa == nil ? .absent : available(desk) }
        ) { feature, desk, _ in perform(feature, &desk) }
    }

    /// Whether what the status line says stays, as it may be what is to be checked.
    static func leavesStatus(_ command: Command, under overlay: Overlay?) -> Bool {
        switch overlay {
        case .picker(let picker): picker.purpose == .qa || picker.purpose == .faults
        case .prompt(let prompt): prompt.purpose == .check || Command.ofTester.contains(command)
        case .pointing: true
        case .help, .confirm, .explain, .reckoning, .about, nil: Command.ofTester.contains(command)
        }
    }

    private static func available(_ desk: Desk) -> Availability {
        desk.context.qa == nil ? .absent : .enabled
    }

    /// Where all of the session is on its tape.
    @Sendable private static func whole(_ desk: Desk) -> Availability {
        desk.context.qa?.isWhole == true
            ? .enabled : .disabled("Only storefront qa record keeps all of a session, which this needs")
    }

    private static func menu(_ feature: any Feature, _ desk: Desk) -> Picker {
        let commands: [Command] = [
            .qaMark, .qaCheck, .qaPoint, .saveScreenText, .saveScreen, .saveScreenAnsi, .qaFault, .qaClock,
            .qaState, .qaBack, .qaBackToMark, .qaStage, .qaReport,
        ]
        let items = commands.compactMap { CommandSpec[$0] }.map { spec in
            let reason: String? =
                if case .disabled(let reason) = spec.availability(on: feature, desk) { reason } else { nil }
            return Picker.Item(
                .command(spec.command), label: spec.title, detail: spec.help, disabledReason: reason)
        }
        return Picker(.qa, title: "QA", items: items)
    }

    private static func list(
        _ purpose: Picker.Purpose, _ title: String, _ items: [QAItem]?, _ choice: (QAItem) -> QAChoice
    ) -> Picker {
        Picker(
            purpose, title: title,
            items: (items ?? []).map {
                Picker.Item(.tester(choice($0)), label: $0.label, detail: $0.summary)
            })
    }

    /// What the step has changed most visibly: what the status line says, or else the screen that shows.
    private static func proposal(_ feature: any Feature, _ desk: Desk) -> String {
        if let text = desk.status?.text, !text.contains("\"") { return "see \"\(text)\"" }
        return "screen \(type(of: feature).kind)"
    }
}
