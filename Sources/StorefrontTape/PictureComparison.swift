import TerminalKit

/// How the pictures of a tape differ between two builds: cells that differ at one place, over all steps, are one finding.
public struct PictureComparison: Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A window of another size.
        case size
        /// Other signs.
        case text
        /// The same signs, which look another way.
        case style
        /// The same row at another height.
        case moved
        case cursor
    }

    /// One difference, as often as it shows.
    public struct Finding: Hashable, Sendable {
        public let kind: Kind
        /// Counted from 0.
        public let row: Int
        /// Counted from 0.
        public internal(set) var columns: ClosedRange<Int>
        /// The steps after which it shows.
        public internal(set) var steps: [Int]
        public internal(set) var screens: Set<String>
        /// What stands there in the first picture that differs, and in the other build's.
        public let expected: String
        public let got: String

        /// Such as "text, row 3, columns 35–44: 118 of 240 pictures, first after step 5".
        public func sentence(of pictures: Int) -> String {
            let place =
                columns.count > 1
                ? "columns \(columns.lowerBound + 1)\u{2013}\(columns.upperBound + 1)"
                : "column \(columns.lowerBound + 1)"
            return "\(kind.rawValue), row \(row + 1), \(place): \(steps.count) of \(pictures) pictures, "
                + "first after step \(steps.first ?? 0) on \(screens.sorted().joined(separator: ", "))"
        }
    }

    public private(set) var findings: [Finding] = []
    /// How many pictures were compared.
    public private(set) var pictures = 0
    /// How many pictures the one build has and the other does not.
    public private(set) var unmatched = 0

    /// - Parameters:
    ///   - expected: of the build that is right until somebody says otherwise.
    ///   - got: of the other one.
    public init(_ expected: [TapedPicture], _ got: [TapedPicture]) {
        pictures = min(expected.count, got.count)
        unmatched = max(expected.count, got.count) - pictures
        for (one, other) in zip(expected, got) {
            for spot in Self.spots(one, other) { add(spot, one) }
        }
        findings.sort {
            ($0.steps[0], $0.row, $0.columns.lowerBound) < ($1.steps[0], $1.row, $1.columns.lowerBound)
        }
    }

    public var isSame: Bool { findings.isEmpty && unmatched == 0 }

    // MARK: - One picture

    struct Spot: Hashable {
        let kind: Kind
        let row: Int
        let columns: ClosedRange<Int>
        let expected: String
        let got: String
    }

    static func spots(_ one: TapedPicture, _ other: TapedPicture) -> [Spot] {
        guard one.size == other.size else {
            return [Spot(kind: .size, row: 0, columns: 0...0, expected: "\(one.size)", got: "\(other.size)")]
        }
        var spots: [Spot] = []
        let moves = moves(one, other)
        let width = one.size.width
        for (y, (left, right)) in zip(one.rows, other.rows).enumerated() where left != right {
            if let target = moves[y] {
                spots.append(
                    Spot(
                        kind: .moved, row: y, columns: 0...max(0, width - 1), expected: left.text,
                        got: "the same in row \(target + 1)"))
            } else if left.text != right.text {
                // Where a row has come to, what is new is told by the row that has gone from its place.
                if moves.values.contains(y), left.text.isEmpty { continue }
                spots += Self.runs(left.signs(width), right.signs(width)).map {
                    Spot(kind: .text, row: y, columns: $0.columns, expected: $0.expected, got: $0.got)
                }
            } else {
                let (styles, otherStyles) = (left.styles(width), right.styles(width))
                spots += Self.runs(styles, otherStyles).map {
                    let start = $0.columns.lowerBound
                    return Spot(
                        kind: .style, row: y, columns: $0.columns, expected: styles[start],
                        got: otherStyles[start])
                }
            }
        }
        if one.cursor != other.cursor {
            let place = one.cursor ?? other.cursor ?? Point(x: 0, y: 0)
            spots.append(
                Spot(
                    kind: .cursor, row: place.y, columns: place.x...place.x, expected: words(one.cursor),
                    got: words(other.cursor)))
        }
        return spots
    }

    private static func words(_ cursor: Point?) -> String {
        cursor.map { "row \($0.y + 1), column \($0.x + 1)" } ?? "no cursor"
    }

    /// The rows of the one that stand at another height in the other, and there alone.
    private static func moves(_ one: TapedPicture, _ other: TapedPicture) -> [Int: Int] {
        let (left, right) = (one.rows.map(\.text), other.rows.map(\.text))
        var moves: [Int: Int] = [:]
        for (y, text) in left.enumerated() where !text.isEmpty && right[y] != text {
            let targets = right.indices.filter { right[$0] == text && left[$0] != text }
            if targets.count == 1, left.count(where: { $0 == text }) == 1 { moves[y] = targets[0] }
        }
        return moves
    }

    /// The neighbouring cells that differ. A cell alone between two that differ belongs to them.
    private static func runs(_ one: [String], _ other: [String]) -> [(
        columns: ClosedRange<Int>, expected: String, got: String
    )] {
        var ranges: [ClosedRange<Int>] = []
        for x in one.indices where one[x] != other[x] {
            if let last = ranges.last, x - last.upperBound <= 2 {
                ranges[ranges.count - 1] = last.lowerBound...x
            } else {
                ranges.append(x...x)
            }
        }
        return ranges.map { ($0, one[$0].joined(), other[$0].joined()) }
    }

    // MARK: - All of them

    private mutating func add(_ spot: Spot, _ picture: TapedPicture) {
        let same = findings.firstIndex {
            $0.kind == spot.kind && $0.row == spot.row && $0.columns.overlaps(spot.columns)
        }
        guard let same else {
            return findings.append(
                Finding(
                    kind: spot.kind, row: spot.row, columns: spot.columns, steps: [picture.step],
                    screens: [picture.screen], expected: spot.expected, got: spot.got))
        }
        let (columns, all) = (findings[same].columns, spot.columns)
        findings[same].columns =
            min(columns.lowerBound, all.lowerBound)...max(columns.upperBound, all.upperBound)
        if findings[same].steps.last != picture.step { findings[same].steps.append(picture.step) }
        findings[same].screens.insert(picture.screen)
    }
}
