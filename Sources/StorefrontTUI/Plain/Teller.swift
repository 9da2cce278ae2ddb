import StoreDomain
import StorefrontCore

/// State → sentences. Pure: the same state gives the same ones. It knows the state of what it tells and the
/// desk, nothing else.
struct Teller<State> {
    let state: State
    let desk: Desk
    let zones: any ZoneSource

    init(_ state: State, _ desk: Desk, _ zones: any ZoneSource) {
        self.state = state
        self.desk = desk
        self.zones = zones
    }

    var zone: ShopZone { zones.shown(by: desk.policy) }

    func timeText(_ instant: Timestamp) -> String { zone.minuteText(instant) }

    /// Who, where and what is in the cart: what the full screen has in its header.
    var surroundings: String {
        let role = desk.user.map { $0.role == .customer ? "" : ", \($0.role.name)" } ?? ""
        let who = desk.user.map { "Signed in as \($0.name)\(role)" } ?? "Guest"
        let pieces = desk.basket.cart.pieces
        let total = desk.basket.quote.map { ", \($0.total.displayText) with tax" } ?? ""
        let cart = pieces == 0 ? "Cart empty" : "Cart \(pieces.counted("piece"))\(total)"
        let store = desk.context.storeLabel + (desk.context.isReadOnly ? ", read-only" : "") + health
        let training = desk.basket.cart.terms.isTraining ? "TRAINING. " : ""
        return "\(training)\(desk.policy.shopName), \(store). \(who). \(cart)."
    }

    private var health: String {
        guard desk.context.isRemote else { return "" }
        switch desk.connection {
        case .connected: return ", connected"
        case .slow: return ", slow"
        case .offline(let since): return ", offline since \(timeText(since).suffix(5))"
        }
    }
}
