import ArgumentParser
import StoreDomain

extension KioskOptions {
    /// What the sessions share.
    ///
    /// - Throws: `CommandFailure` where there is no kiosk, or where it is not this account's.
    func folder() throws -> SessionsFolder {
        let read = try readSettings()
        guard let folder = SessionsFolder(read.sessions) else {
            throw CommandFailure(
                "\(read.sessions) is no folder that you may write; no kiosk runs here, or not as you")
        }
        return folder
    }
}

/// Who is there.
struct KioskStatus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "List the sessions that are open, and say whether the kiosk lets anybody in.")

    @OptionGroup var options: KioskOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let folder = try options.folder()
        let sessions = folder.sessions()
        guard !output.json else {
            let list = sessions.map { session in
                OutputJSON.object([
                    ("id", .int(session.id)), ("network", .string(session.network)),
                    ("since", .time(session.since)), ("store", .string(session.store)),
                ])
            }
            return Console.write(
                OutputJSON.object([("is_closed", .bool(folder.isClosed)), ("sessions", .array(list))]).text
                    + "\n")
        }
        Console.line(
            "The kiosk is \(folder.isClosed ? "closed" : "open"); \(sessions.count.counted("session"))")
        for session in sessions {
            Console.line("\(session.id)  since \(session.since.rfc3339)  from \(session.network)")
        }
    }
}

/// Lets nobody in.
struct KioskClose: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Let nobody in from now on; who is there may stay.")

    @OptionGroup var options: KioskOptions

    @Flag(help: "End the sessions that are open, too.")
    var now = false

    func run() throws {
        let folder = try options.folder()
        try folder.setClosed(true)
        guard now else { return }
        for session in folder.sessions() { try folder.end(session.id) }
    }
}

/// Lets visitors in again.
struct KioskOpen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Let visitors in again.")

    @OptionGroup var options: KioskOptions

    func run() throws { try options.folder().setClosed(false) }
}

/// Ends one session.
struct KioskEnd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "End a session; the visitor's terminal is given back.")

    @OptionGroup var options: KioskOptions

    @Argument(help: "The session's number, as status lists it.")
    var id: Int32

    func run() throws {
        let folder = try options.folder()
        guard folder.sessions().contains(where: { $0.id == id }) else {
            throw CommandFailure("there is no session \(id)")
        }
        try folder.end(id)
    }
}
