/// What is printed on a gift card: 16 characters, without those that look like others, the last of which checks the
/// rest. A store keeps its digest alone; people are shown the last four.
public struct GiftCardCode: Hashable, Sendable, Codable {
    /// Without blanks and dashes, in capitals.
    public let text: String

    public static let length = 16
    /// 31 of them, a prime number: so one wrong character and two that changed places are always found.
    private static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ".utf8)

    /// As it was typed or scanned, with or without blanks and dashes, in any case; nil for what is no code.
    public init?(_ typed: String) {
        let bytes = typed.uppercased().utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
        let values = bytes.compactMap { Self.alphabet.firstIndex(of: $0) }
        guard bytes.count == Self.length, values.count == Self.length, let last = values.last,
            last == Self.check(values.dropLast())
        else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// A new one.
    public init(using generator: inout some RandomNumberGenerator) {
        let last = Self.alphabet.count - 1
        self.init(values: (1..<Self.length).map { _ in Int.random(in: 0...last, using: &generator) })
    }

    /// The code that spells a number: not to be guessed by nobody, so for trials alone.
    public init(number: UInt64) {
        var rest = number
        self.init(
            values: (1..<Self.length).map { _ in
                defer { rest /= UInt64(Self.alphabet.count) }
                return Int(rest % UInt64(Self.alphabet.count))
            })
    }

    private init(values: [Int]) {
        text = String(
            decoding: (values + [Self.check(values[...])]).map { Self.alphabet[$0] }, as: UTF8.self)
    }

    /// Σ place × value modulo 31: each place has another weight, and none is a multiple of 31.
    private static func check(_ values: some Sequence<Int>) -> Int {
        values.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element } % alphabet.count
    }

    public var lastFour: String { String(text.suffix(4)) }

    /// In groups of four, as it is printed.
    public var printed: String {
        let characters = Array(text)
        return stride(from: 0, to: characters.count, by: 4).map { start in
            String(characters[start..<min(start + 4, characters.count)])
        }.joined(separator: "-")
    }
}
