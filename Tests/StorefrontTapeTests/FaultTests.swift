import Foundation
import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

@testable import StorefrontTape

/// What goes wrong on purpose is on the tape, goes wrong again wherever it is proved, and never costs money.
@Suite(.serialized, .timeLimit(.minutes(20))) struct FaultTests {
    /// Somebody signs in and pays 9.66 in cash, while this goes wrong; then all is well, and whatever was not
    /// finished is tried again.
    private func sale(_ fault: TapedFault) -> Tape {
        let keys: [Key] = [
            .function(5), .function(12), .character("+"), .function(3), .enter,
        ]
        func events(_ keys: [Key]) -> [Tape.Entry] {
            keys.map { Tape.Entry(.event(.key($0, isAlone: true))) }
        }
        let header = TapeHeader(RecordedSession.facts, size: Size(width: 80, height: 24))
        return Tape(
            header: header,
            entries: [
                Tape.Entry(.action(.resized(AppView.viewport(header.size)))), Tape.Entry(.action(.started)),
            ] + events(keys) + [Tape.Entry(.fault(fault))] + events([.enter, .enter])
                + [Tape.Entry(.fault(.over))] + events([.enter, .enter, .function(8)])
                + [Tape.Entry(.check("verify clean")), Tape.Entry(.end("written"))])
    }

    /// What may go wrong with one call while a sale is paid, and where the program may die.
    private static let ofCalls: [TapedFault] =
        [TapedFault.Call.place, .pay, .save, .finish].flatMap { call in
            [.call(call, .fails), .call(call, .loses), .process(.before(call)), .process(.after(call))]
        } + [.errs, .signsOut, .slow(2), .never].map { TapedFault.call(.pay, $0) }

    /// Whatever else may go wrong.
    private static let ofOthers = TapedFault.allCases.filter { fault in
        switch fault {
        case .call, .process(.before), .process(.after): false
        case .store, .others, .net, .clock, .terminal, .hands, .process(.now), .answers, .signedOut, .over:
            true
        }
    }

    @Test(arguments: ofCalls) func aSaleIsPaidOnceWhateverACallDoes(_ fault: TapedFault) async throws {
        try await expectOneSale(fault, isSold: true)
    }

    @Test(arguments: ofOthers) func aSaleIsPaidOnceWhateverElseHappens(_ fault: TapedFault) async throws {
        // What another till does to the goods may leave nothing to be sold, or something to be agreed to.
        if case .others = fault {
            try await expectOneSale(fault, isSold: false)
        } else {
            try await expectOneSale(fault, isSold: true)
        }
    }

    /// Somebody pays in cash while this goes wrong, and then, when all is well, goes on until it is paid.
    private func expectOneSale(_ fault: TapedFault, isSold: Bool) async throws {
        var orders: [Order] = []
        let result = try await ProofOfSession.withShop { shop in
            let before = try await latest(shop, 1).first?.id ?? 0
            var proof = Proof(Tape(header: Self.header, entries: []), in: shop, answers: .atOnce)
            func take(_ line: TapeLine) async { await proof.take(Tape.Entry(line)) }
            func press(_ keys: Key...) async {
                for key in keys { await take(.event(.key(key, isAlone: true))) }
            }
            await take(.action(.resized(AppView.viewport(Self.header.size))))
            await take(.action(.started))
            await press(.function(5), .function(12), .character("+"), .function(3), .enter)
            await take(.fault(fault))
            await press(.enter, .enter)
            await take(.fault(.over))
            for _ in 0..<4 where !(try await isPaid(shop, after: before)) {
                if !proof.state.overlays.isEmpty { await press(.escape) }
                if proof.state.user == nil { await press(.function(5), .function(12)) }
                if proof.state.kind != .checkout { await press(.function(3)) }
                // Whatever stands in the field for cash is not meant.
                await press(.control("u"), .enter, .enter, .enter)
            }
            await take(.check("verify clean"))
            orders = try await latest(shop, 5).filter { $0.id > before }
            #expect(await AlwaysHolds.problems(inShop: shop.checked.services).isEmpty)
            #expect(proof.waiting.isEmpty && proof.state.desk.requests.open.isEmpty)
            return proof.outcome
        }
        #expect(result.failures == [], "\(result.played.text.suffix(2_000))")
        let own = orders.filter { $0.till != OtherTill.name }
        #expect(isSold ? own.count == 1 : own.count <= 1, "\(own.map(\.id))")
        #expect(own.allSatisfy { $0.payments.count <= 1 && (!isSold || $0.status == .paid) }, "\(own)")
    }

    private static let header = TapeHeader(RecordedSession.facts, size: Size(width: 80, height: 24))

    private func latest(_ shop: ProofShop, _ count: Int) async throws -> [Order] {
        try await shop.checked.services.orders.orders(
            OrderQuery(everybody: true, perPage: count), as: .operatorOfStore
        ).orders
    }

    private func isPaid(_ shop: ProofShop, after id: Int64) async throws -> Bool {
        try await latest(shop, 3).contains { $0.id > id && $0.till != OtherTill.name && $0.status == .paid }
    }

    @Test func aLostAnswerIsAskedForAgain() async throws {
        var tape = sale(.call(.pay, .loses))
        tape.entries.removeLast()
        tape.entries.append(Tape.Entry(.check("order last paid")))
        let result = try await ProofOfSession.prove(tape, .atOnce)
        #expect(result.failures == [])
        // The tape of the proof has the fault, too, and is proved as it went.
        #expect(result.played.entries.contains { $0.line == .fault(.call(.pay, .loses)) })
        let again = try await ProofOfSession.prove(try Tape(result.played.text))
        #expect(again.failures == [] && again.divergence == nil, "\(again.divergence?.sentence ?? "")")
    }

    /// Every form is read as it is written, and stands in the documentation as help has it.
    @Test func theFormsAreOneList() throws {
        let page = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(
                path: "../../Sources/StoreDomain/Documentation.docc/FindingADefect.md"), encoding: .utf8)
        for form in FaultForm.all {
            let text = form.text.replacing("CALL", with: "pay").replacing("REQUEST", with: "shop.page")
            #expect(TapedFault(text)?.text == text, "\(form.text)")
            #expect(page.contains("`\(text)`") || page.contains("\"\(text)\""), "\(text)")
        }
        #expect(Set(TapedFault.allCases).count == TapedFault.allCases.count)
        for fault in TapedFault.allCases { #expect(TapedFault(fault.text) == fault) }
        let live = Set(QARules.ofTester(seed: 1, clock: RecordedSession.now).faults.map(\.text))
        for text in ["slow pay 3", "never page next", "net slow 2", "signed-out", "over"] {
            #expect(live.contains(text))
        }
        #expect(
            QARules.ofTester(seed: 1, clock: RecordedSession.now).clocks.contains { $0.text == "clock dst" })
    }

    /// A sign-in that is lost is lost until somebody signs in anew; whoever needs none notices nothing.
    @Test func aSignInIsLostUntilItIsMadeAnew() async throws {
        let keys: [Key] = [.function(5), .function(12)]
        func events(_ keys: [Key]) -> [Tape.Entry] {
            keys.map { Tape.Entry(.event(.key($0, isAlone: true))) }
        }
        let tape = Tape(
            header: Self.header,
            entries: [Tape.Entry(.action(.started)), Tape.Entry(.fault(.signedOut))] + events(keys)
                + events([.function(4)]) + [Tape.Entry(.check("screen orders"))]
                + [Tape.Entry(.fault(.signedOut))] + events([.function(8)])
                + [Tape.Entry(.check("screen signIn")), Tape.Entry(.event(.secret("signIn")))]
                + events([.enter, .function(8)]) + [Tape.Entry(.check("screen orders"))])
        #expect(try await ProofOfSession.prove(tape, .atOnce).failures == [])
    }

    /// What strikes one call is over with it; what takes the place of another ends that.
    @Test func onlyWhatStandsIsTold() async throws {
        let faults = StoreFaults(clock: RecordedSession.now, zone: OnlyUTC().machine)
        for text in ["lost pay next", "offline", "net cut", "clock +60", "terminal small"] {
            faults.arm(try #require(TapedFault(text)))
        }
        #expect(faults.standing == ["lost pay next", "net cut"])
        await #expect(throws: StoreError.self) {
            try await faults.run(.pay) { () throws(StoreError) in () }
        }
        #expect(faults.standing == ["net cut"])
        faults.arm(.over)
        #expect(faults.standing == [])
    }

    /// So many steps later, when all is well, or when nobody wants it any longer.
    @Test func anAnswerIsKeptBackUntilItsTime() async throws {
        let faults = StoreFaults(clock: RecordedSession.now, zone: OnlyUTC().machine)
        func answer(_ fault: TapedFault) async -> Task<Int, Never> {
            faults.arm(fault)
            let answer = Task {
                await faults.heldBack { (try? await faults.run(.page) { () throws(StoreError) in 7 }) ?? 0 }
            }
            while !faults.keepsBack { await Task.yield() }
            return answer
        }
        let slow = await answer(.call(.page, .slow(2)))
        faults.passEvent()
        #expect(faults.keepsBack)
        faults.passEvent()
        #expect(!faults.keepsBack)
        #expect(await slow.value == 7)
        let never = await answer(.call(.page, .never))
        for _ in 0..<9 { faults.passEvent() }
        #expect(faults.keepsBack)
        faults.arm(.over)
        #expect(await never.value == 7)
        let unwanted = await answer(.call(.page, .never))
        unwanted.cancel()
        #expect(await unwanted.value == 7 && !faults.keepsBack)
    }

    @Test func theClockGoesOn() {
        let faults = StoreFaults(clock: Timestamp(seconds: 1_000), zone: OnlyUTC().machine)
        faults.arm(.clock(.moves(90)))
        faults.arm(.over)
        #expect(faults.now() == Timestamp(seconds: 1_090))
    }

    /// Every fault is needed or left out, as everything else on a tape.
    @Test func aShortTapeKeepsTheFaultsThatItNeeds() async throws {
        var tape = sale(.call(.place, .fails))
        let fault = try #require(tape.entries.firstIndex { $0.line == .fault(.call(.place, .fails)) })
        tape.entries = Array(tape.entries[...(fault + 1)])
        tape.entries.insert(Tape.Entry(.fault(.call(.refund, .loses))), at: 2)
        tape.entries += [Tape.Entry(.check("not see \"asks again\"")), Tape.Entry(.end("written"))]
        let failure = try #require(try await ProofOfSession.prove(tape, .atOnce).failures.first)
        var shrinker = Shrinker(tape, failure) { try await ProofOfSession.prove($0, .atOnce) }
        let short = try await shrinker.run().tape
        let faults = short.entries.map(\.line).filter { if case .fault = $0 { true } else { false } }
        #expect(faults == [.fault(.call(.place, .fails))])
    }
}
