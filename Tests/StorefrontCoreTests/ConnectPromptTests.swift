import StoreDomain
import StoreTesting
import Testing

@testable import StorefrontCore

/// The first start's way to a server's shop.
@Suite struct ConnectPromptTests {
    private func asking(_ address: String) throws -> ModelDriver {
        var driver = try ModelDriver(start: .welcome)
        driver.holdsAnswers = true
        driver.press(.connect)
        driver.type(address)
        return driver
    }

    private func prompt(_ driver: ModelDriver) -> ConnectPrompt? {
        if case .connect(let prompt) = driver.state.overlays.last { prompt } else { nil }
    }

    @Test func aServerThatAnswersIsGoneTo() throws {
        var driver = try asking("Shop.Example.com")
        let ordered = driver.effects { $0.press(.open, .open) }
        let request = try #require(prompt(driver)?.request)
        #expect(ordered == [.connect("Shop.Example.com", request)], "asked once, however often Enter comes")
        #expect(prompt(driver)?.isBusy == true && driver.state.destination == nil)
        let last = driver.effects { $0.send(.connected(request, .success("https://shop.example.com"))) }
        #expect(last == [.quit] && driver.state.isEnding)
        #expect(driver.state.destination == "https://shop.example.com")
    }

    @Test func theChoiceIsARowToo() throws {
        var driver = try ModelDriver(start: .welcome)
        driver.press(.down, .down, .submit)
        #expect(driver.state.overlays == [.connect(ConnectPrompt())])
        driver.press(.back)
        #expect(driver.state.overlays.isEmpty && driver.state.screens == [.welcome])
    }

    @Test(arguments: [
        (
            StoreError.unreachable("127.0.0.1:1 cannot be reached: refused"),
            "127.0.0.1:1 cannot be reached: refused"
        ),
        (.invalid([FieldProblem("remote", "must be an address")]), "The address must be an address"),
    ])
    func aFailureKeepsWhatWasTyped(_ error: StoreError, _ sentence: String) throws {
        var driver = try asking("127.0.0.1:1")
        driver.press(.open)
        let request = try #require(prompt(driver)?.request)
        #expect(driver.effects { $0.send(.connected(request, .failure(error))) }.isEmpty)
        #expect(prompt(driver)?.problem == sentence && prompt(driver)?.isBusy == false)
        #expect(prompt(driver)?.input.text == "127.0.0.1:1")
        #expect(!driver.state.isEnding && driver.state.destination == nil)
        driver.type("0")
        #expect(prompt(driver)?.problem == nil && prompt(driver)?.input.text == "127.0.0.1:10")
    }

    @Test func nothingIsNoAddress() throws {
        var driver = try asking("  ")
        #expect(driver.effects { $0.press(.open) }.isEmpty)
        #expect(prompt(driver)?.problem == "Enter the address of a server")
    }

    @Test func whoeverHasGoneBackStays() throws {
        var closed = try asking("a.example.com")
        closed.press(.open)
        let request = try #require(prompt(closed)?.request)
        closed.press(.back, .connect)
        #expect(closed.effects { $0.send(.connected(request, .success("https://a.example.com"))) }.isEmpty)
        #expect(closed.state.overlays == [.connect(ConnectPrompt())] && !closed.state.isEnding)

        var typedOn = try asking("a.example.com")
        typedOn.press(.open)
        let first = try #require(prompt(typedOn)?.request)
        typedOn.type("/two")
        let ordered = typedOn.effects { $0.press(.open) }
        let second = try #require(prompt(typedOn)?.request)
        #expect(first != second && ordered == [.connect("a.example.com/two", second)])
        #expect(typedOn.effects { $0.send(.connected(first, .success("https://a.example.com"))) }.isEmpty)
        #expect(typedOn.state.destination == nil && prompt(typedOn)?.isBusy == true)
    }

    @Test func loadingTheDemoComesFirst() throws {
        var driver = try ModelDriver(start: .welcome)
        driver.holdsAnswers = true
        driver.press(.loadDemoData, .connect)
        #expect(driver.state.overlays.isEmpty)
        #expect(driver.state.availability(of: .connect) == .disabled("Demo data is loading"))
        #expect(try ModelDriver().state.availability(of: .connect) == .absent)
    }
}
