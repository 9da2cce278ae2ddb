import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// What is said of a copy is what is known of it.
@Suite struct CopyingTests {
    @Test(arguments: [true, false]) func tmuxIsNamedWhereItDecides(_ isInTmux: Bool) throws {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"), hasClipboard: true)
        context.copiesThroughTmux = isInTmux
        var driver = try ModelDriver(context: context)
        driver.press(.copy)
        #expect(driver.state.desk.status?.text.contains("tmux") == isInTmux)
        #expect(driver.effects.last == .copy(.sku("CS-100")))
    }
}
