import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// The first start's way to a server's shop.
@Suite struct ConnectPromptTests {
    private func asking(_ address: String) throws -> ModelDriver {
        var driver = try ModelDriver(start: .welcome)
        driver.holdsAnswers = true
        driver.press(.connect)
        driver.type(address)
        return driver
    }

    private func answer(_ driver: inout ModelDriver, _ address: String, _ answer: Answer<String>) {
        driver.reply(.program(.connected(address: address, answer))) {
            if case .program(.connect) = $0 { true } else { false }
        }
    }

    @Test func aServerThatAnswersIsGoneTo() throws {
        var driver = try asking("Shop.Example.com")
        let ordered = driver.effects { $0.press(.open, .open) }
        #expect(ordered == [.ask(.program(.connect("Shop.Example.com")))], "asked once, however often")
        #expect(driver.state.prompt?.isBusy == true && driver.state.destination == nil)
        answer(&driver, "Shop.Example.com", .success("https://shop.example.com"))
        #expect(driver.state.isEnding && driver.state.destination == "https://shop.example.com")
    }

    @Test func theChoiceIsARowToo() throws {
        var driver = try ModelDriver(start: .welcome)
        driver.press(.down, .down, .down, .submit)
        #expect(driver.state.overlays == [.prompt(Prompt(.server, limit: 2000))])
        driver.press(.back)
        #expect(driver.state.overlays.isEmpty && driver.state.screens == [.welcome])
    }

    @Test(arguments: [
        (StoreError.unreachable("127.0.0.1:1 cannot be reached"), "127.0.0.1:1 cannot be reached"),
        (.invalid([FieldProblem("remote", "must be an address")]), "The address must be an address"),
    ])
    func aFailureKeepsWhatWasTyped(_ error: StoreError, _ sentence: String) throws {
        var driver = try asking("127.0.0.1:1")
        driver.press(.open)
        answer(&driver, "127.0.0.1:1", .failure(error))
        #expect(driver.state.prompt?.problem == sentence && driver.state.prompt?.isBusy == false)
        #expect(driver.state.prompt?.input.text == "127.0.0.1:1" && driver.state.ending == .no)
        driver.type("0")
        #expect(driver.state.prompt?.problem == nil)
    }

    @Test func nothingIsNoAddress() throws {
        var driver = try asking("  ")
        #expect(driver.effects { $0.press(.open) }.isEmpty)
        #expect(driver.state.prompt?.problem != nil)
    }

    @Test func anAnswerForAnotherAddressIsDropped() throws {
        var closed = try asking("a.example.com")
        closed.press(.open, .back, .connect)
        let before = closed.state.overlays
        answer(&closed, "a.example.com", .success("https://a.example.com"))
        #expect(closed.state.overlays == before && closed.state.ending == .no)

        var typedOn = try asking("a.example.com")
        typedOn.press(.open)
        typedOn.type("/two")
        typedOn.press(.open)
        answer(&typedOn, "a.example.com", .success("https://a.example.com"))
        #expect(typedOn.state.destination == nil && typedOn.state.prompt?.isBusy == true)
        answer(&typedOn, "a.example.com/two", .success("https://a.example.com/two"))
        #expect(typedOn.state.destination == "https://a.example.com/two")
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
