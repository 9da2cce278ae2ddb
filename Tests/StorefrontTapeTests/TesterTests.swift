import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

@testable import StorefrontTape

/// What a tester does within a session: points at words, lets things go wrong, goes back.
@Suite(.serialized, .timeLimit(.minutes(20))) struct TesterTests {
    private func choose(_ command: String, in session: RecordedSession) async {
        await session.press(.control("p"))
        await session.type(command)
        await session.press(.enter)
    }

    /// From the menu of F12.
    private func choose(_ command: Command, of session: RecordedSession) async {
        await session.press(.function(12))
        guard case .picker(let menu)? = await session.state.overlays.last,
            let row = menu.items.firstIndex(where: { $0.choice == .command(command) })
        else {
            Issue.record("\(session.screen)")
            return
        }
        for _ in 0..<row { await session.press(.down) }
        await session.press(.enter)
    }

    private static func signedIn(size: Size = Size(width: 80, height: 24)) async throws -> RecordedSession {
        let session = try await RecordedSession(size: size)
        await session.press(.function(5), .function(12))
        return session
    }

    // MARK: - Pointing

    private static let words = [
        Pointing.Word("Corner", x: 1, y: 0, width: 6, in: .header, isChanged: false),
        Pointing.Word("Shop", x: 8, y: 0, width: 4, in: .header, isChanged: false),
        Pointing.Word("Board", x: 2, y: 3, width: 5, in: .list, isChanged: false),
        Pointing.Word("game\u{2026}", x: 8, y: 3, width: 5, in: .list, isChanged: false),
        Pointing.Word("$27.45", x: 40, y: 3, width: 6, in: .list, isChanged: true),
        Pointing.Word("Lamp", x: 2, y: 4, width: 4, in: .list, isChanged: false),
        Pointing.Word("It", x: 3, y: 22, width: 2, in: .status, isChanged: true),
        Pointing.Word("\"is\"", x: 6, y: 22, width: 4, in: .status, isChanged: true),
    ]

    private func state(_ moves: [Pointing.Move]) -> AppState {
        var context = AppContext()
        context.qa = QARules(seed: 1, clock: Timestamp(seconds: 0))
        var state = AppState(context: context, start: .shop)
        for action in [QAAction.saw(Self.words)] + moves.map({ .pointed($0) }) {
            _ = AppModel.update(&state, .tester(action))
        }
        return state
    }

    private func sentence(_ moves: Pointing.Move...) throws -> String {
        guard case .pointing(let pointing)? = state(moves).overlays.last else {
            throw TapeProblem("nothing is pointed at")
        }
        return pointing.sentence
    }

    /// What the step has said is proposed; a row is told by what stands in it and by no column.
    @Test func theWordsTellWhereTheyStand() throws {
        #expect(try sentence() == #"in status has "It \"is\"""#)
        #expect(try sentence(.nextChange) == #"in list has "$27.45""#)
        #expect(try sentence(.nextChange, .left(extends: false)) == #"in list has "game""#)
        #expect(
            try sentence(.nextChange, .left(extends: true), .left(extends: true))
                == #"in list has "Board game" "$27.45""#)
        #expect(
            try sentence(.nextChange, .extend, .down(extends: false)) == #"see "$27.45" "Lamp""#)
        #expect(
            try sentence(.up(extends: false), .up(extends: false), .up(extends: false), .right(extends: true))
                == #"in header has "Corner Shop""#)
    }

    /// Nothing is kept that nobody chose.
    @Test func enterKeepsItAndEscapeDoesNot() throws {
        var kept = state([.nextChange])
        #expect(
            AppModel.update(&kept, .command(.open)) == [.note(.check(#"in list has "$27.45""#))])
        #expect(kept.overlays == [] && kept.desk.status == nil)
        var left = state([.nextChange])
        #expect(AppModel.update(&left, .command(.back)) == [] && left.overlays == [])
        let inWords = state([.nextChange, .inWords])
        guard case .prompt(let prompt)? = inWords.overlays.last else {
            Issue.record("nothing is asked")
            return
        }
        #expect(prompt.purpose == .check && prompt.input.text == #"in list has "$27.45""#)
        // A program that nobody tests has no words to point at.
        var untested = AppState(context: AppContext(), start: .shop)
        #expect(AppModel.update(&untested, .tester(.saw(Self.words))) == [] && untested.overlays == [])
    }

    /// Whatever stands on a screen, what is pointed at is a check that holds there.
    @Test func whatIsPointedAtIsACheck() throws {
        var random = SeededRandom(seed: 9)
        let signs = Array("ab\"\\$\u{2026}\u{7DD1}e\u{301}9")
        for _ in 0..<300 {
            let words = (0..<Int.random(in: 1...6, using: &random)).map { index in
                let text = String(
                    (0..<Int.random(in: 1...5, using: &random)).map { _ in
                        signs.randomElement(using: &random) ?? "a"
                    })
                return Pointing.Word(
                    text, x: index * 6, y: index / 3, width: 5,
                    in: [.header, .list, .status, .dialog].randomElement(using: &random) ?? .list,
                    isChanged: Bool.random(using: &random))
            }
            let pointing = try #require(Pointing(words))
            switch try Check(pointing.sentence).kind {
            case .see(let texts), .seeIn(_, let texts): #expect(!texts.isEmpty)
            default: Issue.record("\(pointing.sentence)")
            }
        }
    }

    @Test func whatWasPointedAtIsProved() async throws {
        let session = try await Self.signedIn()
        await session.press(.character("+"))
        await session.press(.function(12), .down, .down, .enter)
        guard case .pointing(let pointing)? = await session.state.overlays.last else {
            Issue.record("\(session.screen)")
            return
        }
        #expect(pointing.sentence.hasPrefix("in status has "), "\(pointing.sentence)")
        #expect(session.screen.contains(pointing.sentence.prefix(20)), "\(session.screen)")
        await session.press(.enter)
        // The same with what lies over the screen.
        await session.press(.character("+"), .character("q"), .function(12), .down, .down, .enter)
        guard case .pointing(let dialog)? = await session.state.overlays.last else {
            Issue.record("\(session.screen)")
            return
        }
        #expect(dialog.sentence.hasPrefix("in dialog has "), "\(dialog.sentence)")
        await session.press(.enter, .escape)
        let tape = try await session.finish()
        #expect(tape.entries.contains { $0.line == .check(pointing.sentence) })
        for answers in [Proof.Answers.taped, .atOnce] {
            let result = try await ProofOfSession.prove(tape, answers)
            #expect(result.failures == [] && result.checks == 2 && result.divergence == nil)
        }
        var film = try ProofOfSession.film(tape)
        film.go(to: film.steps)
        #expect(film.differences == [], "\(film.differences.map(\.sentence))")
    }

    /// What is told to the tape has no secret, however it shows.
    @Test func nothingIsPointedAtWhereAPasswordMayStand() async throws {
        let session = try await RecordedSession()
        await session.press(.function(5))
        await session.type("customer@example.com")
        await session.press(.tab)
        await session.type("hunter2secret")
        await choose("Point at it", in: session)
        #expect(await session.state.overlays == [], "\(session.screen)")
        #expect(try await !session.finishText().contains("hunter2"))
    }

    /// On a screen of another size the words stand elsewhere.
    @Test func anotherSizeEndsPointing() {
        var pointing = state([])
        _ = AppModel.update(&pointing, .resized(AppView.viewport(Size(width: 40, height: 12))))
        #expect(pointing.overlays == [])
    }

    // MARK: - What goes wrong on purpose

    @Test func aFaultIsArmedToldAndOnTheTape() async throws {
        let session = try await Self.signedIn()
        await choose(.qaFault, of: session)
        await session.type("offline")
        await session.press(.enter)
        #expect(session.screen.split(separator: "\n")[0].contains("fault: offline"), "\(session.screen)")
        await session.press(.character("/"))
        await session.type("lamp")
        await session.press(.enter)
        #expect(session.screen.contains("try again"), "\(session.screen)")
        await choose(.qaClock, of: session)
        await session.press(.down, .enter)
        let state = await session.state
        let tape = try await session.finish()
        #expect(tape.entries.contains { $0.line == .fault(.net(.offline)) })
        #expect(tape.entries.contains { $0.line == .fault(.clock(.moves(3_600))) })
        let proof = try await ProofOfSession.prove(tape)
        #expect(proof.failures == [] && proof.divergence == nil, "\(proof.divergence?.sentence ?? "")")
        // By hand from its end on, the same goes wrong.
        let again = try await RecordedSession(
            earlier: try tape.earlier(secret: Secret(AppContext.demoPassword)))
        #expect(await again.state.desk.tested == state.desk.tested)
        #expect(again.now == RecordedSession.now.later(3_600))
        _ = try await again.finish()
    }

    /// An answer that comes later, or never, comes when it is to; the header tells of it no longer than it is to come.
    @Test func anAnswerIsKeptBack() async throws {
        let session = try await Self.signedIn()
        for (fault, ends) in [("slow page 3", false), ("never page next", true)] {
            await choose(.qaFault, of: session)
            await session.type(fault.replacing(" 3", with: "").replacing(" next", with: ""))
            await session.press(.enter)
            // Nothing is idle while an answer is kept back.
            session.send(.key(.function(4)))
            await session.untilKeptBack()
            #expect(await !session.state.desk.requests.open.isEmpty)
            if ends {
                for key in [Key.function(12)] + Array(repeating: .down, count: 6) + [.enter] {
                    session.send(.key(key))
                }
                for letter in "all" { session.send(.key(.character(letter))) }
                session.send(.key(.enter))
            } else {
                // What is typed would wait for it for ever.
                session.send(.key(.down))
            }
            await session.hear(.focus(true))
            #expect(await session.state.desk.requests.open.isEmpty)
            #expect(await session.state.desk.tested?.fault == nil)
            await session.press(.escape)
        }
        let tape = try await session.finish()
        let proof = try await ProofOfSession.prove(tape)
        #expect(proof.failures == [] && proof.divergence == nil, "\(proof.divergence?.sentence ?? "")")
        var film = try ProofOfSession.film(tape)
        film.go(to: film.steps)
        #expect(film.differences == [], "\(film.differences.map(\.sentence))")
    }

    /// A tester's menu stands over a lock, shows nothing of what is under it, and leads to nothing of it.
    @Test func aLockHidesTheShopFromATesterToo() async throws {
        let session = try await RecordedSession(earlier: Stage.sale.earlier)
        let goods = try #require(await session.state.cart.lines.first?.name)
        #expect(session.screen.contains(goods))
        await session.press(.alt("l"), .function(12))
        #expect(session.screen.contains("Mark this step") && !session.screen.contains(goods))
        await session.press(.escape)
        #expect(await session.state.isLocked, "the lock stays")
        await choose(.qaMark, of: session)
        #expect(session.screen.contains("marked") && !session.screen.contains(goods))
        for command in [Command.qaState, .qaBack, .qaBackToMark, .qaStage, .qaReport] {
            await choose(command, of: session)
            #expect(await session.state.isLocked)
            #expect(await session.wish == nil)
            #expect(
                session.screen.contains("is locked") && !session.screen.contains(goods), "\(session.screen)")
        }
        await choose(.qaCheck, of: session)
        await session.type("not see \"\(goods)\"")
        await session.press(.enter)
        await choose(.qaPoint, of: session)
        #expect(!session.screen.contains(goods), "\(session.screen)")
        await session.press(.escape)
        let tape = try await session.finish()
        #expect(try await ProofOfSession.prove(tape).failures == [])
    }

    /// What somebody wrote on a tape goes wrong as well where it is gone on with.
    @Test func aWrittenFaultIsDoneAnew() async throws {
        let session = try await Self.signedIn()
        var tape = try await session.finish()
        tape.entries.insert(Tape.Entry(.fault(.clock(.moves(90)))), at: tape.entries.count - 1)
        let again = try await RecordedSession(
            earlier: try tape.earlier(secret: Secret(AppContext.demoPassword)))
        #expect(again.now == RecordedSession.now.later(90))
        _ = try await again.finish()
    }

    // MARK: - Going back

    @Test func aStepIsTakenBackByDoingAllBeforeItAnew() async throws {
        let session = try await Self.signedIn()
        await session.press(.character("+"), .function(12), .enter, .character("+"))
        await choose("Undo", in: session)
        await session.press(.character("+"), .character("+"))
        #expect(await session.state.cart.pieces == 3)
        await choose("Step back", in: session)
        let wish = await session.wish
        let tape = try await session.finish()
        guard case .goBack(let step)? = wish else {
            Issue.record("\(String(describing: wish))")
            return
        }
        let secret = Secret(AppContext.demoPassword)
        let back = try await RecordedSession(earlier: try tape.earlier(until: step, secret: secret))
        #expect(await back.state.cart.pieces == 2)
        await choose(.qaBackToMark, of: back)
        let mark = await back.wish
        let branch = try await back.finish()
        guard case .goBack(let marked)? = mark else {
            Issue.record("\(String(describing: mark))")
            return
        }
        let atMark = try await RecordedSession(earlier: try branch.earlier(until: marked, secret: secret))
        #expect(await atMark.state.cart.pieces == 1)
        await choose(.qaBackToMark, of: atMark)
        #expect(await atMark.wish == nil && atMark.screen.contains("No step is marked"), "\(atMark.screen)")
        _ = try await atMark.finish()
    }

    @Test func everyFaultThatIsOfferedSaysWhatItDoes() {
        let faults = QARules.ofTester(seed: 1, clock: RecordedSession.now).faults
        #expect(!faults.isEmpty)
        for fault in faults { #expect(!fault.summary.isEmpty, "\(fault.text)") }
    }

    @Test func theStateShowsAndIsOnNoPicture() async throws {
        let session = try await Self.signedIn(size: Size(width: 140, height: 30))
        await session.press(.character("+"))
        await choose(.qaState, of: session)
        #expect(
            session.screen.contains("lines[0]") && session.screen.contains("State (1/"), "\(session.screen)")
        var shown = session.screen
        for _ in 0..<9 where session.screen.contains(" State ") {
            await choose(.qaState, of: session)
            shown += session.screen
        }
        #expect(shown.contains("Commands of shop") && !session.screen.contains(" State "))
        var film = try ProofOfSession.film(try await session.finish())
        film.go(to: film.steps)
        #expect(film.differences == [], "\(film.differences.map(\.sentence))")
    }
}

extension Timestamp {
    fileprivate func later(_ seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds + seconds * 1_000)
    }
}
