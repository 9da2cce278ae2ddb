import Foundation
import Testing

@Suite struct KeyBindingTests {
    private static func program(_ configuration: String) throws -> Program {
        let program = try Program()
        try program.home.file("config/storefront/config.yaml", configuration)
        return program
    }

    @Test func doctorShowsWhatIsBound() throws {
        let program = try Self.program(
            """
            keys:
              addOne: [Ctrl-N, "="]
              takeOne: none
            """)
        let run = try program.run("doctor")
        #expect(run.code == 0)
        #expect(run.output.contains("\nKeys\n  addOne   Ctrl-N, =\n  takeOne  none\n"))
        let keys = try #require(try program.run("doctor", "--json").json()["keys"] as? [String: [String]])
        #expect(keys == ["addOne": ["Ctrl-N", "="], "takeOne": ["none"]])
    }

    @Test func withoutAnyTheyAreAsTheyAre() throws {
        for configuration in ["", "keys:\n", "theme: mono\n"] {
            let run = try Self.program(configuration).run("doctor")
            #expect(run.code == 0)
            #expect(run.output.contains("\nKeys\n  all  as they are by default\n"))
        }
    }

    /// The screen never opens with keys that are not what the file says.
    @Test(arguments: [
        (
            "keys:\n  addOne: u\n",
            "keys.addOne: u already means undo on the screen Shop; give undo another key, or none"
        ),
        ("keys:\n  addOn: b\n", "keys.addOn: there is no command of that name"),
        ("keys: [a]\n", "keys: must be a map of commands to keys"),
        ("keys:\n  addOne: {a: b}\n", "keys.addOne: must be a key or a list of keys"),
    ])
    func wrongOnesEndTheStart(configuration: String, sentence: String) throws {
        let program = try Self.program(configuration)
        let path = program.home.path("config/storefront/config.yaml")
        for arguments in [["--demo"], ["doctor"]] {
            let run = try program.run(arguments)
            #expect(run.code == 1)
            #expect(run.complaints == ["storefront: \(path), \(sentence)"])
        }
    }
}
