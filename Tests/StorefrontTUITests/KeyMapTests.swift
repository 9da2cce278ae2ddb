import StoreDomain
import StoreTesting
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

/// What each key means where.
@Suite struct KeyMapTests {
    private let map = KeyMap.standard

    /// States in which all screens, all overlays and all fields occur, by name.
    private static func scenes() throws -> [(name: String, driver: ModelDriver)] {
        try ScreenGoldens.scenes.map { scene in
            var driver = try ModelDriver(start: scene.start)
            try scene.play(&driver)
            return (scene.name, driver)
        }
    }

    private static let characters = (32...126).compactMap(UnicodeScalar.init).map(Character.init)

    private static let allKeys: [Key] =
        characters.map { .character($0) }
        + "abcdefghijklmnopqrstuvwxyz_".map { .control($0) }
        + "abcdefghijklmnopqrstuvwxyz".map { .alt($0) } + (1...12).map { .function($0) }
        + [
            .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right, .home,
            .end, .pageUp, .pageDown, .controlLeft, .controlRight, .character("é"), .character("緑"),
        ]

    @Test func oneKeyNeverMeansTwoThingsAtOnce() throws {
        for (name, driver) in try Self.scenes() {
            for key in Self.allKeys {
                let enabled = map.commands(for: key).filter {
                    driver.state.availability(of: $0).isEnabled
                }
                // Enter confirms a form where there is one, and opens elsewhere.
                let isEnter = Set(enabled) == [.submit, .open]
                // Questions take their answers by letter, before any command.
                #expect(enabled.count < 2 || isEnter, "\(key.name) means \(enabled) on \(name)\n\(driver)")
            }
        }
    }

    @Test func lettersNeverActWhileAFieldHasTheKeys() throws {
        for (name, driver) in try Self.scenes() where driver.state.focusedField != nil {
            for character in Self.characters + ["é", "緑"] {
                let text = String(character)
                let isSecret = driver.state.focusedField?.isSecret == true
                #expect(
                    map.action(for: .character(character), in: driver.state)
                        == .edit(isSecret ? .insertSecret(Secret(text)) : .insert(text)),
                    "\(character) is not typed on \(name)\n\(driver)")
            }
        }
    }

    @Test func escapeAlwaysGoesBackAndCtrlCAlwaysQuits() throws {
        for (name, driver) in try Self.scenes() {
            for (key, command) in [(Key.escape, Command.back), (.control("c"), .quit), (.function(1), .help)]
            {
                guard case .command(command) = map.action(for: key, in: driver.state) else {
                    Issue.record("\(key.name) does not mean \(command) on \(name)")
                    continue
                }
            }
        }
    }

    @Test func everyCommandHasAKeyOrIsInThePalette() {
        for command in Command.allCases where map.keys(of: command).isEmpty {
            #expect(
                [
                    .setQuantity, .about, .saveScreen, .saveScreenText, .saveScreenAnsi, .importProducts,
                    .openBaskets, .unmark, .openTill, .openReturns, .returnQuantity, .qaMark, .qaCheck,
                    .qaPoint, .qaFault, .qaClock, .qaState, .qaBack, .qaBackToMark, .qaStage, .qaReport,
                    .tillTraining, .openLooseReturn, .openGiftCards, .switchCashier, .setOwnPIN, .setPINOf,
                    .setBadgeOf,
                    .signOut, .openPeople, .openRights, .openSettings, .openDiscounts, .openProducts,
                    .openStock, .openCustomers, .openJournal, .openCounts, .countRow, .openReports,
                    .openFirstSteps,
                ].contains(command) || ReportKind.allCases.map(Command.report).contains(command),
                "\(command) cannot be reached by key")
        }
    }

    /// A macro's key plays it at the till, in no field with letters and under no overlay; a key that means something
    /// there can be none.
    @Test func aMacrosKeyPlaysItAtTheTillAlone() throws {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        context.macros = MacroShelf(macros: [
            TillMacro(name: "tea", key: "F6", words: ["CS-102"]),
            TillMacro(name: "z", key: "z", words: ["CS-102"]),
        ])
        var driver = try ModelDriver(context: context)
        driver.signIn(.admin)
        let play = AppAction.chose(.macro("tea"))
        #expect(map.action(for: .function(6), in: driver.state) != play, "in the shop it is no key")
        driver.press(.openShop)
        #expect(map.action(for: .function(6), in: driver.state) == play)
        #expect(map.action(for: .character("z"), in: driver.state) == .chose(.macro("z")))
        driver.send(map.action(for: .function(6), in: driver.state))
        #expect(driver.state.cart.pieces == 1, "\(driver)")
        driver.press(.tillWords)
        #expect(map.action(for: .character("z"), in: driver.state) == .edit(.insert("z")))
        driver.press(.back, .help)
        #expect(map.action(for: .function(6), in: driver.state) != play)
        for key in ["F6", "Alt-c", "z", "F12"] {
            let isFree = map.problem(ofMacroKey: key) == nil
            #expect(isFree == (key != "F12"), "\(key)")
        }
        for key in [
            "F2", "c", "Alt-r", "Alt-l", "7", "-", "Up", "Ctrl-K", "Backspace", "Tab", "Enter", "Hyper",
        ] {
            #expect(map.problem(ofMacroKey: key) != nil, "\(key)")
        }
    }

    @Test func digitsCountWhereNumbersMeanSomething() throws {
        var driver = try ModelDriver()
        for place in [Command.openShop, .openCart] {
            driver.press(place)
            guard case .digit(7) = map.action(for: .character("7"), in: driver.state) else {
                Issue.record("7 is no number on \(driver.state.kind)")
                continue
            }
        }
        driver.press(.openShop, .sort)
        guard case .unknownKey = map.action(for: .character("7"), in: driver.state) else {
            Issue.record("a digit counts behind an overlay")
            return
        }
    }

    @Test func aRefusedKeyStillSaysWhy() throws {
        let driver = try ModelDriver()
        guard case .command(.undo) = map.action(for: .character("u"), in: driver.state) else {
            Issue.record("a disabled command is not asked why")
            return
        }
        guard case .unknownKey = map.action(for: .character("Z"), in: driver.state) else {
            Issue.record("Z means something")
            return
        }
    }

    @Test func everyKeyWithoutAMeaningSaysSo() throws {
        for (name, driver) in try Self.scenes() {
            for key in Self.allKeys {
                var driver = driver
                let action = map.action(for: key, in: driver.state)
                guard case .unknownKey(let unknown) = action else { continue }
                let before = driver.state
                driver.send(action)
                #expect(
                    driver.state.status?.text.hasPrefix("\(unknown.name) has no meaning") == true, "\(name)")
                #expect(!unknown.name.isEmpty && ["?", "F1"].contains(unknown.help), "\(key) on \(name)")
                #expect(driver.state.way == before.way && driver.state.overlays == before.overlays)
            }
        }
    }

    /// The halves of what a scanner or a program types are no keys that a person pressed.
    @Test func nothingIsSaidOfKeysInABurst() throws {
        var driver = try ModelDriver()
        for (index, key) in "ZZZ".enumerated() {
            driver.send(map.action(for: .character(key), in: driver.state, isAlone: index == 0))
        }
        #expect(driver.state.status == nil, "\(driver)")
    }

    @Test func halfPagesMoveInEveryListAndEditInFields() throws {
        let (up, down) = (Key.control("u"), Key.control("d"))
        for (name, driver) in try Self.scenes() {
            let actions = [down, up].map { map.action(for: $0, in: driver.state) }
            if driver.state.focusedField != nil {
                #expect(actions == [.edit(.deleteForward), .edit(.killToStart)], "\(name)")
            } else if driver.state.overlays.isEmpty,
                driver.state.screen.feature.selectedRow(driver.state.desk) != nil,
                driver.state.kind != .welcome
            {
                #expect(
                    actions == [.command(.halfPageDown), .command(.halfPageUp)], "\(name)")
            }
        }
        var driver = try ModelDriver(shop: FixtureShop(more: 40))
        driver.press(.halfPageDown)
        #expect(driver.state.shop?.selection == 8)
        driver.press(.halfPageDown)
        #expect(driver.state.shop?.selection == 16, "the end of the page")
        driver.press(.halfPageDown)
        #expect(driver.state.shop?.page?.number == 2, "\(driver)")
        driver.press(.halfPageUp)
        #expect(driver.state.shop?.page?.number == 1)
    }

    @Test func fieldsAreEditedAsInReadline() throws {
        var driver = try ModelDriver()
        driver.press(.search)
        let edits: [(Key, TextEdit)] = [
            (.backspace, .deleteBackward), (.delete, .deleteForward), (.left, .left), (.control("b"), .left),
            (.home, .start), (.control("a"), .start), (.end, .end), (.control("e"), .end),
            (.control("w"), .deleteWordBackward), (.control("u"), .killToStart),
            (.control("k"), .killToEnd), (.control("y"), .yank), (.alt("b"), .wordLeft),
            (.controlRight, .wordRight), (.control("_"), .undo),
        ]
        for (key, edit) in edits {
            guard case .edit(edit) = map.action(for: key, in: driver.state) else {
                Issue.record("\(key.name) does not edit")
                continue
            }
        }
    }

    @Test func questionsTakeTheirLetters() throws {
        var driver = try ModelDriver(context: AppContext(policy: ShopPolicy(), isThrowAway: true))
        driver.press(.addOne, .quit)
        for (letter, answer) in [("y", true), ("Y", true), ("n", false), ("N", false)] {
            guard case .answered(answer) = map.action(for: .character(Character(letter)), in: driver.state)
            else {
                Issue.record("\(letter) does not answer")
                continue
            }
        }
    }
}
