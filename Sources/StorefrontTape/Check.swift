import StoreDomain
import StorefrontCore
import StorefrontTUI
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
        case screen(String)
        case cartPieces(Int)
        case cartTotal(String)
        /// A request was made so often since the start.
        case ordered(String, Int)
        /// The last order of the shop: its status, total, and the method that paid it.
        case lastOrder(status: String, total: String?, method: String?)
        case stock(code: String, Int)
        case verifyClean
    }

    enum Region: Hashable {
        /// Counted from 1.
        case row(Int)
        case header, status, footer
    }

    public let sentence: String
    let kind: Kind

    /// Whether the problem with it is one value, such as a number of pieces: what else it may be is another problem.
    var tellsWhatIs: Bool {
        switch kind {
        case .once, .screen, .cartPieces, .cartTotal, .ordered, .lastOrder, .stock: true
        case .see, .notSee, .seeIn, .verifyClean: false
        }
    }

    /// The forms there are, for help.
    public static let forms = [
        #"see "Total" "$27.45""#, #"not see "Change""#, #"once "Total""#, #"row 3 has "Board""#,
        #"in header|status|footer has "Guest""#, "screen cart", "cart pieces 3", "cart total 27.45",
        "ordered checkout.pay once|never|2 times", "order last paid 27.45 cash", "stock OUT-0024 21",
        "verify clean",
    ]

    /// - Throws: `TapeProblem` for a sentence that is none of `forms`.
    public init(_ sentence: String) throws(TapeProblem) {
        self.sentence = sentence
        guard let words = Self.words(of: sentence), let kind = Self.kind(of: words) else {
            throw TapeProblem(
                "\"\(sentence)\" is no check; a check is one of: \(Self.forms.joined(separator: ", "))")
        }
        self.kind = kind
    }

    private static func kind(of words: [Word]) -> Kind? {
        let plain = words.map(\.text)
        let quoted = words.filter(\.isQuoted).map(\.text)
        guard let first = plain.first else { return nil }
        switch first {
        case "see" where !quoted.isEmpty && quoted.count == words.count - 1: return .see(quoted)
        case "not" where words.count > 2 && plain[1] == "see" && quoted.count == words.count - 2:
            return .notSee(quoted)
        case "once" where words.count == 2 && quoted.count == 1: return .once(quoted[0])
        case "row", "in":
            guard words.count > 3, plain[2] == "has", quoted.count == words.count - 3 else { return nil }
            return region(first, plain[1]).map { .seeIn($0, quoted) }
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
        case "stock" where words.count == 3: return Int(plain[2]).map { .stock(code: plain[1], $0) }
        case "verify" where plain == ["verify", "clean"]: return .verifyClean
        default: return nil
        }
    }

    private static func region(_ kind: String, _ name: String) -> Region? {
        if kind == "row" { return Int(name).map { .row($0) } }
        switch name {
        case "header": return .header
        case "status": return .status
        case "footer": return .footer
        default: return nil
        }
    }

    private static func count(_ words: ArraySlice<String>) -> Int? {
        switch Array(words) {
        case ["once"]: 1
        case ["never"]: 0
        case let words where words.count == 2 && words[1] == "times": Int(words[0])
        default: nil
        }
    }

    // MARK: - Words

    private struct Word {
        var text = ""
        var isQuoted = false
    }

    /// nil where a quotation does not end.
    private static func words(of sentence: String) -> [Word]? {
        var words: [Word] = []
        var current: Word?
        var isInside = false
        for character in sentence {
            switch (character, isInside) {
            case ("\"", false):
                if let current { words.append(current) }
                current = Word(isQuoted: true)
                isInside = true
            case ("\"", true):
                words.append(current ?? Word(isQuoted: true))
                current = nil
                isInside = false
            case (" ", false):
                if let current { words.append(current) }
                current = nil
            default:
                var word = current ?? Word()
                word.text.append(character)
                current = word
            }
        }
        if let current { words.append(current) }
        return isInside ? nil : words
    }
}

/// What checks look at.
public struct CheckedScene: Sendable {
    public let state: AppState
    public let surface: Surface
    /// What stands on the screen; all that was printed of a session in lines.
    public let text: String
    /// How often each request was made.
    public let ordered: [String: Int]
    /// nil where there is no shop, as in a film.
    public let shop: CheckedShop?
}

/// The shop as checks ask it: by its services, as its operator.
public struct CheckedShop: Sendable {
    public let services: StoreServices
    /// Everything that is wrong with the store, a sentence each.
    public let verify: @Sendable () async throws(StoreError) -> [String]

    public init(
        _ services: StoreServices, verify: @escaping @Sendable () async throws(StoreError) -> [String]
    ) {
        self.services = services
        self.verify = verify
    }
}

extension Check {
    /// What is instead of what must be; nil where it holds.
    public func problem(in scene: CheckedScene) async -> String? {
        switch kind {
        case .see(let texts):
            return texts.first { !scene.text.contains($0) }.map { "\"\($0)\" does not show" }
        case .notSee(let texts): return texts.first { scene.text.contains($0) }.map { "\"\($0)\" shows" }
        case .once(let text):
            let times = scene.text.ranges(of: text).count
            return times == 1 ? nil : "\"\(text)\" shows \(times) times"
        case .seeIn(let region, let texts):
            let row = scene.surface.text(ofRow: region.row(scene.surface.size))
            return texts.first { !row.contains($0) }.map { "\"\($0)\" is not in \"\(row)\"" }
        case .screen(let name):
            return "\(scene.state.kind)" == name ? nil : "the screen is \(scene.state.kind)"
        case .cartPieces(let count):
            let pieces = scene.state.desk.basket.cart.pieces
            return pieces == count ? nil : "there are \(pieces)"
        case .cartTotal(let text):
            guard let total = scene.state.desk.basket.quote?.total else { return "the cart has no total" }
            return total.decimalText == text ? nil : "it is \(total.decimalText)"
        case .ordered(let name, let times):
            let count = scene.ordered[name] ?? 0
            return count == times ? nil : "it was ordered \(count) times"
        case .lastOrder, .stock, .verifyClean: return await problem(inShop: scene.shop)
        }
    }

    private func problem(inShop shop: CheckedShop?) async -> String? {
        guard let shop else { return "there is no shop here to ask" }
        do throws(StoreError) {
            switch kind {
            case .lastOrder(let status, let total, let method):
                let query = OrderQuery(everybody: true, perPage: 1)
                guard
                    let order = try await shop.services.orders.orders(query, as: .operatorOfStore).orders
                        .first
                else { return "there is no order" }
                let methods = order.payments.map(\.method.id)
                let isAsWanted =
                    order.status.rawValue == status && total.map { order.total.decimalText == $0 } ?? true
                    && method.map { methods.contains($0) } ?? true
                return isAsWanted
                    ? nil
                    : "it is \(order.status.rawValue), \(order.total.decimalText), paid by "
                        + (methods.isEmpty ? "nothing" : methods.joined(separator: " and "))
            case .stock(let code, let wanted):
                let product = try await shop.services.catalog.product(code: code)
                return product.stock.number == wanted ? nil : "it is \(product.stock.number)"
            case .verifyClean: return try await shop.verify().first
            case .see, .notSee, .once, .seeIn, .screen, .cartPieces, .cartTotal, .ordered: return nil
            }
        } catch { return error.message }
    }
}

extension Check.Region {
    /// Counted from 0.
    fileprivate func row(_ size: Size) -> Int {
        switch self {
        case .row(let number): number - 1
        case .header: 0
        case .status: size.height - 2
        case .footer: size.height - 1
        }
    }
}
