import Foundation
import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// A session is a list of actions: written, read back and played again, it is the same session.
@Suite struct RecordingTests {
    private static func coder() -> (JSONEncoder, JSONDecoder) {
        let encoder = JSONEncoder()
        if let key = CodingUserInfoKey.revealsSecrets { encoder.userInfo[key] = true }
        return (encoder, JSONDecoder())
    }

    /// The seeds of the soak, and some of the random sessions.
    @Test(arguments: [1, 2, 3, 20_261_122] as [UInt64])
    func aSessionWrittenAndReadBackIsTheSame(seed: UInt64) throws {
        var session = try RandomSession(seed: seed)
        var states: [Int: AppState] = [:]
        for step in 0..<600 {
            session.act()
            if step.isMultiple(of: 40) { states[session.driver.actions.count] = session.driver.state }
        }
        let (encoder, decoder) = Self.coder()
        let written = try encoder.encode(session.driver.actions)
        let actions = try decoder.decode([AppAction].self, from: written)
        #expect(actions == session.driver.actions)

        var state = session.start
        for (index, action) in actions.enumerated() {
            _ = AppModel.update(&state, action)
            guard let wanted = states[index + 1] else { continue }
            #expect(state == wanted, "seed \(seed), action \(index)")
            #expect(ModelDriver.frame(of: state).surface == ModelDriver.frame(of: wanted).surface)
            let copy = try decoder.decode(AppState.self, from: encoder.encode(state))
            #expect(copy == state, "seed \(seed), action \(index): the state does not survive writing")
        }
        #expect(state == session.driver.state)
    }

    @Test func passwordsAreWrittenAsDots() throws {
        var driver = try ModelDriver(start: .signIn)
        driver.type("staff@example.com")
        driver.press(.submit)
        driver.holdsAnswers = true
        driver.type(AppContext.demoPassword)
        driver.send(.edit(.deleteWordBackward))
        driver.send(driver.state.pasting(AppContext.demoPassword))
        driver.press(.submit)
        let encoder = JSONEncoder()
        for data in [try encoder.encode(driver.actions), try encoder.encode(driver.state)] {
            let text = String(decoding: data, as: UTF8.self)
            #expect(text.contains("staff@example.com") || text.contains("\"t\""))
            #expect(!text.contains(AppContext.demoPassword), "\(text)")
        }
        // Not even letter by letter.
        let typed = driver.actions.filter {
            if case .edit(.insert(let text)) = $0 { text == "-" } else { false }
        }
        #expect(typed.isEmpty)
        #expect(
            driver.held.contains {
                $0.ask
                    == .account(
                        .signIn(email: "staff@example.com", password: Secret(AppContext.demoPassword)))
            })
    }
}
