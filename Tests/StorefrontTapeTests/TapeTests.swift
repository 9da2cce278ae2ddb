import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

@testable import StorefrontTape

/// A tape as a file: what is written is read back, and what cannot be read is said.
@Suite struct TapeTests {
    static let events: [TapedEvent] = [
        .key(.character("a"), isAlone: true), .key(.character(" "), isAlone: true),
        .key(.character("緑"), isAlone: false), .key(.character("e\u{301}"), isAlone: true),
        .key(.function(12), isAlone: true), .key(.control("c"), isAlone: true),
        .key(.alt("b"), isAlone: false),
        .key(.controlLeft, isAlone: true), .key(.backTab, isAlone: true),
        .key(.character("\""), isAlone: true),
        .paste("two\nlines"), .press(Point(x: 3, y: 4)), .wheel(isUp: true), .wheel(isUp: false),
        .scan(Scan("4006381333931")), .scan(Scan("gg12", end: .tab, passed: 2)), .focus(false),
        .resize(Size(width: 120, height: 40)), .secret("signIn"), .line("add 1 2"), .line(""), .line(nil),
        .secretLine,
    ]

    @Test(arguments: events) func eventsSurviveWriting(_ event: TapedEvent) throws {
        let line = TapeLine.event(event)
        let read = try #require(TapeLine.read(line.written(after: 1_234)))
        #expect(read.line == line)
        #expect(read.milliseconds == 1_234)
    }

    @Test func everyOtherLineSurvivesWriting() throws {
        let state = AppState(context: AppContext(), start: .shop)
        let lines: [TapeLine] = [
            .action(.started), .action(.replied(RequestID(3), .shop(.categories(.success([]))))),
            .plain(.takesLong), .plain(.action(.focused)), .effects(["1 shop.page abc", "beep"]),
            .frame(hash: "0", text: nil), .frame(hash: "1", text: "a\nb"), .text(hash: "2", text: "> "),
            .state(state, RecordedCount()), .mark, .check("see \"Total\""), .fault(.call(.pay, .loses)),
            .end("quit"),
        ]
        for line in lines {
            #expect(TapeLine.read(line.written(after: 0))?.line == line, "\(line.code)")
        }
    }

    @Test func faultsAreReadAsTheyAreWritten() {
        for fault in TapedFault.allCases + [.answers(.comes("shop.page")), .call(.pay, .slow(12))] {
            #expect(TapedFault(fault.text) == fault, "\(fault.text)")
            #expect(TapeLine.read(TapeLine.fault(fault).written(after: 0))?.line == .fault(fault))
        }
        #expect(Set(TapedFault.allCases).count == TapedFault.allCases.count)
    }

    @Test(arguments: [
        "", "lost", "lost pay", "lost money next", "fails pay now", "clock", "clock soon",
        "clock 9223372036854775807", "slow pay 0", "slow pay next", "never pay 3", "net slow",
        "hands repeat 5000",
        "terminal huge", "killed after money", "other till sleeps", "over and over",
    ])
    func whatIsNoFaultIsRefused(_ text: String) { #expect(TapedFault(text) == nil) }

    @Test func whatAnotherBuildHasWrittenIsSaid() throws {
        for text in [
            #"[0.1,"a",["paidByWish",{"paidByWish":{}}]]"#, #"[0.1,"z",3]"#, #"[0.0,"k",{"thought":1}]"#,
        ] {
            let line = try #require(TapeLine.read(text)?.line)
            guard case .unreadable = line else {
                Issue.record("\(text) is read as \(line)")
                continue
            }
        }
        #expect(throws: TapeProblem.self) { try Tape("") }
        #expect(throws: TapeProblem.self) { try Tape("{\"version\":3}\n") }
    }

    @Test func aTapeThatACrashHasCutIsReadToItsEnd() async throws {
        let session = try await RecordedSession()
        await session.press(.function(3))
        let text = try await session.finishText()
        let whole = try Tape(text)
        let cut = try Tape(String(text.dropLast(5)))
        #expect(cut.entries == whole.entries.dropLast())
        #expect(try Tape("# a remark\n" + text) == whole)
        #expect(try Tape(whole.text) == whole)
        #expect(whole.foreign == nil && !whole.isOfOtherBuild)
    }
}
