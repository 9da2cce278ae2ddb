import ArgumentParser
import StoreDomain

/// Says something to whoever is there.
struct KioskSay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "say", abstract: "Show a sentence to everybody who is there.",
        discussion: "It stands in the status line until the visitor's next key.")

    @OptionGroup var options: KioskOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The sentence, of at most 200 characters.")
    var text: String

    func validate() throws {
        guard (1...KioskEar.Wish.longest).contains(text.cleanText.count) else {
            throw ValidationError("a sentence has 1 to \(KioskEar.Wish.longest) characters")
        }
    }

    func run() throws {
        let folder = try options.folder()
        let told = folder.sessions().count { folder.tell(.say(text), to: $0.id) }
        guard !output.json else {
            return Console.write(OutputJSON.object([("sessions", .int(told))]).text + "\n")
        }
        Console.line("Said to \(told.counted("session"))")
    }
}
