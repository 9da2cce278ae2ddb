import Foundation
import Testing

@testable import storefront

/// The log: lines of several programs in files of a limited size, and trouble that disturbs nobody.
@Suite struct LogFileTests {
    private let home: TemporaryHome

    init() throws { home = try TemporaryHome() }

    private func lines(_ name: String) -> [String] {
        let text = (try? String(contentsOfFile: home.path(name), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    @Test func severalWritersLoseNoLineAndBreakNone() async throws {
        let path = home.path("log")
        let logs = (0..<4).map { _ in LogFile(path: path, limit: 2_000, kept: 100) }
        await withTaskGroup(of: Void.self) { group in
            for (writer, log) in logs.enumerated() {
                group.addTask { for number in 0..<200 { log.add("writer \(writer) line \(number)") } }
            }
        }
        for log in logs { log.close() }
        let names = try FileManager.default.contentsOfDirectory(atPath: home.url.path).filter {
            $0.hasPrefix("log")
        }
        let all = names.flatMap(lines)
        let expected = (0..<4).flatMap { writer in (0..<200).map { "writer \(writer) line \($0)" } }
        #expect(all.sorted() == expected.sorted())
        #expect(names.count > 4)
    }

    @Test func keepsSoManyFilesAndNoMore() throws {
        let log = LogFile(path: home.path("log"), limit: 100, kept: 2)
        for number in 0..<100 { log.add("line \(number), long enough for a few of them to fill a file") }
        log.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: home.url.path).filter {
            $0.hasPrefix("log")
        }
        #expect(names.sorted() == ["log", "log.1", "log.2"])
        #expect(lines("log.1").last.map { $0 < (lines("log").first ?? "") || lines("log").isEmpty } == true)
    }

    /// A full disk, a directory, a place that is not there.
    @Test(arguments: ["/dev/full", "/tmp", "/nowhere/log"]) func troubleIsToldOnce(_ path: String) async {
        let log = LogFile(path: path, limit: 0, kept: 1)
        for number in 0..<10 { log.add("line \(number)") }
        log.close()
        var told: [String] = []
        for await trouble in log.trouble { told.append(trouble) }
        #expect(told.count == 1 && told[0].contains(path), "\(told)")
    }

    @Test func theProgramLogsWhatItDoesAndNothingThatIsTyped() throws {
        let program = try Program()
        let log = program.home.path("log")
        let run = try program.run(
            "--demo", "--plain",
            input:
                "search whistle\nadd 1 3\ncart\ndiscount SECRETCODE\n\nsign in\nstaff@example.com\nstorefront-demo\nquit\n",
            environment: ["STOREFRONT_LOG_FILE": log, "STOREFRONT_LOG_LEVEL": "debug"])
        #expect(run.code == 0, "\(run.errors)")
        let text = try String(contentsOfFile: log, encoding: .utf8)
        #expect(
            text.contains("shop.page done") && text.contains("account.signIn done") && text.contains(" ms"))
        #expect(text.contains("begin") && text.contains("end"))
        for typed in ["whistle", "SECRETCODE", "staff@", "storefront-demo"] { #expect(!text.contains(typed)) }
        let shape = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (error|warning|info|debug) \d+ .+/
        for line in text.split(separator: "\n") { #expect(line.wholeMatch(of: shape) != nil, "\(line)") }
    }

    @Test func aLogThatCannotBeWrittenDisturbsNoSale() throws {
        let run = try Program().run(
            "--demo", "--plain", input: "add 1\ncart\nquit\n",
            environment: ["STOREFRONT_LOG_FILE": "/dev/full"])
        #expect(run.code == 0)
        #expect(run.output.components(separatedBy: "cannot be written").count == 2, "\(run.output)")
        #expect(run.output.contains("Subtotal"))
    }
}
