import StoreDomain
import StorefrontCore
@testable import StorefrontTape
import StorefrontTUI
import TerminalKit
import Testing

/// What a tester writes down is read as it is meant, and anything else is refused.
@Suite struct CheckTests {
    private func problem(_ sentence: String, ordered: [String: Int] = [:]) async throws -> String? {
        let state = AppState(context: AppContext(policy: ShopPolicy(shopName: "Corner Shop")), start: .shop)
        let surface = AppView.render(
            state, size: Size(width: 80, height: 24),
            context: ViewContext(render: RenderContext(theme: .standard, glyphs: .unicode))
        ).surface
        return await (try Check(sentence)).problem(
            in: CheckedScene(
                state: state, surface: surface, text: surface.text, ordered: ordered, shop: nil))
    }

    @Test(arguments: [
        #"see "Corner Shop""#, #"see "Corner Shop" "Guest""#, #"not see "Receipt of""#,
        #"once "Corner Shop""#,
        #"row 1 has "Corner Shop""#, #"in header has "Guest""#, "screen shop", "cart pieces 0",
        "ordered checkout.pay never", "ordered shop.page once", "ordered basket.quote 2 times",
    ]) func holds(_ sentence: String) async throws {
        #expect(try await problem(sentence, ordered: ["shop.page": 1, "basket.quote": 2]) == nil)
    }

    @Test(arguments: [
        #"see "Corner Shop" "No such thing""#, #"not see "Guest""#, #"once "e""#, #"row 2 has "Corner Shop""#,
        #"in footer has "Corner Shop""#, "screen cart", "cart pieces 1", "cart total 1.00",
        "ordered shop.page never", "order last paid 1.00 cash", "stock CS-100 3", "verify clean",
    ]) func doesNotHold(_ sentence: String) async throws {
        #expect(try await problem(sentence, ordered: ["shop.page": 1]) != nil)
    }

    @Test(arguments: [
        "", "see", "see Total", #"see "Total"#, #"not "Total""#, "screen nowhere", "cart pieces many",
        "ordered x",
        "ordered x some times", "row one has \"a\"", "in middle has \"a\"", "verify", "please see \"a\"",
    ]) func isRefused(_ sentence: String) { #expect(throws: TapeProblem.self) { try Check(sentence) } }
}
