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

    @Test(arguments: [
        TapedFault.loses(.place), .loses(.pay), .loses(.finish), .fails(.place), .fails(.save), .offline,
    ]) func noFaultMakesTwoOrdersOfOne(_ fault: TapedFault) async throws {
        var orders: [Order] = []
        let result = try await ProofOfSession.withShop { shop in
            let before = try await shop.checked.services.orders.orders(
                OrderQuery(everybody: true, perPage: 1), as: .operatorOfStore
            ).orders.first?.id
            var proof = Proof(sale(fault), in: shop, answers: .atOnce)
            let result = await proof.run()
            orders = try await shop.checked.services.orders.orders(
                OrderQuery(everybody: true, perPage: 5), as: .operatorOfStore
            ).orders.filter { $0.id > before ?? 0 }
            return result
        }
        #expect(result.failures == [])
        #expect(orders.count <= 1 && orders.allSatisfy { $0.payments.count <= 1 }, "\(orders)")
    }

    @Test func aLostAnswerIsAskedForAgain() async throws {
        var tape = sale(.loses(.pay))
        tape.entries.removeLast()
        tape.entries.append(Tape.Entry(.check("order last paid")))
        let result = try await ProofOfSession.prove(tape, .atOnce)
        #expect(result.failures == [])
        // The tape of the proof has the fault, too, and is proved as it went.
        #expect(result.played.entries.contains { $0.line == .fault(.loses(.pay)) })
        let again = try await ProofOfSession.prove(try Tape(result.played.text))
        #expect(again.failures == [] && again.divergence == nil, "\(again.divergence?.sentence ?? "")")
    }

    @Test func theClockGoesOn() {
        let faults = StoreFaults(clock: Timestamp(seconds: 1_000))
        faults.arm(.clock(seconds: 90))
        faults.arm(.over)
        #expect(faults.now() == Timestamp(seconds: 1_090))
    }

    /// Every fault is needed or left out, as everything else on a tape.
    @Test func aShortTapeKeepsTheFaultsThatItNeeds() async throws {
        var tape = sale(.fails(.place))
        let fault = try #require(tape.entries.firstIndex { $0.line == .fault(.fails(.place)) })
        tape.entries = Array(tape.entries[...(fault + 1)])
        tape.entries.insert(Tape.Entry(.fault(.loses(.refund))), at: 2)
        tape.entries += [Tape.Entry(.check("not see \"asks again\"")), Tape.Entry(.end("written"))]
        let failure = try #require(try await ProofOfSession.prove(tape, .atOnce).failures.first)
        var shrinker = Shrinker(tape, failure) { try await ProofOfSession.prove($0, .atOnce) }
        let short = try await shrinker.run().tape
        let faults = short.entries.map(\.line).filter { if case .fault = $0 { true } else { false } }
        #expect(faults == [.fault(.fails(.place))])
    }
}
