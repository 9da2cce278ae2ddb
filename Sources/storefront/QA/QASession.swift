import BuildFacts
import Foundation
import ProgramKit
import StoreDomain
import StoreSQLite
import StorefrontCore
import StorefrontTUI
import StorefrontTape
import Synchronization
import TerminalKit

/// A session that a tester can repeat: a throw-away shop whose clock begins at the same moment and goes by the seconds of
/// the tape, and whose random values come from a seed, recorded as it goes.
struct QASession: Sendable {
    let seed: UInt64
    let clock: Timestamp
    let recorder: TapeRecorder
    /// Makes go wrong what its tester chooses; the shop has its clock.
    let faults: StoreFaults
    /// What comes after it.
    let next = QANext()
    /// What is done before the session is a tester's.
    let earlier: [EarlierEvent]

    /// Where the clock stands and what random values come from, unless something else is said.
    static let clock = Timestamp(seconds: 1_795_356_309)
    static let seed: UInt64 = 1

    /// The pictures and receipts of the session go where its tape is, and nowhere else.
    var folder: String {
        let folder = URL(filePath: recorder.path).deletingLastPathComponent().path
        return folder.isEmpty ? "." : folder
    }

    var rules: QARules { .ofTester(seed: seed, clock: clock, isWhole: isWhole, kept: keptStages) }
    private let keptStages: [String]
    /// All of it is on its tape, in a file that somebody has named.
    let isWhole: Bool

    /// - Parameters:
    ///   - path: of the tape; nil for a flight recorder, which keeps the last of the session among the program's own
    ///     files.
    ///   - before: a tape whose shop this is, as it was at its beginning; nil for a new one.
    ///   - parent: the tape that the session goes on from.
    ///   - stage: at which the session begins; nil for none.
    /// - Throws: `CommandFailure` where the tape cannot be made.
    init(
        _ options: QAOptions, products: Int?, tape path: String?, after before: TapeFacts? = nil,
        earlier: [EarlierEvent] = [], parent: ParentTape? = nil, stage: String? = nil,
        in places: Places
    ) throws {
        self.earlier = earlier
        seed = options.seed ?? before?.seed ?? Self.seed
        clock = options.clock.flatMap { Timestamp(rfc3339: $0) } ?? before?.clock ?? Self.clock
        faults = StoreFaults(clock: clock, zone: SystemZones.shared.machine)
        isWhole = path != nil
        keptStages = StageFolder(places).names
        var facts = TapeFacts.ofProgram(
            seed: seed, clock: clock, products: products ?? DemoData.defaultProducts,
            arguments: Array(CommandLine.arguments.dropFirst()), parent: parent)
        facts.clockRuns = true
        facts.stage = stage
        let shopClock = faults
        let passed: @Sendable (Int) -> Void = { shopClock.pass(milliseconds: $0) }
        do throws(TapeProblem) {
            if let path {
                recorder = try TapeRecorder(path: path, facts: facts, passed: passed)
            } else {
                recorder = try TapeRecorder(
                    path: try FlightTapes(directory: places.stateDirectory).placeForNew(), facts: facts,
                    limit: TapeRecorder.flightLines, passed: passed)
            }
        } catch {
            throw CommandFailure(error.description)
        }
    }

    static var system: String {
        var name = utsname()
        uname(&name)
        func text(_ field: some Any) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return "\(text(name.sysname)) \(text(name.release)) \(text(name.machine))"
    }

    static var locale: String {
        let environment = ProcessInfo.processInfo.environment
        return ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
    }
}

/// What a tester wants after a session; nil for nothing.
final class QANext: Sendable {
    private let state = Mutex<QAWish?>(nil)

    var wish: QAWish? {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

extension TapeFacts {
    /// Of a session in this program, now.
    static func ofProgram(
        seed: UInt64, clock: Timestamp, products: Int, arguments: [String], parent: ParentTape? = nil
    ) -> TapeFacts {
        TapeFacts(
            program: Build.line, system: QASession.system, arguments: arguments, seed: seed, clock: clock,
            products: products, zone: SystemZones.shared.machine.name, locale: QASession.locale,
            parent: parent)
    }

    /// The same for a shop of one's own: no name of a file or of a host is among it.
    static func ofOwnShop(clock: Timestamp) -> TapeFacts {
        let flags = CommandLine.arguments.dropFirst().filter { $0.hasPrefix("-") }
            .map { String($0.prefix { $0 != "=" }) }
        var facts = ofProgram(seed: 0, clock: clock, products: 0, arguments: flags)
        facts.isMasked = true
        return facts
    }
}

/// The tapes of flight recorders: the last of a session that nobody named a file for. A crash or a kill leaves them.
struct FlightTapes: Sendable {
    let directory: String

    private static let prefix = "flight-"
    private static let kept = 10

    /// Keeps the last of a session in passing: nobody has asked for it, so nobody waits for its file, nor is told where
    /// there can be none.
    ///
    /// - Parameter facts: of a masked tape for a shop of one's own.
    func recorder(_ facts: TapeFacts, themes: [String]) -> TapeRecorder {
        var facts = facts
        facts.countsSteps = false
        return TapeRecorder(
            flightAt: newPath, facts: facts,
            themes: { try? ThemeCatalog(directories: themes).theme(named: $0) },
            prepare: { () throws(TapeProblem) in try makeRoom() })
    }

    /// A file for this session, which takes the place of the oldest of too many.
    ///
    /// - Throws: `TapeProblem` where there is no place for it.
    func placeForNew() throws(TapeProblem) -> String {
        try makeRoom()
        return newPath
    }

    private func makeRoom() throws(TapeProblem) {
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw TapeProblem("\(directory) cannot be made, so nothing can be recorded there; name a file")
        }
        // That an old one cannot be removed must not keep anybody from testing.
        for name in names.dropLast(Self.kept - 1) {
            try? FileManager.default.removeItem(atPath: "\(directory)/\(name)")
        }
    }

    private var newPath: String {
        let milliseconds = String(SystemClock().now().milliseconds)
        return "\(directory)/\(Self.prefix)\(milliseconds)-\(getpid()).tape"
    }

    /// The newest one; nil where there is none.
    var newest: String? { names.last.map { "\(directory)/\($0)" } }

    /// The tape of the session that a crash report tells of; nil where it was not recorded.
    func tape(of report: String) -> String? {
        guard let number = report.split(separator: "-").last?.prefix(while: \.isNumber) else { return nil }
        return names.last { $0.hasSuffix("-\(number).tape") }.map { "\(directory)/\($0)" }
    }

    /// Sorted by time.
    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [])
            .filter { $0.hasPrefix(Self.prefix) && $0.hasSuffix(".tape") }.sorted()
    }
}
