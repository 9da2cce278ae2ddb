import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

@testable import StorefrontTape

/// A defect is handed over: whoever has the bundle alone sees the same, and sees when it is mended.
@Suite(.serialized, .timeLimit(.minutes(6))) struct ReportTests {
    private static let machine = MachineFacts(
        program: "test", doctor: "Terminal\n", log: "a line\n", crash: nil)

    /// With the defect in the program, or without.
    private func reporter(
        _ defect: (@Sendable (TerminalEvent, [Gesture]) -> [Gesture])? = nil
    ) -> DefectReporter {
        DefectReporter(film: ProofOfSession.film) {
            try await ProofOfSession.prove($0, $1, defect: defect)
        }
    }

    private func text(_ name: String, in report: DefectReport) throws -> String {
        try #require(report.files.first { $0.name == name }, "\(name)").text
    }

    @Test func whoeverHasOnlyTheBundleSeesTheSame() async throws {
        let tape = try await DefectTests.recorded()
        let report = try await reporter(DefectTests.typesScans).report(
            tape, named: "scan-pays", on: Self.machine)
        #expect(report.manifest.verdict == .fails)
        #expect(report.manifest.check == DefectTests.sentence)
        #expect(try #require(report.manifest.gestures) <= 6)
        let words = try text("REPRODUCE.md", in: report)
        for part in [
            DefectTests.sentence, "ordered 1 times", "Scan `500`", "storefront qa open .", "--seed 7",
        ] { #expect(words.contains(part), "\(part) in\n\(words)") }
        #expect(!words.contains("Open the QA"), "what only writes the check down is left out")
        #expect(report.typedWords.contains("500") && report.typedWords.contains(DefectTests.sentence))
        // The pictures are of the step that went wrong, and nothing in them tells when they were made.
        #expect(try text("before.txt", in: report).contains("Cash"))
        #expect(try text("after.txt", in: report) != text("before.txt", in: report))
        #expect(try text("after.svg", in: report).hasPrefix("<svg"))
        #expect(try text("effects.txt", in: report).contains("checkout.complete"))
        #expect(try text("log.txt", in: report) == "a line\n")

        let bytes = ZipArchive.bytes(of: report.files)
        let received = try DefectBundle(try ZipArchive.files(in: bytes))
        #expect(received.session == tape)
        let there = try await received.open {
            try await ProofOfSession.prove($0, $1, defect: DefectTests.typesScans)
        }
        guard case .fails(let failure) = there else {
            Issue.record("it is \(there)")
            return
        }
        #expect(failure.sentence == DefectTests.sentence)
        // Once it is mended, the bundle says so.
        #expect(try await received.open { try await ProofOfSession.prove($0, $1) } == .holds)
    }

    @Test func aTapeWithoutAFailureIsReportedAsItIs() async throws {
        let tape = try await DefectTests.recorded()
        let report = try await reporter().report(tape, named: "sound", on: Self.machine)
        #expect(report.manifest.verdict == .holds && report.manifest.tape == "session.tape")
        let again = try await reporter().report(tape, named: "sound", on: Self.machine)
        #expect(ZipArchive.bytes(of: again.files) == ZipArchive.bytes(of: report.files))
        #expect(report.files.allSatisfy { $0.name != "short.tape" && $0.name != "crash.txt" })
        let bundle = try DefectBundle(report.files)
        #expect(try await bundle.open { try await ProofOfSession.prove($0, $1) } == .holds)
    }

    /// What fails on a short tape is what failed on the long one, and no other value.
    @Test func aShortTapeFailsInTheSameWay() async throws {
        let session = try await RecordedSession()
        await session.press(.down, .up, .character("+"), .function(3), .character("+"))
        await session.press(.function(12), .down, .enter)
        await session.type("cart pieces 1")
        await session.press(.enter, .character("+"))
        let tape = try await session.finish()
        let failure = try #require(try await ProofOfSession.prove(tape, .atOnce).failures.first)
        #expect(failure.problem == "there are 2")
        var shrinker = Shrinker(tape, failure) { try await ProofOfSession.prove($0, .atOnce) }
        let result = try await shrinker.run()
        #expect(result.after <= 2 && result.after > 0)
        // It is a tape as any other: it has its answers, and a film of it shows what was seen.
        var film = try ProofOfSession.film(try Tape(result.tape.text))
        film.go(to: film.steps)
        #expect(film.differences == [], "\(film.differences.map(\.sentence))")
        #expect(film.state.desk.basket.cart.pieces == 2)
        let again = try await ProofOfSession.prove(result.tape)
        #expect(again.failures.map(\.problem) == ["there are 2"] && again.divergence == nil)
    }
}

/// The one file that a bundle may be.
@Suite struct ZipArchiveTests {
    private static let files = [
        BundleFile("a.txt", "first"), BundleFile("empty", ""), BundleFile("緑.md", "# 緑\n"),
    ]

    @Test func whatIsWrittenIsReadBack() throws {
        let bytes = ZipArchive.bytes(of: Self.files)
        #expect(try ZipArchive.files(in: bytes) == Self.files)
        #expect(try ZipArchive.files(in: bytes + Array("a remark".utf8)) == Self.files)
        #expect(try ZipArchive.files(in: ZipArchive.bytes(of: [])) == [])
    }

    @Test func theChecksumIsTheOneThatAllUse() {
        #expect(ZipArchive.checksum("123456789".utf8) == 0xCBF4_3926)
    }

    @Test func whatIsDamagedIsSaid() throws {
        let bytes = ZipArchive.bytes(of: Self.files)
        #expect(throws: TapeProblem.self) { try ZipArchive.files(in: []) }
        let text = Array("no zip file at all, just text".utf8)
        #expect(throws: TapeProblem.self) { try ZipArchive.files(in: text) }
        for count in 1..<bytes.count where count.isMultiple(of: 7) {
            #expect(throws: TapeProblem.self) { try ZipArchive.files(in: Array(bytes.prefix(count))) }
        }
        var wrong = bytes
        wrong[30 + 5] ^= 1
        #expect(throws: TapeProblem.self) { try ZipArchive.files(in: wrong) }
        // Whatever is in it: it is read or refused.
        for place in bytes.indices {
            wrong = bytes
            wrong[place] = 0xFF
            _ = try? ZipArchive.files(in: wrong)
        }
    }

    @Test func filesThatAreNoBundleAreRefused() {
        #expect(throws: TapeProblem.self) { try DefectBundle(Self.files) }
        #expect(throws: TapeProblem.self) { try DefectBundle([BundleFile("bundle.json", "{\"format\":99}")]) }
    }
}
