import StoreDomain
import StorefrontTUI
import TerminalKit

/// A place in the throw-away shop at which a session begins, each time the same: what somebody does to come there.
public enum Stage: String, Hashable, Sendable, CaseIterable {
    case empty, counter, busy, sale, basket, checkout, refunded
    case soldOut = "sold-out"
    case pendingExpiring = "pending-expiring"
    case checkoutInterrupted = "checkout-interrupted"
    case offline

    /// Completes "The session begins …".
    public var summary: String {
        switch self {
        case .empty: "where the program does"
        case .counter: "at the till, with nothing sold yet"
        case .sale: "at the till, with two pieces to be paid"
        case .basket: "in the shop, with one piece in the basket"
        case .checkout: "in the checkout, before it is paid"
        case .busy: "in the list of orders, of which the shop has 300"
        case .refunded: "behind a sale that came back whole"
        case .soldOut: "at the stock of a product of which nothing is left"
        case .pendingExpiring:
            "in the list of orders, the last of which is cancelled in a minute unless it is paid"
        case .checkoutInterrupted: "at the question whether a checkout that was interrupted goes on"
        case .offline: "in the shop, with one piece in the basket, and nothing can be reached"
        }
    }

    /// What holds there, as a check of a tape says it.
    public var holds: [String] {
        switch self {
        case .empty: ["cart pieces 0"]
        case .counter: ["screen till", "cart pieces 0"]
        case .sale: ["screen till", "cart pieces 2"]
        case .basket: ["screen shop", "cart pieces 1"]
        case .checkout: ["screen checkout", "cart pieces 1"]
        case .busy: ["screen orders"]
        case .refunded: ["screen returns", "order last refunded"]
        case .soldOut: ["screen stock", "see \"0 in stock\" \"then 0\""]
        case .pendingExpiring: ["screen orders", "order last pending"]
        case .checkoutInterrupted: ["in dialog has \"interrupted\"", "order last pending", "cart pieces 1"]
        case .offline: ["screen shop", "cart pieces 1", "in header has \"fault: offline\""]
        }
    }

    /// From which a screen is nearest.
    public static func nearest(to screen: String) -> Stage {
        switch screen {
        case "welcome", "signIn", "register", "shop", "product", "visitor": .empty
        case "cart": .basket
        case "checkout", "receipt": .checkout
        case "orders", "order": .busy
        case "returns": .refunded
        // The till and the back office are where staff is signed in.
        default: .counter
        }
    }

    /// What is done to come there.
    public var earlier: [EarlierEvent] {
        let admin = keys(.function(5), .function(12))
        let till = admin + keys(.function(2))
        switch self {
        case .empty: return []
        case .counter: return till
        case .sale: return till + scan(Self.product) + scan(Self.product)
        case .basket: return admin + typed("+")
        case .checkout: return admin + typed("+") + keys(.function(3), .enter)
        case .busy: return admin + keys(.function(4))
        case .soldOut: return admin + typed(":stock") + keys(.enter, .enter)
        // An order waits an hour for its payment.
        case .pendingExpiring: return unpaid + keys(.function(4)) + [.fault("clock +3540")]
        case .checkoutInterrupted: return unpaid + keys(.enter)
        case .offline: return Stage.basket.earlier + [.fault("offline")]
        case .refunded:
            return till + scan(Self.product) + typed("c") + keys(.enter) + scan("R1-266") + typed("a")
                + keys(.enter, .enter)
        }
    }

    /// The payment of an order fails, and the checkout is left, for the cart.
    private var unpaid: [EarlierEvent] {
        Stage.checkout.earlier + [.fault("fails pay next")] + keys(.enter, .escape) + typed("y")
    }

    /// The barcode of a product that every demo shop has.
    private static let product = "2000000000237"

    private func keys(_ keys: Key...) -> [EarlierEvent] { keys.map { EarlierEvent(.key($0)) } }
    private func typed(_ text: String) -> [EarlierEvent] {
        text.map { EarlierEvent(.key(.character($0))) }
    }
    private func scan(_ code: String) -> [EarlierEvent] { [EarlierEvent(.scan(Scan(code)))] }
}

extension Tape {
    /// What a person did on it, to be done anew on a screen of any size.
    ///
    /// - Parameters:
    ///   - step: so many steps of the tape; nil for all of them.
    ///   - secret: what is typed where the tape has a password.
    /// - Throws: `TapeProblem` for a session in lines.
    public func earlier(until step: Int? = nil, secret: Secret) throws(TapeProblem) -> [EarlierEvent] {
        guard header.lines == nil else {
            throw TapeProblem("It is a session in lines, which is not gone on with on a screen")
        }
        var events: [EarlierEvent] = []
        var steps = 0
        var armsFault = false
        for entry in withStandingClock.entries {
            if let step, steps >= step, entry.line.isStep { break }
            if entry.line.isStep { steps += 1 }
            switch entry.line {
            // What somebody has chosen is chosen anew.
            case .effects(let effects): armsFault = effects.contains(EffectCode.faultCode)
            case .fault where armsFault: armsFault = false
            case .fault(let fault): events.append(.fault(fault.text))
            // What has ended it is not done again.
            case .end("quit") where !events.isEmpty: events.removeLast()
            case .event, .action, .plain, .frame, .text, .state, .lineState, .mark, .check, .end,
                .unreadable:
                break
            }
            guard case .event(let event) = entry.line else { continue }
            switch event {
            case .secret:
                events += secret.revealed.map { EarlierEvent(.key(.character($0)), isAlone: false) }
            // The screen has the size that it has.
            case .resize: break
            case .key, .paste, .press, .wheel, .scan, .focus, .line, .secretLine:
                guard let heard = event.terminalEvent else { continue }
                events.append(EarlierEvent(heard.event, isAlone: heard.isAlone))
            }
        }
        return events
    }
}
