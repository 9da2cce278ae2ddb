import StoreDomain

extension Command {
    public static let help = Command("help")
    public static let palette = Command("palette")
    public static let back = Command("back")
    public static let quit = Command("quit")
    public static let openShop = Command("openShop")
    public static let openCart = Command("openCart")
    public static let openOrders = Command("openOrders")
    public static let account = Command("account")
    public static let nextField = Command("nextField")
    public static let previousField = Command("previousField")
    public static let theme = Command("theme")
    public static let about = Command("about")
    public static let redraw = Command("redraw")
    public static let suspend = Command("suspend")
    public static let toggleMouse = Command("toggleMouse")
    public static let retry = Command("retry")
    public static let up = Command("up")
    public static let down = Command("down")
    public static let halfPageUp = Command("halfPageUp")
    public static let halfPageDown = Command("halfPageDown")
    public static let pageUp = Command("pageUp")
    public static let pageDown = Command("pageDown")
    public static let first = Command("first")
    public static let last = Command("last")
    public static let open = Command("open")
    public static let submit = Command("submit")

    /// The movement that the command is; nil for all others.
    public var walk: Walk? { Command.walks[self] }

    private static let walks: [Command: Walk] = [
        .up: .up, .down: .down, .halfPageUp: .halfPageUp, .halfPageDown: .halfPageDown, .pageUp: .pageUp,
        .pageDown: .pageDown, .first: .first, .last: .last,
    ]
}

/// The commands that are no screen's own.
enum ProgramCommands {
    static let everywhere: [CommandSpec] = [
        CommandSpec(
            .help, "Help", "Keys and what they do here", keys: ["?", "F1"],
            spoken: Spoken(argument: .text, tells: .help), traits: [.whileBusy, .goesAhead]
        ) { _, _, _ in [.open(.help(HelpState()))] },
        // Where lines are typed, help is this very list.
        CommandSpec(
            .palette, "Commands", "Find anything that can be done by name", keys: [":", "Ctrl-P"],
            spoken: Spoken(argument: .text, tells: .help), traits: [.byKeyOnly]
        ) { feature, desk, _ in [.open(.picker(palette(feature, desk)))] },
        CommandSpec(
            .back, "Back", "Close the topmost thing, then go back; never quits", keys: ["Esc"],
            traits: [.byKeyOnly, .whileBusy, .essential]
        ) { feature, desk, _ in feature.back(&desk) },
        CommandSpec(
            .quit, "Quit", "Leave; asks first when something would be lost", keys: ["q", "Ctrl-C"],
            traits: [.whileBusy, .essential, .goesAhead]
        ) { _, _, _ in [.quit] },
        CommandSpec(
            .openShop, "Shop",
            "Go to the products; for who sells: to the till, and from there to the products",
            keys: ["F2"],
            available: { feature, _ in (feature as? WelcomeState)?.idleness ?? .enabled }
        ) { feature, desk, _ in
            let goesToTill = desk.sellsAtTill && !(feature is TillState)
            return leave(&feature, &desk) { _ in goesToTill ? [.to(.till(TillState()))] : [.toShop] }
        },
        CommandSpec(
            .openTill, "Till", "Sell at the till", spoken: Spoken(["till"]),
            available: { feature, desk in
                desk.sellsAtTill && !(feature is TillState) ? .enabled : .absent
            }
        ) { feature, desk, _ in leave(&feature, &desk) { _ in [.to(.till(TillState()))] } },
        CommandSpec(.openCart, "Cart", "Go to the cart", keys: ["F3"], traits: [.goesAhead]) {
            feature, desk, _ in
            leave(&feature, &desk) { _ in [.to(.cart(CartState()))] }
        },
        CommandSpec(.openOrders, "Orders", "Go to the orders", keys: ["F4"], traits: [.goesAhead]) {
            feature, desk, _ in
            leave(&feature, &desk) { OrdersState.open(&$0) }
        },
        CommandSpec(
            .account, "Account", "Sign in, or sign out; at the till: another cashier, by PIN", keys: ["F5"],
            spoken: Spoken { feature, desk in
                SignInState.asksForPIN(feature, desk)
                    ? [] : [desk.user == nil ? "sign in" : desk.hasKeys ? "my account" : "sign out"]
            }, traits: [.goesAhead]
        ) { feature, desk, _ in SignInState.toggle(feature, desk) },
        CommandSpec(
            .nextField, "Next", "Next pane or field", keys: ["Tab"],
            spoken: Spoken(applies: { $0.hasForm }),
            traits: [.byKeyOnly, .essential],
            available: { feature, _ in feature.hasPanes ? .enabled : .absent }
        ) { feature, desk, _ in feature.moveFocus(forward: true, &desk) },
        CommandSpec(
            .previousField, "Previous", "Previous pane or field", keys: ["Backtab"],
            spoken: Spoken(applies: { $0.hasForm }),
            traits: [.byKeyOnly, .inForms],
            available: { feature, _ in feature.hasPanes ? .enabled : .absent }
        ) { feature, desk, _ in feature.moveFocus(forward: false, &desk) },
        CommandSpec(
            .theme, "Theme", "Choose how it looks", keys: ["F9"], spoken: .never, traits: [.goesAhead]
        ) { _, desk, _ in
            let items = desk.context.themes.map { Picker.Item(.theme($0), label: $0) }
            return [
                .open(
                    .picker(
                        Picker(.themes, title: "Theme", items: items, selected: .theme(desk.context.theme))))
            ]
        },
        CommandSpec(
            .about, "About", "Version, store and where things are kept", traits: [.whileBusy, .goesAhead]
        ) { _, _, _ in [.open(.about(scroll: 0))] },
        .saving(
            .svg, .saveScreen, "Save this screen", "Write what the screen shows to a file, as an SVG picture"),
        .saving(
            .text, .saveScreenText, "Save this screen as text",
            "Write what the screen shows to a file, as plain text"
        ),
        .saving(
            .ansi, .saveScreenAnsi, "Save this screen as ANSI",
            "Write what the screen shows to a file, as a terminal shows it with cat"),
        CommandSpec(
            .redraw, "Redraw", "Draw the whole screen anew", keys: ["Ctrl-L"], spoken: .never,
            traits: [.whileBusy, .overOverlays, .goesAhead]
        ) { _, _, _ in [.redraw] },
        CommandSpec(
            .suspend, "Suspend", "Stop the program; fg in the shell brings it back", keys: ["Ctrl-Z"],
            spoken: .never, traits: [.whileBusy, .overOverlays, .goesAhead, .ofHost]
        ) { _, _, _ in [.suspend] },
        CommandSpec(
            .toggleMouse, "Mouse", "Turn the mouse off, so that text can be selected, or on",
            keys: ["Ctrl-T"], spoken: .never, traits: [.whileBusy, .overOverlays, .goesAhead]
        ) { _, desk, _ in
            desk.hasMouse.toggle()
            desk.say(.info, desk.hasMouse ? "Mouse on" : "Mouse off: text can be selected")
            return []
        },
        CommandSpec(
            .retry, "Reload", "Load what is shown once more; tries again after an error", keys: ["r", "F8"],
            spoken: Spoken(tells: .place),
            available: { feature, _ in feature.canReload ? .enabled : .absent }
        ) { feature, desk, _ in feature.reload(&desk) },
    ]

    static let lists: [CommandSpec] = [
        walk(.up, "Up", "Row above", keys: ["Up", "k"], tells: .selection, traits: [.essential]),
        walk(.down, "Down", "Row below", keys: ["Down", "j"], tells: .selection, traits: [.essential]),
        walk(.halfPageUp, "Half a page up", "Half a page up the list or text", keys: ["Ctrl-U"]),
        walk(.halfPageDown, "Half a page down", "Half a page down the list or text", keys: ["Ctrl-D"]),
        walk(.pageUp, "Previous page", "Page before this one", keys: ["PgUp", "["], words: ["previous"]),
        walk(.pageDown, "Next page", "Page after this one", keys: ["PgDn", "]"], words: ["next"]),
        walk(.first, "First", "First row of the first page", keys: ["Home", "g"], tells: .selection),
        walk(.last, "Last", "Last row of the last page", keys: ["End", "G"], tells: .selection),
        CommandSpec(
            .open, "Open", "Open the selected row", in: .lists, keys: ["Enter"],
            spoken: Spoken(
                argument: .row, help: "Open a row; open 3 or just 3 opens number 3",
                applies: {
                    $0 is ShopState || $0 is OrdersState || $0 is WelcomeState || $0 is BasketsState
                        || $0 is ShiftState || $0 is ProductsState || $0 is StockState
                }),
            traits: [.byKeyOnly, .essential, .usesPrice],
            available: { feature, desk in feature.openAvailability(desk) }
        ) { feature, desk, count in feature.open(count: count, &desk) },
    ]

    static let forms: [CommandSpec] = [
        CommandSpec(
            .submit, "Confirm", "Go on with what the screen shows",
            in: .screens([
                .signIn, .register, .till, .shift, .checkout, .welcome, .importing, .products, .stock,
            ]),
            keys: ["Enter"],
            traits: [.byKeyOnly, .essential, .usesPrice],
            available: { feature, desk in feature.submitAvailability(desk) }
        ) { feature, desk, _ in feature.submit(&desk) }
    ]

    private static func walk(
        _ walk: Walk, _ title: String, _ help: String, keys: [String], words: [String] = [],
        tells: Spoken.Telling = .news, traits: Set<CommandTrait> = []
    ) -> CommandSpec {
        CommandSpec(
            Command("\(walk)"), title, help, in: .lists, keys: keys,
            spoken: Spoken(
                words, tells: tells,
                // A page of lines is heard as a whole.
                applies: {
                    !walk.isHalf
                        && ($0 is ShopState || $0 is CartState || $0 is OrdersState || $0 is BasketsState
                            || $0 is ProductsState || $0 is StockState)
                }),
            traits: traits.union([.byKeyOnly]),
            available: { feature, desk in feature.takesWalk(walk, desk) ? .enabled : .absent }
        ) { feature, desk, count in feature.walk(walk, count: count, &desk) }
    }

    /// Goes elsewhere; from a screen that guards its leaving only when asked.
    static func leave(
        _ feature: inout any Feature, _ desk: inout Desk, _ go: (inout Desk) -> [Step]
    ) -> [Step] {
        feature.guardsLeaving ? feature.back(&desk) : go(&desk)
    }

    private static func palette(_ feature: any Feature, _ desk: Desk) -> Picker {
        let kind = type(of: feature).kind
        // What this place offers first, then what every place does.
        let all = CommandSpec.all
        let sorted = all.filter { $0.place.includes(kind) } + all.filter { !$0.place.includes(kind) }
        let items = sorted.compactMap { spec -> Picker.Item? in
            guard !spec.traits.contains(.byKeyOnly) else { return nil }
            if case .screens = spec.place, !spec.place.includes(kind) { return nil }
            if let permission = spec.permission, !desk.principal.mayTry(permission) { return nil }
            switch spec.available(feature, desk) {
            case .enabled:
                return Picker.Item(.command(spec.command), label: spec.title, detail: spec.help)
            case .disabled(let reason):
                return Picker.Item(
                    .command(spec.command), label: spec.title, detail: reason, disabledReason: reason)
            case .absent: return nil
            }
        }
        let macros = feature is TillState ? desk.context.macros?.macros ?? [] : []
        let played = macros.map { macro in
            Picker.Item(.macro(macro.name), label: "Macro: \(macro.name)", detail: macro.summary)
        }
        return Picker(.commands, title: "Commands", items: items + played)
    }
}

extension Feature {
    /// A screen with a form of several fields, between which a line goes to and fro.
    fileprivate var hasForm: Bool {
        self is SignInState || self is RegisterState || self is ShiftState || self is ProductsState
            || self is StockState
    }
}
