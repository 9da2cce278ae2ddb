import StoreDomain
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import TerminalKit
import Testing

/// A defect that an earlier version had is put back: a short code of the shop that is scanned into the field for cash is typed there
/// and pays the order. A tape with one check finds it, becomes short, and is a test.
@Suite(.serialized, .timeLimit(.minutes(20))) struct DefectTests {
    static let sentence = "ordered checkout.complete never"

    /// As the earlier version did it: a scan is keys like any others, and nothing asks about an amount.
    static func typesScans(_ event: TerminalEvent, _ gestures: [Gesture]) -> [Gesture] {
        guard case .scan(let scan) = event else { return gestures }
        return scan.code.map { .press(.character($0), isAlone: true) }
            + [.press(scan.end, isAlone: true), .action(.answered(true))]
    }

    /// Somebody looks around, goes to pay, scans a label by mistake, and writes down what must hold.
    static func recorded() async throws -> Tape {
        let session = try await RecordedSession()
        await session.press(.down, .down, .up, .character("?"), .escape)
        await session.press(.character("/"))
        await session.type("la")
        await session.press(.escape, .escape)
        await session.press(.function(5), .function(12), .home, .character("+"), .down, .character("+"))
        await session.resize(Size(width: 120, height: 40))
        await session.press(.function(3), .down, .enter)
        #expect(await session.state.kind == .checkout, "\(session.screen)")
        await session.hear(.scan(Scan("500")))
        #expect(await session.state.kind == .checkout, "\(session.screen)")
        await session.press(.function(12), .down, .enter)
        await session.type(sentence)
        await session.press(.enter, .escape)
        return try await session.finish()
    }

    private static let machine = MachineFacts(program: "test", doctor: "Terminal\n", log: "a line\n")

    @Test func itIsFoundMadeShortHandedOverAndExported() async throws {
        let tape = try await Self.recorded()
        let sound = try await ProofOfSession.prove(tape)
        #expect(sound.failures == [] && sound.divergence == nil)

        let report = try await DefectReporter(film: ProofOfSession.film) {
            try await ProofOfSession.prove($0, $1, defect: Self.typesScans)
        }.report(tape, named: "scan-pays", on: Self.machine)
        #expect(report.manifest.verdict == .fails && report.manifest.check == Self.sentence)
        #expect(report.manifest.problem == "it was ordered 1 times")
        let (after, before) = (report.manifest.gestures, report.manifest.gesturesBefore)
        #expect(try #require(after) <= 6 && #require(after) < #require(before))
        func text(_ name: String) throws -> String {
            try #require(report.files.first { $0.name == name }, "\(name)").text
        }
        let words = try text("REPRODUCE.md")
        for part in [
            Self.sentence, "ordered 1 times", "Scan `500`", "storefront qa open .", "--seed 7",
        ] { #expect(words.contains(part), "\(part) in\n\(words)") }
        #expect(!words.contains("F12`: QA"), "what only writes the check down is no step to repeat")
        #expect(report.typedWords.contains("500") && report.typedWords.contains(Self.sentence))
        #expect(try text("before.txt").contains("Cash") && text("after.svg").hasPrefix("<svg"))
        #expect(try text("log.txt") == "a line\n")

        // Whoever has only the file gets the same, and sees when it is mended.
        let bytes = ZipArchive.bytes(of: report.files)
        let received = try DefectBundle(try ZipArchive.files(in: bytes))
        #expect(received.session == tape)
        let there = try await received.open {
            try await ProofOfSession.prove($0, $1, defect: Self.typesScans)
        }
        guard case .fails(let failure) = there else {
            Issue.record("it is \(there)")
            return
        }
        #expect(failure.sentence == Self.sentence)
        #expect(try await received.open { try await ProofOfSession.prove($0, $1) } == .holds)

        let film = try ProofOfSession.film(received.tape)
        let test = try TapeExport(film).text(as: .test, named: "scan-pays")
        #expect(test.contains("struct ScanPays") && test.contains("Scan(\"500\")"))
        #expect(test.contains(Self.sentence))
        let steps = try TapeExport(film).text(as: .steps, named: "scan-pays")
        #expect(steps.contains("Scan `500`") && steps.contains("It must hold: `\(Self.sentence)`"))
    }

    @Test func aFailureThatDoesNotRepeatIsNotShrunk() async throws {
        let tape = try await Self.recorded()
        let broken = try await ProofOfSession.prove(tape, .atOnce, defect: Self.typesScans)
        var shrinker = Shrinker(tape, try #require(broken.failures.first)) {
            try await ProofOfSession.prove($0, .atOnce)
        }
        await #expect(throws: TapeProblem.self) { try await shrinker.run() }
    }
}
