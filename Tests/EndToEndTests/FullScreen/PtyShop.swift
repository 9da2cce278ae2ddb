import Foundation
import PtyTesting
import StoreDomain
import StoreSQLite
import Testing

/// The built program on a pseudo terminal of its own: every byte that it writes is seen, every byte that is
/// sent arrives as it is.
struct PtyShop {
    let program: Program
    let session: PtySession

    /// - Parameter shell: a line for `sh -c` that starts the program as `"$@"`; nil starts it directly.
    init(
        _ program: Program, _ arguments: [String], term: String? = "xterm-256color", columns: Int = 80,
        rows: Int = 24, environment: [String: String] = [:], keepsSlave: Bool = true, shell: String? = nil
    ) throws {
        self.program = program
        let child = try program.process(arguments, environment: environment)
        let path = try #require(child.executableURL?.path)
        let words = shell.map { ["/bin/bash", "--norc", "-c", $0, "bash"] } ?? []
        var variables = child.environment ?? [:]
        variables["TERM"] = nil
        variables["SWIFT_BACKTRACE"] = "enable=no"
        session = try PtySession(
            words + [path] + arguments, term: term, columns: columns, rows: rows, environment: variables,
            keepsSlave: keepsSlave)
    }

    /// Starts an interactive shell with job control, and the program as its first job.
    static func underShell(_ program: Program, _ arguments: [String]) throws -> PtyShop {
        let shop = try PtyShop(
            program, arguments, shell: "PS1='$ ' exec /bin/bash --norc --noediting -i")
        try shop.see("$ ")
        let path = try #require(try program.process([]).executableURL?.path)
        shop.session.send("'\(path)' \(arguments.joined(separator: " "))\n")
        return shop
    }

    /// The only child of the shell that the program runs under.
    func job() throws -> pid_t {
        let shell = session.process
        let children = try String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
        return try #require(children.split(separator: " ").first.flatMap { pid_t($0) })
    }

    /// A process' state as the kernel has it, such as `T` for stopped; nil when it is gone.
    static func state(of process: pid_t) -> Character? {
        let line = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        return line.components(separatedBy: ") ").last?.first
    }

    // MARK: - Keys

    static let (f2, f3, f5, f7) = ("\u{1b}OQ", "\u{1b}OR", "\u{1b}[15~", "\u{1b}[18~")
    static let (ctrlC, ctrlL, ctrlZ) = ("\u{03}", "\u{0c}", "\u{1a}")

    /// Sends keys and waits until all of the texts were written since then.
    func press(_ keys: String, _ texts: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
        session.forgetOutput()
        session.send(keys)
        try see(texts, sourceLocation: sourceLocation)
    }

    /// Waits until all of the texts were written.
    func see(_ texts: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
        try see(texts, sourceLocation: sourceLocation)
    }

    private func see(_ texts: [String], sourceLocation: SourceLocation) throws {
        let deadline = ContinuousClock.now + PtySession.limit
        while !texts.allSatisfy(text.contains) {
            try #require(
                ContinuousClock.now < deadline, "\(texts) did not come; there is\n\(text)",
                sourceLocation: sourceLocation)
            session.pump(milliseconds: 20)
        }
    }

    /// What was written since the last keys, without its control sequences.
    var text: String { String(decoding: session.ledger.text, as: UTF8.self) }

    // MARK: - Ways

    /// A store of forty products and the demo accounts.
    static func store(_ program: Program) throws -> String {
        let path = program.home.path("shop.db")
        try #require(program.run("demo", "--db", path, "--products", "40").code == 0)
        return path
    }

    /// - Parameter isKnown: somebody signed in here before, so that the e-mail is there and the password has the
    ///   keys.
    func signIn(
        _ email: String = "customer@example.com", isKnown: Bool = false, sees text: String = "Welcome"
    ) throws {
        try see("E-mail")
        try press((isKnown ? "" : "\(email)\t") + "\(DemoData.password.revealed)\r", text)
    }

    /// From the shop with an empty cart to where Enter pays. Sold out ones have no place in the cart.
    func goToPayment() throws {
        try addOne()
        try press(Self.f3, "Subtotal")
        try press("\r", "Demo card")
    }

    func addOne() throws {
        try press("+")
        while !text.contains("Cart 1") {
            try see(any: ["Cart 1", "sold out"])
            if !text.contains("Cart 1") { try press("\u{1b}[B+") }
        }
    }

    private func see(any texts: [String]) throws {
        try session.wait(for: "any of \(texts)") { _ in texts.contains(where: text.contains) }
    }

    func exit() throws -> PtySession.Exit { try session.waitForExit() }

    /// The reports that crashes left.
    func crashReports() throws -> [String] {
        let directory = program.home.path("state/storefront")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasPrefix("crash-") }.map { "\(directory)/\($0)" }
    }

    /// Everything of the terminal is as it was before the program came.
    func expectUntouched(sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(session.ledger.leftOver == [], sourceLocation: sourceLocation)
        #expect(try session.settings() == Self.fresh(), sourceLocation: sourceLocation)
    }

    /// The settings of a new terminal.
    private static func fresh() throws -> [UInt32] {
        try PtySession(["/bin/sleep", "60"]).settings()
    }
}
