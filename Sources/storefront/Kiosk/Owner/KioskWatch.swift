import ArgumentParser
import Glibc
import StoreDomain
import TerminalKit

/// Shows what a visitor sees, and touches nothing.
struct KioskWatch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Show the screen of a session, as it is now.",
        discussion: """
            Passwords show as dots. What is printed is the text of the screen, without colours. The log notes that \
            somebody looked. A session that goes line by line has no screen.
            """)

    @OptionGroup var options: KioskOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The session's number, as status lists it.")
    var id: Int32

    @Flag(help: "Show it anew every second, until Ctrl-C or the end of the session.")
    var live = false

    func validate() throws {
        guard !(live && output.json) else {
            throw ValidationError("--json shows one picture; leave out --live")
        }
    }

    func run() throws {
        let folder = try options.folder()
        try look(folder)
        while live {
            sleep(1)
            guard folder.sessions().contains(where: { $0.id == id }) else {
                return Console.tell("Session \(id) is over")
            }
            Console.write("\n")
            try look(folder)
        }
    }

    private func look(_ folder: SessionsFolder) throws {
        guard folder.sessions().contains(where: { $0.id == id }) else {
            throw CommandFailure("there is no session \(id)")
        }
        guard let rows = try picture(folder) else {
            throw CommandFailure("session \(id) shows no screen; one that goes line by line has none")
        }
        guard output.json else {
            for row in rows { Console.line(row) }
            return
        }
        let all = rows.map { OutputJSON.string(Sanitizer.harmless($0)) }
        Console.write(OutputJSON.object([("id", .int(id)), ("rows", .array(all))]).text + "\n")
    }

    /// Asks for a picture and waits for it; nil where none comes within two seconds.
    private func picture(_ folder: SessionsFolder) throws -> [String]? {
        _ = folder.takePicture(of: id)
        guard folder.tell(.picture, to: id) else { return nil }
        let deadline = ContinuousClock.now + .seconds(2)
        while ContinuousClock.now < deadline {
            if let rows = folder.takePicture(of: id) { return rows }
            usleep(10_000)
        }
        return nil
    }
}
