import StoreDomain
import StoreTesting
import Testing

@testable import StorefrontCore

/// Words at the till that are recorded, kept and played.
@Suite struct MacroTests {
    private func till(
        _ macros: [TillMacro] = [], problems: [String] = [], _ role: Role = .admin, granted: Role? = nil
    ) throws -> ModelDriver {
        var shop = try FixtureShop()
        shop.macros = macros
        if let granted { shop.users = shop.users.map { $0.role == role ? $0.with(granted) : $0 } }
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        context.macros = MacroShelf(macros: macros, problems: problems)
        var driver = try ModelDriver(context: context, shop: shop)
        driver.signIn(role)
        if driver.state.kind != .till { driver.press(.openShop) }
        #expect(driver.state.kind == .till, "\(driver)")
        return driver
    }

    private func macro(_ name: String, _ words: String...) -> TillMacro {
        TillMacro(name: name, key: "F6", words: words)
    }

    /// Types words on the till's line, as in lines.
    private func say(_ words: String, _ driver: inout ModelDriver) {
        driver.press(.tillWords)
        driver.type(words)
        driver.press(.submit)
    }

    private func status(_ driver: ModelDriver) -> String { driver.state.status?.text ?? "" }

    // MARK: - Playing

    @Test func itIsPlayedAsIfItWereTyped() throws {
        var typed = try till()
        for words in ["CS-102", "3*", "10%", "code SAVE10", "note gift", "50 cash"] { say(words, &typed) }
        var played = try till([macro("tea", "CS-102", "3*", "10%", "code SAVE10", "note gift", "50 cash")])
        played.send(.chose(.macro("tea")))
        #expect(played.shop.orders.count == 1 && played.state.desk.macro == nil, "\(played)")
        #expect(played.shop.orders.map(\.total) == typed.shop.orders.map(\.total))
        #expect(played.shop.orders.first?.discountCode == "SAVE10")
        #expect(played.shop.orders.first?.note == "gift" && played.shop.orders.first?.pieces == 3)
    }

    @Test func wordsAndThePickerPlayItToo() throws {
        var driver = try till([macro("Tea for two", "CS-102", "2*")])
        say("macro tea FOR two", &driver)
        #expect(driver.state.cart.pieces == 2, "\(driver)")
        driver.press(.tillMacros, .open)
        #expect(driver.state.cart.pieces == 2 && driver.state.cart.lines.count == 1, "\(driver)")
        driver.press(.palette)
        driver.type("macro: tea")
        driver.press(.open)
        #expect(driver.state.cart.lines.count == 1 && driver.state.desk.macro == nil, "\(driver)")
    }

    /// Each line waits for all that the line before has asked for.
    @Test func aLineWaitsForTheAnswersOfTheOneBefore() throws {
        var driver = try till([macro("tea", "CS-102", "20 cash")])
        driver.holdsAnswers = true
        driver.send(.chose(.macro("tea")))
        #expect(driver.held.count == 1 && driver.state.playsAlone)
        #expect(driver.state.waits(.scanned("CS-100")) && driver.state.waits(.command(.tillCash)))
        #expect(!driver.state.waits(.command(.quit)))
        driver.answerAll()
        #expect(driver.shop.orders.isEmpty && driver.state.cart.pieces == 1 && driver.state.playsAlone)
        for _ in 0..<8 where !driver.held.isEmpty { driver.answerAll() }
        #expect(driver.shop.orders.count == 1 && driver.state.desk.macro == nil, "\(driver)")
    }

    @Test(
        "The first refusal ends it and says where",
        arguments: [
            (["CS-102", "CS-999", "20 cash"], 2), (["10%", "CS-102"], 1), (["CS-102", "1 cash x"], 2),
            (["CS-103", "20 cash"], 1), (["park"], 0), (["CS-102", "more 99999999", "20 cash"], 2),
            (["CS-102", "takeback", "20 cash"], 2), (["redo", "CS-102"], 1),
        ])
    func refusals(_ words: [String], line: Int) throws {
        var driver = try till([TillMacro(name: "m", key: nil, words: words)])
        driver.send(.chose(.macro("m")))
        #expect(driver.state.desk.macro == nil && driver.shop.orders.isEmpty, "\(driver)")
        guard line > 0 else { return }
        #expect(
            status(driver).hasPrefix(
                "m stopped at line \(line) of \(words.count), \u{201C}\(words[line - 1])"),
            "\(status(driver))")
        #expect(driver.state.status?.kind == .warning || driver.state.status?.kind == .failure)
    }

    @Test func eachLineNeedsTheRightsOfWhoPlaysIt() throws {
        let granted = try Role(name: "cashier", grants: [.sell: .unlimited])
        var driver = try till([macro("cheap", "CS-102", "50%", "20 cash")], .cashier, granted: granted)
        driver.send(.chose(.macro("cheap")))
        #expect(status(driver).contains("line 2 of 3"), "\(status(driver))")
        #expect(driver.shop.orders.isEmpty && driver.state.cart.lines.first?.discount == nil)
    }

    @Test func aQuestionIsAnsweredAndThenItGoesOn() throws {
        var driver = try till([macro("cup", "CS-101", "5.00=", "card", "CS-102")])
        driver.send(.chose(.macro("cup")))
        #expect(driver.state.prompt != nil && driver.state.desk.macro != nil, "\(driver)")
        driver.press(.open)
        guard case .approval = driver.state.till?.mode else {
            Issue.record("the card's code is asked for: \(driver)")
            return
        }
        driver.type("A-1")
        driver.press(.submit)
        #expect(driver.shop.orders.first?.payments.first?.approvalCode == "A-1", "\(driver)")
        #expect(driver.state.cart.lines.map(\.productID) == [3] && driver.state.desk.macro == nil)
    }

    @Test func escAndNoEndIt() throws {
        var driver = try till([
            macro("cup", "CS-101", "5.00=", "20 cash"), macro("rich", "CS-101", "9000 cash", "CS-102"),
        ])
        driver.send(.chose(.macro("cup")))
        driver.press(.back)
        #expect(driver.state.desk.macro == nil && driver.shop.orders.isEmpty, "\(driver)")
        #expect(status(driver).contains("you stopped it"), "\(status(driver))")
        driver.send(.chose(.macro("rich")))
        #expect(driver.state.question != nil, "\(driver)")
        driver.send(.answered(false))
        #expect(driver.state.desk.macro == nil && driver.shop.orders.isEmpty, "\(driver)")
        #expect(driver.state.cart.quantity(of: CartLine.ID(3)) == 0, "\(driver)")
    }

    @Test func itEndsWhereTheTillIsLeftAndWithItsPerson() throws {
        var driver = try till([macro("back", "refund", "CS-102"), macro("tea", "CS-102", "20 cash")])
        driver.send(.chose(.macro("back")))
        #expect(driver.state.kind == .returns && driver.state.desk.macro == nil, "\(driver)")
        #expect(status(driver).contains("line 2 of 2"), "\(status(driver))")
        driver.press(.openShop)
        driver.holdsAnswers = true
        driver.send(.chose(.macro("tea")), .lockDue)
        driver.answerAll()
        #expect(driver.state.isLocked && driver.state.desk.macro == nil && driver.shop.orders.isEmpty)
    }

    @Test func noMacroPlaysAnother() throws {
        var driver = try till([
            macro("loop", "macro loop"), macro("a", "CS-102", "macro b"), macro("b", "CS-102"),
        ])
        driver.send(.chose(.macro("loop")))
        #expect(driver.state.desk.macro == nil && status(driver).contains("line 1 of 1"), "\(status(driver))")
        driver.send(.chose(.macro("a")))
        #expect(driver.state.cart.pieces == 1 && status(driver).contains("line 2 of 2"), "\(status(driver))")
    }

    @Test func sellingBeyondTheBooksIsNoRefusalOnceItIsAskedFor() throws {
        var driver = try till([macro("bell", "CS-103", "20 cash"), macro("sure", "anyway", "50 cash")])
        driver.send(.chose(.macro("bell")))
        #expect(status(driver).contains("line 1 of 2"), "\(status(driver))")
        driver.send(.chose(.macro("sure")))
        #expect(driver.shop.orders.count == 1, "\(driver)")
    }

    // MARK: - Recording

    @Test func whatIsDoneIsKeptAsWords() throws {
        var driver = try till()
        driver.press(.tillRecord)
        driver.send(.scanned("CS-102"))
        driver.type("3*")
        driver.press(.submit)
        driver.send(.scanned("CS-999"))
        driver.type("10")
        driver.press(.tillDiscount, .undo, .redo, .tillMore)
        say("find cup", &driver)
        driver.press(.tillTakeOut)
        driver.type("5")
        driver.press(.tillCash, .tillTakeBack)
        driver.type("10%x")
        driver.press(.back, .tillCash, .submit)
        #expect("\(driver)".contains("recording"), "\(driver)")
        driver.press(.tillRecord)
        driver.type("tea")
        driver.press(.open)
        driver.type("Alt-c")
        driver.press(.open)
        let kept = try #require(driver.shop.macros.first)
        #expect(
            kept.words == [
                "CS-102", "3*", "10%", "undo", "redo", "more", "CS-101", "remove", "5.00 cash", "takeback",
                "cash",
            ], "what is refused is not kept: \(kept.words)")
        #expect(kept.name == "tea" && kept.key == "Alt-c" && driver.state.desk.macro == nil)
        #expect(driver.state.context.macros?.macros == [kept])

        // Played, it sells the same.
        driver.send(.chose(.macro("tea")))
        #expect(driver.shop.orders.count == 2, "\(driver)")
        #expect(Set(driver.shop.orders.map(\.total)).count == 1)
    }

    @Test func nothingRecordedIsNothingKeptAndANameIsItsOwn() throws {
        var driver = try till([macro("tea", "CS-102")])
        driver.press(.tillRecord, .tillRecord)
        #expect(driver.state.desk.macro == nil && driver.state.prompt == nil, "\(driver)")
        driver.press(.tillRecord)
        driver.send(.scanned("CS-102"))
        driver.send(.chose(.macro("tea")))
        #expect(driver.state.till?.problem != nil, "one that is recorded plays none: \(driver)")
        driver.press(.tillRecord)
        driver.type("TEA")
        driver.press(.open)
        #expect(driver.state.prompt?.problem != nil, "\(driver)")
        driver.press(.back, .tillRecord)
        #expect(driver.state.prompt != nil, "it is asked for again: \(driver)")
        driver.type("-")
        driver.press(.open)
        #expect(driver.state.desk.macro == nil && driver.shop.macros.count == 1, "\(driver)")
    }

    @Test func aGiftCardsCodeIsNeverKept() throws {
        var driver = try till()
        driver.press(.tillRecord)
        let code = GiftCardCode(number: 77)
        say("balance \(code.printed)", &driver)
        driver.press(.tillGiftCard)
        guard case .recording(let words, let trying)? = driver.state.desk.macro?.stage else {
            Issue.record("\(driver)")
            return
        }
        #expect((words + [trying].compactMap { $0 }).allSatisfy { !$0.contains(code.printed.prefix(4)) })
    }

    // MARK: - Words

    @Test("What is kept asks for the same when it is read")
    func spelling() throws {
        let usd = Currency.usd
        let entries: [TillEntry] = [
            .quantity(3), .code("CS-100", count: 1), .code("4006381333931", count: 12),
            .lineDiscount(.percent(try Rate(typedPercent: "12.5"))),
            .saleDiscount(.percent(try Rate(typedPercent: "10"))),
            .saleDiscount(.amount(Money(minorUnits: 123_456))), .discountCode("SAVE10"),
            .price(Money(minorUnits: 123_450)), .cash(nil), .cash(Money(minorUnits: 1_000_000)),
            .card(Money(minorUnits: 5)), .other(nil), .giftCard(nil), .credit(Money(minorUnits: 100)),
            .sellGiftCard(Money(minorUnits: 5_000)), .balance(nil), .park(label: ""),
            .park(label: "blue coat"),
            .resume(code: "12"), .customer("ada@example.com"), .customer(nil),
            .newCustomer(name: "Émile Zola", email: "e@example.com"), .training(true), .training(nil),
            .anyway,
            .note("at five"), .note(nil), .exempt(nil),
            .exempt(try TaxExemption(reason: "mission to the UN", taxNumber: "CH-12")), .find("walnut board"),
            .refund("R1-118"), .drawer("change"), .less, .more(1), .more(12), .takeOut, .takeBack, .undo,
            .redo,
        ]
        for entry in entries {
            let words = try #require(entry.spelled(usd), "\(entry)")
            #expect(try TillEntry(words, currency: usd) == entry, "\(words)")
        }
        for entry in [
            TillEntry.macro("x"), .record, .code("#12", count: 1), .code("[x", count: 1), .find(""),
        ] {
            #expect(entry.spelled(usd) == nil, "\(entry)")
        }
    }

    // MARK: - The file

    private func book(_ text: String) -> MacroBook {
        MacroBook(text, currency: .usd) { $0.hasPrefix("F") ? nil : "is none: take F6" }
    }

    @Test func theFileIsReadAndWritten() {
        let macros = [
            macro("coffee and cake", "4006381333931", "-10%", "20 cash"),
            TillMacro(name: "Tee", key: nil, words: ["緑茶"]),
        ]
        let text =
            "# mine\n\n" + macros.map { MacroBook.text(of: $0) }.joined(separator: "\n") + "\r\n# end\n"
        let read = book(text)
        #expect(read.macros == macros && read.problems.isEmpty, "\(read.problems)")
        #expect(book(MacroBook.removing("TEE", from: text) ?? "").macros == [macros[0]])
        let rest = MacroBook.removing("coffee and cake", from: text)
        #expect(book(rest ?? "").macros == [macros[1]] && rest?.hasPrefix("# mine\n") == true)
        #expect(MacroBook.removing("none", from: text) == nil)
    }

    @Test(
        "What is wrong names its line, and the other macros count",
        arguments: [
            ("CS-100\n[ok]\ncash\n", 1), ("[ok]\ncash\n[b\nCS-1\n", 3), ("[ok]\ncash\n[b]\n\n# none\n", 3),
            ("[ok]\ncash\n[OK]\ncash", 3), ("[ok] F6\ncash\n[b] F6\ncash", 3), ("[ok]\ncash\n[b] 7\ncash", 3),
            ("[ok]\ncash\n[b]\nCS-1\nmacro ok\n", 5), ("[ok]\ncash\n[b]\nrecord", 4),
            ("[ok]\ncash\n[b]\n120%\n", 4), ("[ok]\ncash\n[b]\nmore 0\n", 4), ("[ok]\ncash\n[]\ncash", 3),
            ("[ok]\ncash\n[b#]\ncash", 3),
            ("[ok]\ncash\n[b]\n\(String(repeating: "x", count: 201))", 4),
            ("[ok]\ncash\n[b]\n\(String(repeating: "CS-1\n", count: 60))", 54),
        ])
    func problems(_ text: String, line: Int) {
        let read = book(text)
        #expect(read.macros.map(\.name) == ["ok"], "\(read.macros)")
        #expect(read.problems.map(\.line) == [line], "\(read.problems)")
    }

    @Test func aBrokenFileIsToldAtTheTill() throws {
        var driver = try till(problems: ["macros.txt, line 3: the macro b has no words"])
        driver.press(.tillMacros)
        #expect(status(driver).contains("line 3"), "\(driver)")
    }
}
