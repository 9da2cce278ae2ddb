import Foundation
import Testing

/// The built program in a terminal of its own: a tmux server on a private socket, with keys to send and a
/// screen to read.
final class Tmux {
    /// A terminal as the program meets it.
    struct Kind: Sendable, CustomTestStringConvertible {
        let term: String
        var locale = "C.UTF-8"
        var testDescription: String { "\(term) \(locale)" }
    }

    static let path = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/bin/tmux"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private static let endMark = "storefront ended with "

    private let program: Program
    private let socket = "t\(UInt32.random(in: 0...UInt32.max))"
    private let directory: String

    /// Starts the program with `arguments` on a window of 80×24.
    ///
    /// - Parameter isKnown: the program is told which tmux it is in, one that lets no program use the clipboard.
    init(
        _ program: Program, _ arguments: String..., kind: Kind = Kind(term: "xterm-256color"),
        environment: [String: String] = [:], isKnown: Bool = false
    ) throws {
        self.program = program
        directory = program.home.path("tmux")
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try program.home.file(
            "tmux.conf",
            """
            set -g status off
            set -s escape-time 0
            set -s set-clipboard \(isKnown ? "off" : "external")

            """)
        let child = try program.process(
            arguments,
            environment: [
                "TERM": kind.term, "LC_ALL": kind.locale, "STOREFRONT_FIXED_CLOCK": "2026-11-22T14:05:00Z",
            ].merging(environment) { $1 })
        let place = isKnown ? ["TMUX=\(directory)/tmux-\(getuid())/\(socket),0,0"] : []
        let variables = (child.environment ?? [:]).map { "\($0)=\($1)" }.sorted() + place
        // A shell round it tells its process and, on the screen, how it ended.
        let inner = "echo $$ > \"$0\"; exec \"$@\""
        let outer = "sh -c '\(inner)' \"$@\"; echo \"\(Self.endMark)$?\"; read -r line"
        try tmux(
            ["new-session", "-d", "-x", "80", "-y", "24", "sh", "-c", outer, "sh", program.home.path("pid")]
                + ["env", "-i"] + variables + [try #require(child.executableURL?.path)] + arguments)
    }

    deinit { _ = try? tmux(["kill-server"]) }

    // MARK: - Keys

    /// Types text as it stands.
    func type(_ text: String) throws { try tmux(["send-keys", "-l", "--", text]) }

    /// Presses keys by tmux's names: `Enter`, `F3`, `C-c`, `Down`.
    func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

    // MARK: - The screen

    /// What a paste would bring.
    func buffer() throws -> String { try tmux(["show-buffer"]) }

    func screen() throws -> String { try tmux(["capture-pane", "-p"]) }

    /// Waits until all of the texts are on the screen at once; fails with what is there instead.
    @discardableResult
    func see(_ texts: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let (screen, isMet) = try wait { screen in texts.allSatisfy { screen.contains($0) } }
        try #require(isMet, "\(texts) did not come; there is\n\(screen)", sourceLocation: sourceLocation)
        return screen
    }

    /// Waits until one of the texts is on the screen.
    func seeAny(_ texts: [String], sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let (screen, isMet) = try wait { screen in texts.contains { screen.contains($0) } }
        try #require(isMet, "none of \(texts) came; there is\n\(screen)", sourceLocation: sourceLocation)
        return screen
    }

    /// Waits until a text is no longer on the screen.
    func seeGone(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let (screen, isMet) = try wait { !$0.contains(text) }
        try #require(isMet, "\(text) is still there:\n\(screen)", sourceLocation: sourceLocation)
    }

    /// Waits for the end of the program; nil when it does not come.
    func exitCode() throws -> Int32? {
        let (screen, _) = try wait { $0.contains(Self.endMark) }
        guard let mark = screen.range(of: Self.endMark) else { return nil }
        return Int32(screen[mark.upperBound...].prefix { $0.isNumber })
    }

    /// As a power cut: the program has no say in it.
    func kill() throws { try send(SIGKILL) }

    /// As a bug would end it.
    func crash() throws { try send(SIGSEGV) }

    private func send(_ signal: Int32) throws {
        let text = try String(contentsOfFile: program.home.path("pid"), encoding: .utf8)
        let process = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(Foundation.kill(process, signal) == 0)
    }

    // MARK: - Below

    private func wait(_ condition: (String) -> Bool) throws -> (screen: String, isMet: Bool) {
        let deadline = Date(timeIntervalSinceNow: 30)
        while true {
            let screen = try screen()
            if condition(screen) { return (screen, true) }
            if Date() > deadline { return (screen, false) }
            usleep(20_000)
        }
    }

    /// Spawned with no file of ours but its output: the server lives on, and whoever waits for the end of
    /// something that it holds waits for ever.
    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        let path = try #require(Self.path)
        let output = program.home.path("tmux-output")
        // -u: what the program writes is read as UTF-8, whatever this test runs in.
        let words = [path, "-u", "-L", socket, "-f", program.home.path("tmux.conf")] + arguments
        let variables = [
            "TMUX_TMPDIR=\(directory)", "PATH=/usr/bin:/bin", "TERM=xterm-256color", "LC_ALL=C.UTF-8",
        ]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        for file in Int32(3)..<256 { posix_spawn_file_actions_addclose(&actions, file) }
        // Our thread may hold signals back; a server that never hears them never ends.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let argv = words.map { strdup($0) } + [nil]
        let envp = variables.map { strdup($0) } + [nil]
        defer { for word in argv + envp { free(word) } }
        var child: pid_t = 0
        try #require(posix_spawn(&child, path, &actions, &attributes, argv, envp) == 0)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return String(decoding: try Data(contentsOf: URL(fileURLWithPath: output)), as: UTF8.self)
    }
}
