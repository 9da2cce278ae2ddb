import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

@testable import StorefrontTape

/// What is handed over of a tape.
@Suite(.serialized, .timeLimit(.minutes(20))) struct ReportTests {
    private static let machine = MachineFacts(program: "test", doctor: "Terminal\n")

    private func reporter() -> DefectReporter {
        DefectReporter(film: ProofOfSession.film) { try await ProofOfSession.prove($0, $1) }
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

    @Test func whereItBeganIsReported() async throws {
        let tape = try await RecordedSession(earlier: Stage.counter.earlier, stage: "counter").finish()
        #expect(tape.header.facts.stage == "counter")
        let report = try await reporter().report(tape, named: "begun", on: Self.machine)
        let instructions = try #require(report.files.first { $0.name == "REPRODUCE.md" })
        #expect(instructions.text.contains("- stage: counter\n"))
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
