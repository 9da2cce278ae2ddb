import StoreDomain
import StorefrontTUI
@testable import StorefrontTape
import TerminalKit
import Testing

/// A tape leaves the program as pictures and pages that show what was on the screen.
@Suite(.serialized, .timeLimit(.minutes(20))) struct PictureFormTests {
    // MARK: - Packing

    /// What was packed, by a reader that takes one bit after the other.
    private func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
        var position = 16
        func bit() -> Int {
            defer { position += 1 }
            return Int(bytes[position / 8]) >> (position % 8) & 1
        }
        func number(_ bits: Int) -> Int { (0..<bits).reduce(0) { $0 | bit() << $1 } }
        func code(_ bits: Int, from start: Int = 0) -> Int {
            (0..<bits).reduce(start) { code, _ in code << 1 | bit() }
        }
        func symbol() -> Int {
            let seven = code(7)
            if seven < 0b0011000 { return 256 + seven }
            let eight = code(1, from: seven)
            if eight < 0b1100_0000 { return eight - 0x30 }
            if eight < 0b1100_1000 { return 280 + eight - 0xC0 }
            return 144 + code(1, from: eight) - 0x190
        }
        let lengths = [
            3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
            163,
            195, 227, 258,
        ]
        let distances = [
            1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
            3073,
            4097, 6145, 8193, 12289, 16385, 24577,
        ]
        try #require(bytes.prefix(2) == [0x78, 0x01] && number(3) == 3)
        var all: [UInt8] = []
        while true {
            let symbol = symbol()
            if symbol < 256 {
                all.append(UInt8(symbol))
            } else if symbol == 256 {
                return all
            } else {
                let slot = symbol - 257
                let length = lengths[slot] + number([0, 28].contains(slot) ? 0 : max(0, slot / 4 - 1))
                let far = code(5)
                let distance = distances[far] + number(max(0, far / 2 - 1))
                for _ in 0..<length { all.append(all[all.count - distance]) }
            }
        }
    }

    @Test(arguments: 0..<30) func whatIsPackedIsUnpackedAgain(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let row = [1, 2, 7, 721, 1_801, 9_001][Int(seed % 6)]
        let signs = [1, 3, 256][Int(seed / 6 % 3)]
        var bytes: [UInt8] = []
        let count = Int.random(in: 0..<4 * row + 600, using: &random)
        while bytes.count < count {
            let byte = UInt8(Int.random(in: 0..<signs, using: &random))
            bytes += Array(
                repeating: byte, count: Int.random(in: 1...(signs == 256 ? 2 : 400), using: &random))
            if bytes.count > row, Bool.random(using: &random) { bytes += bytes.suffix(row) }
        }
        let packed = Deflate.zlib(bytes, rowLength: row)
        #expect(try unpacked(packed) == bytes)
        // Adler-32, by its definition.
        let low = (1 + bytes.reduce(0) { $0 + Int($1) }) % 65_521
        let high = bytes.indices.reduce(0) { ($0 + (bytes.count - $1) * Int(bytes[$1])) % 65_521 }
        let sum = packed.suffix(4).reduce(0) { $0 << 8 | Int($1) }
        #expect(sum == ((high + bytes.count) % 65_521) << 16 | low)
    }

    // MARK: - Pictures

    /// The size and the dots of a picture, as numbers of colours, and the colours.
    private func read(_ png: [UInt8]) throws -> (width: Int, dots: [[UInt8]], colors: [[UInt8]]) {
        try #require(png.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        func number(_ at: Int) -> Int { png[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
        var (position, width, data, colors): (Int, Int, [UInt8], [[UInt8]]) = (8, 0, [], [])
        while position < png.count {
            let length = number(position)
            let kind = String(decoding: png[(position + 4)..<(position + 8)], as: UTF8.self)
            let content = Array(png[(position + 8)..<(position + 8 + length)])
            #expect(
                number(position + 8 + length)
                    == Int(ZipArchive.checksum(png[(position + 4)..<(position + 8 + length)])))
            switch kind {
            case "IHDR": width = number(position + 8)
            case "PLTE": colors = stride(from: 0, to: length, by: 3).map { Array(content[$0..<($0 + 3)]) }
            case "IDAT": data = try unpacked(content)
            default: #expect(kind == "IEND" && position + 12 == png.count)
            }
            position += 12 + length
        }
        let rows = stride(from: 0, to: data.count, by: width + 1).map {
            Array(data[($0 + 1)..<($0 + 1 + width)])
        }
        return (width, rows, colors)
    }

    @Test func aPictureHasTheDotsOfItsSigns() throws {
        var surface = Surface(size: Size(width: 5, height: 2))
        let red = Style(foreground: .rgb(200, 0, 0), background: .rgb(0, 0, 90))
        surface.write("I茶", at: Point(x: 1, y: 1), style: red)
        let (width, dots, colors) = try read(PNGPicture.bytes(of: surface))
        #expect(width == 45 && dots.count == 30)
        #expect(Set(colors).isSuperset(of: [[0x10, 0x10, 0x10], [200, 0, 0], [0, 0, 90]]))
        func color(_ x: Int, _ y: Int) -> [UInt8] { colors[Int(dots[y][x])] }
        #expect(color(0, 0) == [0x10, 0x10, 0x10])
        #expect(color(9, 15) == [0, 0, 90])
        // The letter's stem is in its middle, and the wide sign is a frame of two cells.
        let stem = (15..<30).filter { color(9 + 4, $0) == [200, 0, 0] }
        #expect(stem.count >= 9)
        #expect((15..<30).contains { y in (19..<35).allSatisfy { color($0, y) == [200, 0, 0] } })
    }

    @Test func everySignOfTheProgramsOwnIsInTheFont() {
        for scalar in "ABCxyz019$€äéñß│─┌┐└┘├┤┬┴┼█▌▐▄▀░▒▓→←↑↓·…•●▲■✓✗━›‹×÷−".unicodeScalars {
            #expect(PictureFont.rows(of: scalar) != nil, "\(scalar)")
        }
        #expect(PictureFont.rows(of: "茶") == nil)
    }

    @Test func picturesAreOfTheStepThatIsNamed() async throws {
        let (tape, _) = try await FilmTests.way()
        let film = try ProofOfSession.film(tape)
        let export = TapeExport(film)
        var played = film
        played.go(to: 3)
        #expect(try export.text(as: .txt, named: "way", step: 3) == played.surface.text + "\n")
        #expect(try export.bytes(as: .png, named: "way", step: 3) == PNGPicture.bytes(of: played.surface))
        played.go(to: played.steps)
        #expect(try export.text(as: .txt, named: "way") == played.surface.text + "\n")
        #expect(try export.text(as: .svg, named: "way").contains("<svg"))
        #expect(throws: TapeProblem.self) { try export.text(as: .png, named: "way") }
    }

    // MARK: - The page

    @Test func aPageHasEveryPictureAndLoadsNothing() async throws {
        let session = try await RecordedSession()
        await session.press(.character("/"))
        await session.type("<script>")
        await session.press(.enter)
        let tape = try await session.finish()
        let page = try TapeExport(try ProofOfSession.film(tape)).text(as: .html, named: "a <b> & c")
        #expect(page.contains("max=\"\(tape.steps)\"") && page.contains("a &lt;b&gt; &amp; c"))
        #expect(page.contains("default-src 'none'"))
        for other in ["http:", "https:", "src=", "@import", "url("] {
            #expect(!page.contains(other), "\(other)")
        }
        // What was typed ends no script and begins none.
        #expect(page.ranges(of: "<script>").count == 1 && page.ranges(of: "</script>").count == 1)
        #expect(page.contains("\\u003cspan"))
    }
}
