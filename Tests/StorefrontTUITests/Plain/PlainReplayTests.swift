import Foundation
import StoreDomain
import StoreTesting
import StorefrontCore
import TerminalKit
import Testing

@testable import StorefrontTUI

/// A session in lines is a list of events too: the same events print the same text.
@Suite struct PlainReplayTests {
    private func session() -> PlainSession {
        PlainSession(
            state: AppState(context: AppContext(), start: .shop), keyMap: .standard, zones: OnlyUTC(),
            isUnicode: true, echoes: true)
    }

    @Test func linesWrittenAndReadBackPrintTheSame() throws {
        var (first, shop, events) = (session(), try FixtureShop(), [PlainEvent]())
        var printed = ""
        var waiting: [PlainEvent] = [.started(notice: "Hello")]
        let lines = [
            "", "add 1 2", "sign in", "staff@example.com", AppContext.demoPassword, "cart", "discount SAVE10",
            "checkout", "cash", "500", "receipt", "theme", "help",
        ]
        for line in lines {
            if !events.isEmpty { waiting.append(first.reading(line)) }
            while !waiting.isEmpty {
                let next = waiting.removeFirst()
                events.append(next)
                for effect in first.hear(next) {
                    switch effect {
                    case .write(let text): printed += text
                    case .ask(let request):
                        if let reply = shop.reply(to: request) {
                            waiting.append(.action(.replied(request.id, reply)))
                        }
                    case .hideTyping, .note: break
                    }
                }
            }
        }
        #expect(printed.contains("is paid") || printed.contains("Receipt of order"), "\(printed)")

        let encoder = JSONEncoder()
        if let key = CodingUserInfoKey.revealsSecrets { encoder.userInfo[key] = true }
        let read = try JSONDecoder().decode([PlainEvent].self, from: encoder.encode(events))
        var second = session()
        var again = ""
        for event in read {
            for case .write(let text) in second.hear(event) { again += text }
        }
        #expect(again == printed)
        let masked = String(decoding: try JSONEncoder().encode(events), as: UTF8.self)
        #expect(!masked.contains(AppContext.demoPassword))
        #expect(second.state == first.state)
        let copy = try JSONDecoder().decode(PlainState.self, from: encoder.encode(first.state))
        #expect(copy == first.state)
    }
}
