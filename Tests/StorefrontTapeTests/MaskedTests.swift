import Foundation
import StoreDomain
import StorefrontCore
import StorefrontTUI
@testable import StorefrontTape
import TerminalKit
import Testing

/// A shop of one's own on tape: nothing that tells of people is in any byte, in whatever way it came, and the rest is
/// there.
@Suite(.serialized, .timeLimit(.minutes(20))) struct MaskedTests {
    /// Names, addresses and codes that nothing else has.
    private struct People {
        let name: String
        let email: String
        let address: String
        let code: String
        let digits: String

        init(_ seed: UInt64) {
            var random = SeededBytes(seed)
            func word(_ letters: String, _ count: Int) -> String {
                String((0..<count).map { _ in letters.randomElement(using: &random) ?? "q" })
            }
            let (big, small) = ("QZJVKW\u{D6}\u{C4}", "qzjvkwy\u{E9}\u{7DD1}")
            name = word(big, 1) + word(small, 6) + " " + word(big, 1) + word(small, 8)
            email = word("qzjvkw", 8) + "@" + word("qzjvkw", 7) + ".example"
            address = word(big, 1) + word(small, 9) + " 7" + word("3579", 3) + "b"
            code = word("QZJVKW", 3) + word("3579", 6)
            digits = word("123456789", 9)
        }

        /// Each of them, and what parts of them would give away.
        var all: [String] {
            [name, email, address, code, digits]
                + (name.split(separator: " ") + email.split(separator: "@") + address.split(separator: " "))
                .map(String.init).filter { $0.count > 4 && !$0.hasSuffix(".example") }
                + [String(email.split(separator: "@")[1].prefix(7))]
        }
    }

    private func expectNone(of people: [People], in text: String, _ what: String) {
        let folded = text.lowercased()
        for secret in people.flatMap(\.all) {
            #expect(!folded.contains(secret.lowercased()), "\(what) has \(secret)")
        }
    }

    /// Neither in a byte of the tape, nor in what is made of it: its film, each form, and its bundle.
    private func expectNone(of people: [People], onTape text: String) async throws {
        expectNone(of: people, in: text, "the tape")
        let tape = try Tape(text)
        var film = try ProofOfSession.film(tape)
        var pictures = film.surface.text
        while film.forward() {
            pictures += film.surface.export(as: .text) + film.surface.export(as: .svg, title: "A picture")
        }
        expectNone(of: people, in: pictures + film.printed, "a picture")
        let isLines = tape.header.lines != nil
        for form in TapeForm.allCases {
            // Each is of a full screen or of lines alone, or of both.
            if isLines ? [.test, .cast].contains(form) : form == .plain { continue }
            let bytes = try TapeExport(ProofOfSession.film(tape)).bytes(as: form, named: "own")
            expectNone(of: people, in: String(decoding: bytes, as: UTF8.self), "\(form)")
        }
        let report = try await DefectReporter(film: ProofOfSession.film) {
            try await ProofOfSession.prove($0, $1)
        }.report(tape, named: "own", on: MachineFacts(program: "test", doctor: ""))
        #expect(report.manifest.verdict == .unproved)
        for file in report.files { expectNone(of: people, in: file.text, file.name) }
        for words in report.typedWords { expectNone(of: people, in: words, "the words") }
    }

    /// The masked tape of these lines in a shop that knows these people.
    private func recorded(_ lines: [String], people: [People]) async throws -> String {
        let folder = try RecordedSession.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "lines.tape").path
        let ids = SeededIDs(seed: RecordedSession.seed)
        let store = try RecordedSession.shop(ids)
        for person in people {
            _ = try await store.services.auth.register(
                Registration(email: person.email, name: person.name, password: Secret("a long password")))
        }
        var facts = RecordedSession.facts
        facts.isMasked = true
        let recorder = try TapeRecorder(path: path, facts: facts)
        let terminal = RecordedLines()
        let runtime = PlainRuntime(
            state: AppState(context: RecordedSession.ownContext(store), start: .shop), terminal: terminal,
            services: store.services, ids: ids, ports: SilentPorts(),
            ticks: Ticks(sleep: { _ in try await Task.sleep(for: .seconds(3600)) }), recorder: recorder)
        let program = Task { await runtime.run() }
        for line in lines { terminal.input.send(.line(line)) }
        await runtime.untilQuiet(after: lines.count)
        terminal.input.send(.ended(nil))
        _ = await program.value
        recorder.close()
        try store.close()
        return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>) func fullScreen(seed: UInt64) async throws {
        let people = (0..<4).map { People(seed * 10 + $0) }
        let session = try await RecordedSession(
            size: Size(width: 100, height: 30), isOwn: true,
            people: people.prefix(2).map { ($0.name, $0.email) })
        var seen = session.screen
        // Typed, pasted and scanned where it belongs, and where it does not.
        await session.press(.character("/"))
        await session.type(people[2].address)
        seen += session.screen
        await session.press(.escape)
        await session.hear(.scan(Scan(people[2].code)))
        seen += session.screen
        await session.hear(.scan(Scan(people[2].digits)))
        seen += session.screen
        await session.hear(.paste(people[2].address))
        await session.press(.function(5), .function(6))
        await session.type(people[3].name)
        await session.press(.tab)
        await session.hear(.paste(people[3].email))
        seen += session.screen
        await session.press(.escape, .escape, .function(5))
        await session.type("admin@example.com")
        await session.press(.tab)
        await session.type("storefront-demo")
        await session.press(.enter)
        // Shown from the shop.
        for title in ["Customers", "People", "Journal"] {
            await session.press(.control("p"))
            await session.type(title)
            await session.press(.enter)
            seen += session.screen
            await session.press(.down, .enter)
            seen += session.screen
            await session.press(.escape, .escape, .escape)
        }
        await session.press(.control("p"))
        await session.type("Customers")
        await session.press(.enter, .character("/"))
        await session.type(people[0].name)
        await session.press(.enter, .enter)
        seen += session.screen
        await session.press(.escape, .escape, .escape, .escape)
        for shown in [people[0].name, people[1].email, people[2].code, people[3].name] {
            #expect(seen.contains(shown), "\(shown) was not shown\n\(session.screen)")
        }
        let text = try await session.finishText()
        try await expectNone(of: people, onTape: text)
        for path in ["/srv/shop.db", "admin@example.com"] { #expect(!text.contains(path), "\(path)") }
        let tape = try Tape(text)
        #expect(tape.foreign == nil && tape.steps > 100)
        var film = try ProofOfSession.film(tape)
        #expect(film.surface.text.contains("\u{2022} rec"), "nobody is recorded unseen")
        var goods = ""
        while film.forward() { if film.state.kind == .shop { goods = film.surface.text } }
        // Goods and prices are those of the shop.
        #expect(goods.contains("$"), "\(goods)")
        let differences = film.differences.map { $0.sentence }
        #expect(differences.isEmpty, "\(differences.first ?? "")")
    }

    @Test(arguments: 1...2 as ClosedRange<UInt64>) func inLines(seed: UInt64) async throws {
        let people = (0..<3).map { People(seed * 100 + $0) }
        let lines = [
            ":sign in", "admin@example.com", "storefront-demo", "/\(people[1].address)", people[1].code,
            people[1].name, "/\(people[2].email)", "customers", "1", people[0].name, "/\(people[0].name)",
            ":where",
        ]
        let text = try await recorded(lines, people: [people[0]])
        try await expectNone(of: people, onTape: text)
        let tape = try Tape(text)
        #expect(tape.foreign == nil && tape.steps > lines.count)
        #expect(tape.entries.contains { $0.line == .event(.line(":sign in")) }, "\(text.prefix(3000))")
    }

    /// Of a line of the till its word and its figures stay.
    @Test func inLinesOfTheTill() async throws {
        let people = (9_001...9_003).map { People($0) }
        let names = people.map(\.name)
        func hidden(_ text: String) -> String { StandIn.text(of: text) }
        // A sale that a card terminal takes, then words with what tells of people.
        let sale = [
            ":sign in", "admin@example.com", "storefront-demo", ":till", "2000000000237", "card",
            people[0].code,
        ]
        let kept: [(line: String, onTape: String)] = [
            ("3*", "3*"), ("-10%", "-10%"), ("12.50=", "12.50="), ("card", "card"),
            ("park \(names[2])", "park \(hidden(names[2]))"),
            ("note \(people[1].address)", "note \(hidden(people[1].address))"),
            ("balance \(people[2].code)", "balance \(hidden(people[2].code))"),
            ("balance \(people[2].digits)", "balance \(hidden(people[2].digits))"),
            ("/\(names[2])", "/\(hidden(names[2]))"), (names[2], hidden(names[2])),
            (people[1].digits, hidden(people[1].digits)), (people[1].email, hidden(people[1].email)),
            ("customer \(names[1])", "customer \(hidden(names[1]))"),
        ]
        let known = "customer \(names[0])"
        let text = try await recorded(sale + kept.map(\.line) + [known], people: [people[0]])
        try await expectNone(of: people, onTape: text)
        let tape = try Tape(text)
        for line in kept.map(\.onTape) + [hidden(people[0].code)] {
            #expect(
                tape.entries.contains { $0.line == .event(.line(line)) },
                "\(line) among \(tape.entries.compactMap { if case .event(.line(let text)) = $0.line { text } else { nil } })"
            )
        }
    }

    /// A field for an amount takes letters, which are no figures.
    @Test func lettersInAFieldForAnAmountAreHidden() async throws {
        let people = [People(8_002)]
        let word = String(people[0].name.prefix(7))
        let session = try await RecordedSession(isOwn: true)
        await session.press(.function(5))
        await session.type("admin@example.com")
        await session.press(.tab)
        await session.type("storefront-demo")
        await session.press(.enter, .character("+"), .function(3), .enter)
        for _ in 0..<5 {
            if await session.state.focusedField?.content == .amount { break }
            await session.press(.down)
        }
        await session.type("84" + word)
        #expect(session.screen.contains("84" + word), "\(session.screen)")
        let text = try await session.finishText()
        try await expectNone(of: people, onTape: text)
        let typed = try Tape(text).entries.map(\.line)
        #expect(typed.contains { if case .event(.key(.character("8"), _)) = $0 { true } else { false } })
    }

    @Test func whySomebodyHasChangedAPriceIsHidden() {
        let people = [People(8_001)]
        let price = Money(minorUnits: 500)
        let item = OrderItem(
            id: 1, orderID: 2, productID: 3, productName: "Lamp", quantity: 1, unitPrice: price,
            listPrice: Money(minorUnits: 900), total: price, overrideReason: "For \(people[0].name)")
        let line = SaleLine(
            productID: 3, name: "Lamp", quantity: 1, unitPrice: price, overrideReason: people[0].address)
        for text in [MaskingCoder.text(of: item), MaskingCoder.text(of: [line])] {
            expectNone(of: people, in: text, "a line")
            #expect(text.contains("Lamp"))
        }
    }

    /// Where no field takes it and its keys have no meaning, and in what is ordered.
    @Test func whatACardTerminalPrintedIsHidden() async throws {
        let people = [People(7_001), People(7_002)]
        let session = try await RecordedSession(isOwn: true)
        await session.press(.function(5))
        await session.type("customer@example.com")
        await session.press(.tab)
        await session.type("storefront-demo")
        await session.press(.enter, .character("+"), .function(3), .enter, .down)
        #expect(await session.state.focusedField == nil)
        await session.type(people[0].code)
        await session.press(.enter)
        await session.type(people[1].code)
        await session.press(.enter)
        try await expectNone(of: people, onTape: try await session.finishText())
        let request = PaymentRequest(methodID: "card", approvalCode: people[0].code)
        expectNone(of: people, in: MaskingCoder.text(of: request), "a request")
        #expect(MaskingCoder.masked(request)?.approvalCode == StandIn.text(of: people[0].code))
    }

    @Test func whatACardTerminalPrintedIsHiddenAtTheTill() async throws {
        let people = [People(7_003)]
        let session = try await RecordedSession(isOwn: true)
        await session.press(.function(5))
        await session.type("admin@example.com")
        await session.press(.tab)
        await session.type("storefront-demo")
        await session.press(.enter, .function(2))
        await session.hear(.scan(Scan("2000000000237")))
        await session.press(.character("k"))
        await session.type(people[0].code)
        #expect(session.screen.contains(people[0].code), "\(session.screen)")
        await session.press(.enter)
        try await expectNone(of: people, onTape: try await session.finishText())
    }

    @Test func aStandInIsAsWideAndTheSameEachTime() {
        for text in ["Zo\u{EB} \u{7DD1}\u{5DDD}-O'Neil 3b", "a.b+c@d.example", "", "\u{1F600}e\u{301}"] {
            let standIn = StandIn.text(of: text)
            #expect(TextWidth.width(of: standIn) == TextWidth.width(of: text))
            #expect(standIn.count == text.count && StandIn.text(of: standIn) == standIn)
        }
        #expect(StandIn.text(of: "a.b+c@d.example") == "x.x+x@x.xxxxxxx")
    }

    /// A recorder that cannot make its file records nothing and says nothing; one that can makes it by itself.
    @Test func aFlightRecorderDisturbsNobody() async throws {
        let folder = try RecordedSession.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var facts = RecordedSession.facts
        facts.countsSteps = false
        let path = folder.appending(path: "flight.tape").path
        let recorder = TapeRecorder(flightAt: path, facts: facts, themes: { _ in nil }, prepare: {})
        #expect(recorder.mark == .running)
        #expect(!FileManager.default.fileExists(atPath: path), "nobody waits for the file")
        recorder.note(.action(.started))
        recorder.close()
        #expect(FileManager.default.fileExists(atPath: path))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode.map { $0 & 0o777 } == 0o600)

        let other = TapeRecorder(
            flightAt: "\(folder.path)/other.tape", facts: facts, themes: { _ in nil },
            prepare: { () throws(TapeProblem) in throw TapeProblem("there is no place") })
        other.note(.action(.started))
        other.close()
        var troubles = other.trouble.makeAsyncIterator()
        #expect(await troubles.next() == nil && other.mark == nil)

        let left = TapeRecorder(
            flightAt: "\(folder.path)/left.tape", facts: facts, themes: { _ in nil }, prepare: {})
        left.note(.action(.started))
        left.close(removing: true)
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/left.tape"))
    }
}
