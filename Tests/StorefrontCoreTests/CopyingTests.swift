import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// What is said of a copy is what is known of it.
@Suite struct CopyingTests {
    private func driver(isInTmux: Bool) throws -> ModelDriver {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"), hasClipboard: true)
        context.copiesThroughTmux = isInTmux
        return try ModelDriver(context: context)
    }

    @Test func withoutTmuxTheTerminalGetsIt() throws {
        var driver = try driver(isInTmux: false)
        #expect(driver.effects { $0.press(.copy) } == [.copy(.sku("CS-100"))])
        #expect(driver.state.desk.status?.text.contains("tmux") == false)
    }

    @Test func tmuxIsAskedAndNamed() throws {
        var driver = try driver(isInTmux: true)
        #expect(driver.effects { $0.press(.copy) } == [.ask(.program(.copy(.sku("CS-100"))))])
        #expect(driver.state.desk.status?.kind == .success)
        #expect(driver.state.desk.status?.text.contains("tmux") == true)
    }

    @Test func whatTmuxDoesNotTakeGoesToItAsToATerminal() throws {
        var driver = try driver(isInTmux: true)
        driver.shop.failure = .device("tmux did not take what was copied")
        let ordered = driver.effects { $0.press(.copy) }
        #expect(ordered == [.ask(.program(.copy(.sku("CS-100")))), .copy(.sku("CS-100"))])
        #expect(driver.state.desk.status?.kind == .info)
        #expect(driver.state.desk.status?.text.contains("set-clipboard") == true)
    }
}
