import StoreDomain
import TerminalKit

/// Something that goes wrong in a throw-away shop on purpose, as a line of a tape says it: `lost pay next`.
public enum TapedFault: Hashable, Sendable {
    /// Of the next such call to the shop.
    case call(Call, OfCall)
    /// Of the store beneath all calls, until all is well again.
    case store(OfStore)
    /// Others use the same shop, once.
    case others(OfOthers)
    /// Of the way to the shop, until all is well again.
    case net(OfNet)
    case clock(OfClock)
    case terminal(OfTerminal)
    /// Of whoever uses the program.
    case hands(OfHands)
    /// Of the program itself.
    case process(OfProcess)
    /// Of the order in which answers come.
    case answers(OfAnswers)
    /// The sign-in counts no more, until somebody signs in anew.
    case signedOut
    /// From here on all is well, whatever was to go wrong, and every answer comes.
    case over

    /// A kind of call to the shop that can go wrong by itself.
    public enum Call: String, CaseIterable, Sendable {
        case place, pay, cancel, cart, save, finish, sell, refund, void, takeBack, park, resume, shift, signIn
        case page, product
        /// Everything else that changes something.
        case change
        /// Everything else that only looks.
        case look

        /// Whether the shop is another one behind it.
        var changes: Bool {
            switch self {
            case .place, .pay, .cancel, .cart, .save, .finish, .sell, .refund, .void, .takeBack, .park,
                .resume, .shift, .signIn, .change:
                true
            case .page, .product, .look: false
            }
        }
    }

    public enum OfCall: Hashable, Sendable {
        /// The shop cannot be reached, and nothing is done.
        case fails
        /// The shop says that it is broken, and nothing is done.
        case errs
        /// The sign-in counts no more, and nothing is done.
        case signsOut
        /// It is done, and the answer is lost.
        case loses
        /// It is done, and the answer comes so many steps later.
        case slow(Int)
        /// It is done, and the answer comes when all is well again.
        case never
    }

    public enum OfStore: String, CaseIterable, Sendable {
        case full = "disk full"
        case readOnly = "disk read-only"
        case busy = "store busy"
    }

    /// What another till does with the first product of the cart, or of the shop where the cart is empty.
    public enum OfOthers: String, CaseIterable, Sendable {
        /// Sells all there is of it.
        case sells
        /// Makes it dearer.
        case prices
        /// Takes it out of the shop.
        case deletes
        /// Adds a piece of it to the same account's cart.
        case shares
    }

    public enum OfNet: Hashable, Sendable {
        case offline
        /// Each answer comes so many steps later.
        case slow(Int)
        /// Each answer ends in the middle: what was to be done is done.
        case cut
    }

    public enum OfClock: Hashable, Sendable {
        /// It goes on by so many seconds, or back.
        case moves(Int)
        /// It goes on to a second before the next change between summer and winter time.
        case changesTime
        /// Each step takes a second.
        case runs
        case stops
    }

    public enum OfTerminal: String, CaseIterable, Sendable {
        /// It has many sizes one after the other, and at last its own.
        case storm
        /// The program is stopped and goes on.
        case suspend
        case eightColors = "colors 8"
        /// 40 by 12 cells.
        case small
        /// What is typed comes all at once, as where a terminal is read slowly.
        case slow
        /// The window is closed: the session stores what it must and ends, and another begins on the same shop.
        case hangup
    }

    public enum OfHands: Hashable, Sendable {
        /// A label is scanned, whatever has the keys.
        case scan
        /// The last key is held down.
        case repeats(Int)
        /// A long text is pasted, whatever has the keys.
        case paste
    }

    /// The session ends without a word and begins anew on the same shop and cart.
    public enum OfProcess: Hashable, Sendable {
        case now
        /// Where the next such call would be made.
        case before(Call)
        /// Where the next such call has been carried out, before anybody hears of it.
        case after(Call)
    }

    public enum OfAnswers: Hashable, Sendable {
        /// Requests are carried out and answered only when a line says so.
        case wait
        /// The oldest request of that name is carried out and answered.
        case comes(String)
    }
}

extension TapedFault {
    /// nil for what is no fault.
    public init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        if let store = OfStore(rawValue: text) {
            self = .store(store)
            return
        }
        switch words.count {
        case 1:
            switch text {
            case "offline": self = .net(.offline)
            case "signed-out": self = .signedOut
            case "over": self = .over
            default: return nil
            }
        case 2: self.init(words[0], words[1])
        case 3: self.init(words[0], words[1], words[2])
        default: return nil
        }
    }

    private init?(_ what: String, _ how: String) {
        switch (what, how) {
        case ("net", "cut"): self = .net(.cut)
        case ("clock", "dst"): self = .clock(.changesTime)
        case ("clock", "runs"): self = .clock(.runs)
        case ("clock", "stops"): self = .clock(.stops)
        case ("clock", _):
            guard let seconds = Int(how), Self.seconds.contains(seconds) else { return nil }
            self = .clock(.moves(seconds))
        case ("hands", "scan"): self = .hands(.scan)
        case ("hands", "paste"): self = .hands(.paste)
        case ("killed", "now"): self = .process(.now)
        case ("answers", "wait"): self = .answers(.wait)
        case ("answer", _): self = .answers(.comes(how))
        case ("terminal", _):
            guard let terminal = OfTerminal(rawValue: how) else { return nil }
            self = .terminal(terminal)
        default: return nil
        }
    }

    private init?(_ what: String, _ how: String, _ more: String) {
        let steps = Int(more).flatMap { Self.steps.contains($0) ? $0 : nil }
        switch (what, how, more) {
        case ("other", "till", _):
            guard let others = OfOthers(rawValue: more) else { return nil }
            self = .others(others)
        case ("net", "slow", _):
            guard let steps else { return nil }
            self = .net(.slow(steps))
        case ("hands", "repeat", _):
            guard let steps else { return nil }
            self = .hands(.repeats(steps))
        case ("terminal", _, _):
            guard let terminal = OfTerminal(rawValue: "\(how) \(more)") else { return nil }
            self = .terminal(terminal)
        case ("killed", "before", _), ("killed", "after", _):
            guard let call = Call(rawValue: more) else { return nil }
            self = .process(how == "before" ? .before(call) : .after(call))
        default:
            guard let call = Call(rawValue: how) else { return nil }
            switch (what, more) {
            case ("fails", "next"): self = .call(call, .fails)
            case ("error", "next"): self = .call(call, .errs)
            case ("signed-out", "next"): self = .call(call, .signsOut)
            case ("lost", "next"): self = .call(call, .loses)
            case ("never", "next"): self = .call(call, .never)
            case ("slow", _):
                guard let steps else { return nil }
                self = .call(call, .slow(steps))
            default: return nil
            }
        }
    }

    /// Fifty years: no clock of a shop is wrong by more.
    private static let seconds = -1_576_800_000...1_576_800_000
    private static let steps = 1...999

    public var text: String {
        switch self {
        case .call(let call, .fails): "fails \(call.rawValue) next"
        case .call(let call, .errs): "error \(call.rawValue) next"
        case .call(let call, .signsOut): "signed-out \(call.rawValue) next"
        case .call(let call, .loses): "lost \(call.rawValue) next"
        case .call(let call, .slow(let steps)): "slow \(call.rawValue) \(steps)"
        case .call(let call, .never): "never \(call.rawValue) next"
        case .store(let store): store.rawValue
        case .others(let others): "other till \(others.rawValue)"
        case .net(.offline): "offline"
        case .net(.slow(let steps)): "net slow \(steps)"
        case .net(.cut): "net cut"
        case .clock(.moves(let seconds)): "clock \(seconds > 0 ? "+" : "")\(seconds)"
        case .clock(.changesTime): "clock dst"
        case .clock(.runs): "clock runs"
        case .clock(.stops): "clock stops"
        case .terminal(let terminal): "terminal \(terminal.rawValue)"
        case .hands(.scan): "hands scan"
        case .hands(.repeats(let times)): "hands repeat \(times)"
        case .hands(.paste): "hands paste"
        case .process(.now): "killed now"
        case .process(.before(let call)): "killed before \(call.rawValue)"
        case .process(.after(let call)): "killed after \(call.rawValue)"
        case .answers(.wait): "answers wait"
        case .answers(.comes(let name)): "answer \(name)"
        case .signedOut: "signed-out"
        case .over: "over"
        }
    }

    /// Whether answers come at other times than at once because of it.
    var changesOrder: Bool {
        switch self {
        case .call(_, .slow), .call(_, .never), .net(.slow), .answers: true
        case .call(_, .fails), .call(_, .errs), .call(_, .signsOut), .call(_, .loses), .store, .others,
            .net(.offline), .net(.cut), .clock, .terminal, .hands, .process, .signedOut, .over:
            false
        }
    }
}
