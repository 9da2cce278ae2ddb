/// Takes text apart into glyphs of certain width. Nothing that comes out of it can steer a terminal or take
/// another number of cells than it says; everything that is drawn goes through here.
struct GlyphReader: IteratorProtocol {
    struct Piece: Equatable {
        var glyph: Glyph
        /// 1 or 2.
        var width: Int
        /// A line end in the text; its glyph is a blank.
        var isNewline = false
    }

    private var scalars: String.UnicodeScalarView.Iterator
    private var pending: Unicode.Scalar?

    init(_ text: String) {
        scalars = text.unicodeScalars.makeIterator()
    }

    private static let replacement: Unicode.Scalar = "\u{fffd}"
    private static let joiner: Unicode.Scalar = "\u{200d}"

    private mutating func nextScalar() -> Unicode.Scalar? {
        if let scalar = pending {
            pending = nil
            return scalar
        }
        return scalars.next()
    }

    mutating func next() -> Piece? {
        while let scalar = nextScalar() {
            switch ScalarClass(scalar) {
            case .narrow: return withMarks(on: Self.withoutFlag(scalar), width: 1)
            case .wide: return withMarks(on: scalar, width: 2)
            case .space:
                if scalar == "\r", let following = nextScalar(), following != "\n" { pending = following }
                return Piece(glyph: .blank, width: 1, isNewline: scalar != "\t")
            case .replaced: return Piece(glyph: Glyph(base: Self.replacement), width: 1)
            case .mark, .dropped: continue
            }
        }
        return nil
    }

    /// Collects the marks after a character, and swallows the rest of a joined emoji: how many cells the
    /// whole takes differs from terminal to terminal, its first part is certain.
    private mutating func withMarks(on base: Unicode.Scalar, width: Int) -> Piece {
        var glyph = Glyph(base: base)
        var isJoined = false
        var swallowsMarks = false
        while let scalar = nextScalar() {
            if scalar.value < 0x300 && scalar.value >= 0x20 && scalar.value < 0x7f {
                pending = scalar
                break
            }
            let kind = ScalarClass(scalar)
            if kind == .mark {
                if !swallowsMarks { glyph.add(mark: scalar) }
            } else if scalar == Self.joiner {
                isJoined = base.value >= Self.firstPictograph
            } else if kind == .dropped {
                continue
            } else if isJoined, scalar.value >= Self.firstPictograph {
                isJoined = false
                swallowsMarks = true
            } else {
                pending = scalar
                break
            }
        }
        return Piece(glyph: glyph, width: width)
    }

    private static let firstPictograph: UInt32 = 0x2190

    /// Halves of a flag become the letters they stand for: a pair takes two cells everywhere that way.
    private static func withoutFlag(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard scalar.value >= 0x1f1e6, scalar.value <= 0x1f1ff else { return scalar }
        return Unicode.Scalar(scalar.value - 0x1f1e6 + 0x41) ?? scalar
    }
}
