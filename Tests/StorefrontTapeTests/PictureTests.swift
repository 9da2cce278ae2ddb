import StoreDomain
@testable import StorefrontTape
import TerminalKit
import Testing

/// Two builds' pictures of one tape are compared by what a person sees.
@Suite(.serialized, .timeLimit(.minutes(20))) struct PictureTests {
    private func picture(_ rows: [String], step: Int = 0, cursor: Point? = nil, style: String = "plain")
        -> TapedPicture
    {
        TapedPicture(
            step: step, screen: "shop", size: Size(width: 12, height: rows.count), cursor: cursor,
            rows: rows.map { TapedPicture.Row(text: $0, looks: [.init(cells: 12, style: style)]) })
    }

    @Test func whatIsAtOnePlaceIsOneFinding() throws {
        let comparison = PictureComparison(
            (0..<4).map { picture(["Cart", "Total  9.66", ""], step: $0) },
            (0..<4).map { picture(["Cart", $0 == 0 ? "Total  9.66" : "Total  9.6\($0)", ""], step: $0) })
        let finding = try #require(comparison.findings.first)
        #expect(comparison.findings.count == 1 && comparison.pictures == 4)
        #expect(finding.kind == .text && finding.row == 1 && finding.columns == 10...10)
        #expect(finding.steps == [1, 2, 3] && finding.expected == "6" && finding.got == "1")
    }

    @Test func otherLooksMovedRowsCursorsAndSizesAreToldApart() {
        let here = picture(["Cart", "one", "two", ""], cursor: Point(x: 1, y: 1))
        #expect(
            PictureComparison([here], [picture(["Cart", "one", "two", ""], cursor: Point(x: 1, y: 2))])
                .findings
                .map(\.kind) == [.cursor])
        #expect(
            PictureComparison([here], [picture(["Cart", "", "one", "two"], cursor: Point(x: 1, y: 1))])
                .findings.map(\.kind) == [.moved, .moved])
        #expect(
            Set(
                PictureComparison(
                    [here],
                    [picture(["Cart", "one", "two", ""], cursor: Point(x: 1, y: 1), style: "bold")]
                ).findings.map(\.kind)) == [.style])
        #expect(PictureComparison([here], [picture(["Cart"])]).findings.map(\.kind) == [.size])
        #expect(PictureComparison([here], [here]).isSame)
        #expect(!PictureComparison([here], []).isSame)
    }

    /// The slow reference looks at each cell alone.
    @Test(arguments: 0..<20) func cellsThatDifferAreFoundAndNoRowWithout(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let signs = ["a", "b", " ", "é", "茶"]
        func row() -> String {
            var text = ""
            while TextWidth.width(of: text) < 10 {
                text += signs[Int.random(in: 0..<signs.count, using: &random)]
            }
            // Rows of their own, so that none has moved.
            return text + (TextWidth.width(of: text) == 10 ? "|" : "")
        }
        let one = picture((0..<4).map { "\($0)" + row() })
        let other = picture(
            one.rows.map(\.text).enumerated().map { Bool.random(using: &random) ? $1 : "\($0)" + row() })
        var expected: Set<Int> = []
        for y in 0..<4 {
            let (left, right) = (one.rows[y].signs(12), other.rows[y].signs(12))
            for x in 0..<12 where left[x] != right[x] { expected.insert(y * 12 + x) }
        }
        var found: Set<Int> = []
        for finding in PictureComparison([one], [other]).findings {
            found.formUnion(finding.columns.map { finding.row * 12 + $0 })
        }
        #expect(expected.isSubset(of: found))
        #expect(Set(found.map { $0 / 12 }) == Set(expected.map { $0 / 12 }))
    }

    @Test func picturesAreReadAsTheyWereWritten() async throws {
        let (tape, _) = try await FilmTests.way()
        let pictures = try ProofOfSession.film(tape).pictures()
        #expect(pictures.count == tape.steps + 1)
        let text = PictureFile.text(of: pictures, program: "test")
        let read = try PictureFile.read(text)
        #expect(read.program == "test" && read.pictures == pictures)
        #expect(PictureComparison(pictures, read.pictures).isSame)
        // Only rows that change are written: less than a quarter of all.
        #expect(
            text.utf8.count < pictures.map { PictureFile.text(of: [$0], program: "").utf8.count }.reduce(0, +)
                / 2)
    }

    @Test(arguments: [
        "", "{}", "not json", "{\"format\":2,\"program\":\"x\"}", "{\"format\":1,\"program\":\"x\"}\n[]",
    ])
    func whatIsNoPictureIsRefused(_ text: String) {
        #expect(throws: TapeProblem.self) { try PictureFile.read(text) }
    }

    @Test func aFileOfPicturesCannotMakeTheProgramLarge() {
        let line = "{\"format\":1,\"program\":\"x\"}\n"
        for size in ["[100000,100000]", "[-1,3]", "[1]"] {
            #expect(throws: TapeProblem.self) {
                try PictureFile.read(line + "{\"step\":0,\"screen\":\"shop\",\"size\":\(size),\"rows\":{}}")
            }
        }
    }

    @Test func eachStepIsMeasuredOnce() async throws {
        let (tape, _) = try await FilmTests.way()
        var calls = 0
        let times = FilmTimes(try ProofOfSession.film(tape)) { body in
            body()
            calls += 1
            return calls
        }
        #expect(times.steps.map(\.step) == Array(1...tape.steps))
        #expect(times.steps.map(\.nanoseconds) == Array(1...tape.steps))
    }

    @Test func permillesAreOfTheTimesThatWereMeasured() {
        let times = (1...200).map { $0 * 10 }.shuffled()
        #expect(FilmTimes.permille(500, of: times) == 1_000)
        #expect(FilmTimes.permille(990, of: times) == 1_980)
        #expect(FilmTimes.permille(1_000, of: times) == 2_000)
        #expect(FilmTimes.permille(1, of: [7]) == 7 && FilmTimes.permille(500, of: []) == 0)
    }

    /// What is cut off elsewhere is missing there, once, however often it shows.
    @Test func wordsThatAreNotToldElsewhereAreFound() {
        let pictures = (0..<3).map { step in
            picture(["Shop", "Lamp $9.66", "(OUT-24) Bo\u{2026}", "status 7", "Enter"], step: step)
        }
        var all = WordComparison(.all)
        var figures = WordComparison(.figures)
        for picture in pictures {
            all.add(picture, told: ["one Lamp"])
            figures.add(picture, told: ["it is $9.66, OUT-24"])
        }
        #expect(all.findings.map(\.word) == ["$9.66", "OUT-24"] && all.findings[0].steps == [0, 1, 2])
        #expect(figures.findings == [] && figures.pictures == 3)
    }

    @Test func picturesStandSideBySide() {
        let text = SideBySide.text(
            picture(["one", "two", "same"]), picture(["one", "2", "same"], style: "bold"))
        #expect(
            text.split(separator: "\n").map(String.init) == ["one  ~ one", "two  \u{2260} 2", "same ~ same"])
    }

    /// The same keys on another screen: it has that size at every step, whatever was done to the first one.
    @Test func aFilmHasAnotherSize() async throws {
        let session = try await RecordedSession(size: Size(width: 120, height: 40))
        await session.resize(Size(width: 100, height: 30))
        await session.press(.function(3))
        let tape = try await session.finish()
        let size = Size(width: 60, height: 20)
        var film = try Film(tape, zones: OnlyUTC(), size: size) { _ in nil }
        repeat { #expect(film.picture.size == size) } while film.forward()
        #expect(film.state.kind == .cart && film.step == tape.steps)
    }
}
