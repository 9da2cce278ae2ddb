import StoreDomain
import StorefrontCore
import TerminalKit

/// From a screen to its picture and to its lines. The compiler asks for both.
extension Screen {
    func draw(in body: Rect, by edges: inout Painter<AppState>) {
        switch self {
        case .welcome(let state): edges.painting(state) { $0.draw(in: body) }
        case .signIn(let state): edges.painting(state) { $0.draw(in: body) }
        case .register(let state): edges.painting(state) { $0.draw(in: body) }
        case .shop(let state): edges.painting(state) { $0.draw(in: body) }
        case .product(let state): edges.painting(state) { $0.draw(in: body) }
        case .cart(let state): edges.painting(state) { $0.draw(in: body) }
        case .checkout(let state): edges.painting(state) { $0.draw(in: body) }
        case .receipt(let state): edges.painting(state) { $0.draw(in: body) }
        case .orders(let state): edges.painting(state) { $0.draw(in: body) }
        case .order(let state): edges.painting(state) { $0.draw(in: body) }
        case .importing(let state): edges.painting(state) { $0.draw(in: body) }
        case .baskets(let state): edges.painting(state) { $0.draw(in: body) }
        case .till(let state): edges.painting(state) { $0.draw(in: body) }
        case .shift(let state): edges.painting(state) { $0.draw(in: body) }
        case .returns(let state): edges.painting(state) { $0.draw(in: body) }
        case .looseReturns(let state): edges.painting(state) { $0.draw(in: body) }
        case .stock(let state): edges.painting(state) { $0.draw(in: body) }
        case .products(let state): edges.painting(state) { $0.draw(in: body) }
        case .giftCards(let state): edges.painting(state) { $0.draw(in: body) }
        case .customers(let state): edges.painting(state) { $0.draw(in: body) }
        case .counting(let state): edges.painting(state) { $0.draw(in: body) }
        case .visitor(let state): edges.painting(state) { $0.draw(in: body) }
        case .approvals(let state): edges.painting(state) { $0.draw(in: body) }
        case .office(let state): edges.painting(state) { $0.draw(in: body) }
        case .reports(let state): edges.painting(state) { $0.draw(in: body) }
        case .firstSteps(let state): edges.painting(state) { $0.draw(in: body) }
        }
    }

    func told(desk: Desk, zones: any ZoneSource) -> PlainPlace {
        switch self {
        case .welcome(let state): Teller(state, desk, zones).place
        case .signIn(let state): Teller(state, desk, zones).place
        case .register(let state): Teller(state, desk, zones).place
        case .shop(let state): Teller(state, desk, zones).place
        case .product(let state): Teller(state, desk, zones).place
        case .cart(let state): Teller(state, desk, zones).place
        case .checkout(let state): Teller(state, desk, zones).place
        case .receipt(let state): Teller(state, desk, zones).place
        case .orders(let state): Teller(state, desk, zones).place
        case .order(let state): Teller(state, desk, zones).place
        case .importing(let state): Teller(state, desk, zones).place
        case .baskets(let state): Teller(state, desk, zones).place
        case .till(let state): Teller(state, desk, zones).place
        case .shift(let state): Teller(state, desk, zones).place
        case .returns(let state): Teller(state, desk, zones).place
        case .looseReturns(let state): Teller(state, desk, zones).place
        case .stock(let state): Teller(state, desk, zones).place
        case .products(let state): Teller(state, desk, zones).place
        case .giftCards(let state): Teller(state, desk, zones).place
        case .customers(let state): Teller(state, desk, zones).place
        case .counting(let state): Teller(state, desk, zones).place
        case .visitor(let state): Teller(state, desk, zones).place
        case .approvals(let state): Teller(state, desk, zones).place
        case .office(let state): Teller(state, desk, zones).place
        case .reports(let state): Teller(state, desk, zones).place
        case .firstSteps(let state): Teller(state, desk, zones).place
        }
    }
}

extension Painter<AppState> {
    /// Paints a part into the frame, which moves there and back: if two held it, the first stroke would copy it.
    mutating func painting<Part>(_ part: Part, _ body: (inout Painter<Part>) -> Void) {
        let taken = frame
        frame = Frame(size: Size(width: 0, height: 0), context: context)
        var painter = Painter<Part>(
            frame: taken, state: part, desk: desk, isInFront: isInFront, isTyping: isTyping,
            context: context)
        body(&painter)
        frame = painter.frame
    }
}
