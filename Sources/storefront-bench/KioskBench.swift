import ArgumentParser
import Foundation

/// Many visitors of a kiosk at once, each on a terminal of its own, without the sshd between: how soon each sees the shop,
/// what each takes, and whether those who send keys without end keep others waiting.
struct KioskBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kiosk", abstract: "Visitors of a demo kiosk: first screen, memory, idleness, floods.",
        discussion: "What a session has of its own is read from /proc, which takes root.")

    @Option(help: "The program; build it with -c release.") var program = ".build/release/storefront"
    @Option(help: "How many are there.") var visitors = 50
    @Option(help: "How many of them send 24 KB of keys a second.") var floods = 0
    @Option(help: "How many seconds nobody presses a key.") var seconds = 15.0
    @Option(help: "Writes the figures as JSON to this file.") var json: String?

    /// How often somebody comes to a full kiosk, and how many keys they press.
    private static let guests = 5, keys = 40

    func validate() throws {
        guard visitors > 0, (0...visitors).contains(floods) else {
            throw ValidationError("there are visitors, and at most all of them send floods")
        }
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "kiosk-bench-\(UUID().uuidString)")
        let sessions = folder.appending(path: "sessions")
        try FileManager.default.createDirectory(
            at: sessions, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let settings = folder.appending(path: "kiosk.yaml").path
        let most = visitors + Self.guests
        try """
        sessions: \(sessions.path)
        log: /dev/null
        idle: 86400
        visitors: \(most)
        perAddress: \(most)
        """.write(toFile: settings, atomically: true, encoding: .utf8)

        print(Report.Line.header)
        var report = Report()
        var crowd = KioskCrowd(command: [program, "kiosk", "--settings", settings])
        var first: [Double] = []
        for _ in 0..<visitors { first.append(try crowd.enter()) }
        report.add("first screen, \(visitors) one after the other", unit: "ms by the clock", first)
        report.add("memory of its own, each", unit: "MiB", try crowd.memory())
        let before = try crowd.ticks()
        crowd.serve(seconds: seconds)
        report.add("ticks of the processor in \(Int(seconds)) s, all", unit: "", [try crowd.ticks() - before])
        crowd.floods = floods
        crowd.serve(seconds: floods > 0 ? 3 : 0)
        var (late, answers): ([Double], [Double]) = ([], [])
        for _ in 0..<Self.guests {
            late.append(try crowd.enter())
            for number in 0..<Self.keys {
                crowd.serve(seconds: 0.05)
                answers.append(try crowd.press(number.isMultiple(of: 2) ? "j" : "k"))
            }
            try crowd.leave()
        }
        report.add("first screen of one more, \(floods) floods", unit: "ms by the clock", late)
        report.add("their keys", unit: "ms by the clock", answers)
        report.add("all lines cut: the last is gone after", unit: "ms by the clock", [try crowd.cut()])
        try report.write(to: json)
    }
}
