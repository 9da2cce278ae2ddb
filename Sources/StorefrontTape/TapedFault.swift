/// Something that goes wrong in a throw-away shop on purpose, as a tape says it: `lost pay next`.
public enum TapedFault: Hashable, Sendable {
    /// A call to the shop that can go wrong by itself.
    public enum Call: String, CaseIterable, Sendable {
        case place, pay, cancel, cart, save, finish, sell, refund, void, page, product
    }

    /// The next such call fails before it has done anything.
    case fails(Call)
    /// The next such call does what it is asked, and its answer is lost.
    case loses(Call)
    /// From here on nothing can be reached.
    case offline
    /// From here on all is well, whatever was to go wrong.
    case over
    /// The clock goes on by so many seconds, or back.
    case clock(seconds: Int)

    /// nil for what is no fault.
    public init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        switch (words.first, words.count) {
        case ("fails", 3) where words[2] == "next":
            guard let call = Call(rawValue: words[1]) else { return nil }
            self = .fails(call)
        case ("lost", 3) where words[2] == "next":
            guard let call = Call(rawValue: words[1]) else { return nil }
            self = .loses(call)
        case ("offline", 1): self = .offline
        case ("over", 1): self = .over
        case ("clock", 2):
            guard let seconds = Int(words[1]) else { return nil }
            self = .clock(seconds: seconds)
        default: return nil
        }
    }

    public var text: String {
        switch self {
        case .fails(let call): "fails \(call.rawValue) next"
        case .loses(let call): "lost \(call.rawValue) next"
        case .offline: "offline"
        case .over: "over"
        case .clock(let seconds): "clock \(seconds > 0 ? "+" : "")\(seconds)"
        }
    }
}
