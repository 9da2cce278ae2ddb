import StoreDomain
import StorefrontCore
import TerminalKit

/// A sentence that must hold after a step: on the screen, in the state, or in the shop as its services tell it.
public struct Check: Hashable, Sendable {
    enum Kind: Hashable {
        /// All of these stand somewhere on the screen.
        case see([String])
        case notSee([String])
        /// It stands there exactly once.
        case once(String)
        case seeIn(Region, [String])
        /// It stands there as the theme draws what has that name.
        case style(String, String)
        case cursor(CursorPlace)
        case focus(Focus)
        /// The picture reads as this; nil until the recorder has written it down.
        case frame(String?, without: [Region])
        case screen(String)
        case cartPieces(Int)
        case cartTotal(String)
        /// A request was made so often since the start.
        case ordered(String, Int)
        /// The last order of the shop: its status, total, and the method that paid it.
        case lastOrder(status: String, total: String?, method: String?)
        /// The last order is paid, and not with more than its total.
        case paidOnce
        case stock(code: String, Int)
        case verifyClean
        /// How the program ended.
        case exit(Int)
        /// What was done last took less than so many milliseconds when it was recorded.
        case took(Int)
    }

    enum Region: Hashable {
        /// Counted from 1.
        case row(Int)
        /// The rows between header and status line, without what a dialog covers.
        case list
        case header, status, footer, dialog
    }

    enum CursorPlace: Hashable {
        case region(Region)
        /// The field for words of the shop.
        case search
    }

    /// Which text field has the keys.
    enum Focus: Hashable {
        /// Letters are commands.
        case none
        /// The one with that label before it or above it.
        case label(String)
    }

    public let sentence: String
    let kind: Kind

    /// The sentence in one line, without the picture that it may hold.
    public static func title(of sentence: String) -> String {
        guard case .frame(.some, let without)? = (try? Check(sentence))?.kind else {
            return sentence.replacing("\n", with: " ")
        }
        return CheckWords.sentence(frame: nil, without: without)
    }

    /// Whether the problem with it is one value, such as a number of pieces: what else it may be is another problem.
    var tellsWhatIs: Bool {
        switch kind {
        case .once, .screen, .cartPieces, .cartTotal, .ordered, .lastOrder, .stock, .exit: true
        case .see, .notSee, .seeIn, .style, .cursor, .focus, .frame, .paidOnce, .verifyClean, .took: false
        }
    }

    /// The forms there are, for help.
    public static let forms = [
        #"see "Total" "$27.45""#, #"not see "Change""#, #"once "Total""#, #"row 3 has "Board""#,
        #"in header|list|dialog|status|footer has "Guest""#, #"style warning "Too few""#,
        "cursor in search|list|dialog", #"focus "E-mail""#, "focus none", "frame = golden",
        "frame = golden without status", "screen cart", "cart pieces 3", "cart total 27.45",
        "ordered checkout.pay once|never", "ordered checkout.pay 2 times", "order last paid 27.45 cash",
        "paid once",
        "stock OUT-0024 21", "verify clean", "exit 0", "took < 100 ms",
    ]

    /// The styles that a check can name, and what they are in a theme.
    static let styles: [String: ThemeRole] = [
        "success": .success, "warning": .warning, "error": .error, "info": .info, "disabled": .disabled,
        "muted": .textMuted, "strong": .textStrong, "accent": .textAccent, "heading": .heading,
        "match": .match, "selection": .selection,
    ]

    /// - Throws: `TapeProblem` for a sentence that is none of `forms`.
    public init(_ sentence: String) throws(TapeProblem) {
        self.sentence = sentence
        guard let words = CheckWords.words(of: sentence), let kind = Self.kind(of: words) else {
            throw TapeProblem(
                "\"\(sentence)\" is no check; a check is one of: \(Self.forms.joined(separator: ", "))")
        }
        self.kind = kind
    }

    private static func kind(of words: [CheckWords.Word]) -> Kind? {
        let plain = words.map(\.text)
        let quoted = words.filter(\.isQuoted).map(\.text)
        guard let first = words.first, !first.isQuoted else { return nil }
        switch first.text {
        case "see" where !quoted.isEmpty && quoted.count == words.count - 1: return .see(quoted)
        case "not" where words.count > 2 && plain[1] == "see" && quoted.count == words.count - 2:
            return .notSee(quoted)
        case "once" where words.count == 2 && quoted.count == 1: return .once(quoted[0])
        case "row", "in":
            guard words.count > 3, plain[2] == "has", quoted.count == words.count - 3 else { return nil }
            let place = first.text == "row" ? Array(plain.prefix(2)) : [plain[1]]
            return region(place).map { .seeIn($0, quoted) }
        case "style" where words.count == 3 && quoted.count == 1:
            return styles[plain[1]] == nil ? nil : .style(plain[1], plain[2])
        case "cursor" where words.count > 2 && plain[1] == "in":
            if plain.count == 3, plain[2] == "search" { return .cursor(.search) }
            return region(Array(plain.dropFirst(2))).map { .cursor(.region($0)) }
        case "focus" where words.count == 2:
            if words[1].isQuoted { return .focus(.label(plain[1])) }
            return plain[1] == "none" ? .focus(.none) : nil
        case "frame" where words.count > 2 && plain[1] == "=": return frame(words)
        case "screen" where words.count == 2:
            return ScreenKind.allCases.contains { "\($0)" == plain[1] } ? .screen(plain[1]) : nil
        case "cart" where words.count == 3 && plain[1] == "pieces":
            return Int(plain[2]).map { .cartPieces($0) }
        case "cart" where words.count == 3 && plain[1] == "total": return .cartTotal(plain[2])
        case "ordered" where words.count > 2: return count(plain.dropFirst(2)).map { .ordered(plain[1], $0) }
        case "order" where (3...5).contains(words.count) && plain[1] == "last":
            return .lastOrder(
                status: plain[2], total: words.count > 3 ? plain[3] : nil,
                method: words.count > 4 ? plain[4] : nil)
        case "paid" where plain == ["paid", "once"]: return .paidOnce
        case "stock" where words.count == 3: return Int(plain[2]).map { .stock(code: plain[1], $0) }
        case "verify" where plain == ["verify", "clean"]: return .verifyClean
        case "exit" where words.count == 2:
            return Int(plain[1]).flatMap { (0...255).contains($0) ? .exit($0) : nil }
        case "took" where words.count == 4 && plain[1] == "<" && plain[3] == "ms":
            return Int(plain[2]).flatMap { $0 > 0 ? .took($0) : nil }
        default: return nil
        }
    }

    private static func region(_ words: [String]) -> Region? {
        switch words {
        case ["header"]: .header
        case ["status"]: .status
        case ["footer"]: .footer
        case ["list"]: .list
        case ["dialog"]: .dialog
        default:
            words.count == 2 && words[0] == "row" ? Int(words[1]).flatMap { $0 > 0 ? .row($0) : nil } : nil
        }
    }

    private static func frame(_ words: [CheckWords.Word]) -> Kind? {
        guard words[2].isQuoted || words[2].text == "golden" else { return nil }
        let golden = words[2].isQuoted ? words[2].text : nil
        guard words.count > 3 else { return .frame(golden, without: []) }
        var rest = words.dropFirst(4).map(\.text)[...]
        guard words[3].text == "without", !rest.isEmpty else { return nil }
        var regions: [Region] = []
        while let word = rest.popFirst() {
            guard let region = region([word] + (word == "row" ? [rest.popFirst() ?? ""] : [])) else {
                return nil
            }
            regions.append(region)
        }
        return .frame(golden, without: regions)
    }

    private static func count(_ words: ArraySlice<String>) -> Int? {
        switch Array(words) {
        case ["once"]: 1
        case ["never"]: 0
        case let words where words.count == 2 && words[1] == "times": Int(words[0])
        default: nil
        }
    }
}
