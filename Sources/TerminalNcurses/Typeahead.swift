/// What the terminal sent and nobody has made events of yet, in its order. It takes bytes as they come, so that a line is
/// read empty however much waits for the program, and Ctrl-C is heard behind a flood.
struct Typeahead {
    /// So many bytes wait at most; then the sender waits.
    static let limit = 1 << 20

    /// A piece of input.
    enum Piece: Hashable {
        case byte(UInt8)
        /// ncurses' name of a key, such as `KEY_UP` or `kLFT5`.
        case key(String)
    }

    private var bytes: [UInt8] = []
    /// The first of `bytes` that was not taken yet.
    private var head = 0
    /// From which of `bytes` on they came at which moment.
    private var arrivals: [(start: Int, nanoseconds: UInt64)] = []
    /// What begins with the next byte may be a key whose end has not come.
    private(set) var isWaiting = false

    /// Room for so many bytes stays.
    private static let kept = 1 << 16
    /// Nanoseconds: bytes that come within it came at once.
    private static let moment: UInt64 = 1_000_000

    var isEmpty: Bool { head == bytes.count }
    var isFull: Bool { bytes.count - head >= Self.limit }
    /// Whether something can be taken without waiting for more.
    var isReady: Bool { !isEmpty && !isWaiting }

    /// When the next byte came.
    var arrival: UInt64 { arrivals.first?.nanoseconds ?? 0 }

    /// When the last byte came.
    private(set) var lastArrival: UInt64 = 0

    /// Adds what was read. Ctrl-C drops everything before it, as the kernel does for a program that leaves its terminal
    /// alone.
    ///
    /// - Parameter isPasting: the next byte belongs to a paste, whose bytes are text.
    /// - Returns: how many Ctrl-C there were. What came behind the last of them waits.
    mutating func add(_ new: some Collection<UInt8>, at nanoseconds: UInt64, isPasting: Bool) -> Int {
        forgetTaken()
        if arrivals.last.map({ nanoseconds - $0.nanoseconds >= Self.moment }) ?? true {
            arrivals.append((bytes.count, nanoseconds))
        }
        bytes += new
        lastArrival = nanoseconds
        isWaiting = false
        guard new.contains(Self.controlC) else { return 0 }
        return dropBeforeControlC(isPasting: isPasting)
    }

    /// The next piece; nil when there is none, or when it may be a key whose end has not come.
    ///
    /// - Parameters:
    ///   - literally: a byte is a byte, as in pasted text.
    ///   - isLate: nothing more comes.
    mutating func take(_ keys: KeySequences, literally: Bool, isLate: Bool) -> Piece? {
        isWaiting = false
        guard head < bytes.count else { return nil }
        let byte = bytes[head]
        guard !literally else { return piece(.byte(byte), length: 1) }
        switch keys.match(bytes[head...]) {
        case .none: return piece(.byte(byte), length: 1)
        case .key(let name, let length): return piece(.key(name), length: length)
        case .unfinished(let found):
            guard isLate else {
                isWaiting = true
                return nil
            }
            return found.map { piece(.key($0.name), length: $0.length) } ?? piece(.byte(byte), length: 1)
        }
    }

    private mutating func piece(_ piece: Piece, length: Int) -> Piece {
        head += length
        while arrivals.count > 1, arrivals[1].start <= head { arrivals.removeFirst() }
        return piece
    }

    private mutating func forgetTaken() {
        guard head == bytes.count || head >= Self.limit / 4 else { return }
        bytes.removeFirst(head)
        arrivals = bytes.isEmpty ? [] : arrivals.map { (max(0, $0.start - head), $0.nanoseconds) }
        head = 0
        // What a flood needed is given back.
        if bytes.isEmpty, bytes.capacity > Self.kept { bytes = [] }
    }

    // MARK: - Ctrl-C

    private static let controlC: UInt8 = 0x03
    private static let escape: UInt8 = 0x1b
    private static let pasteStart = Array("\u{1b}[200~".utf8)
    private static let pasteEnd = Array("\u{1b}[201~".utf8)

    /// Outside of pastes alone.
    private mutating func dropBeforeControlC(isPasting: Bool) -> Int {
        var isPasting = isPasting
        var count = 0
        var index = head
        while index < bytes.count {
            let byte = bytes[index]
            if byte == Self.escape {
                let mark = isPasting ? Self.pasteEnd : Self.pasteStart
                if bytes[index...].starts(with: mark) {
                    isPasting.toggle()
                    index += mark.count
                    continue
                }
            } else if byte == Self.controlC, !isPasting {
                count += 1
                head = index + 1
            }
            index += 1
        }
        return count
    }
}
