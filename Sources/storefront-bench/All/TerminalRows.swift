import ArgumentParser
import Foundation

/// Keys, starts and memory of the program on a terminal of 120 × 40, with tig beside it.
struct TerminalRows {
    let place: BenchPlace
    let wanted: Set<RowID>

    private static let (columns, rows) = (120, 40)
    /// Milliseconds without a byte after which a picture is whole.
    private static let quiet: Int32 = 40
    /// What leads from the first screen of a store file, where one may sign in, to the shop: F7.
    private static let asGuest = "\u{1B}[18~"
    /// Keys each way: fewer than a screen has rows.
    private static let stretch = 15

    func measure() async throws -> [BenchRow] {
        let storefront = try place.program("storefront")
        let demo = "\(place.folder)/demo.db"
        guard
            try Launch.run([storefront, "demo", "--db", demo], variables: place.variables()) == 0
        else { throw ValidationError("storefront demo makes no store") }
        let command = [storefront, "--db", demo]
        return await BenchRow.attempt([.key, .keyBytes], of: wanted) { try keys(command) }
            + BenchRow.attempt([.idleBytes, .idleWakes, .memory], of: wanted) { try still(command) }
            + BenchRow.attempt([.start], of: wanted) {
                [try starts(.start, [storefront, "--demo"], "--demo", opening: nil)]
            }
            + BenchRow.attempt([.crowd], of: wanted) { [try crowd(command)] }
    }

    /// The rows that need a large shop.
    func measureLarge() async throws -> [BenchRow] {
        let command = [try place.program("storefront"), "--db", try await place.productStore()]
        let many = "\(BenchUnit.plain(Double(place.products))) products"
        return await BenchRow.attempt([.startMillion], of: wanted) {
            [try starts(.startMillion, command, "\(many), and F7 for a guest", opening: Self.asGuest)]
        }
            + BenchRow.attempt([.keyMillion], of: wanted) {
                var probe = try KeyProbe(command, place.variables(), opening: Self.asGuest)
                defer { probe.end() }
                for _ in 0..<place.rounds { try probe.walk(Self.stretch) }
                return [
                    BenchRow(
                        .keyMillion, how: "120 × 40, j and k, \(probe.milliseconds.count) keys, \(many)",
                        ours: Figures(probe.milliseconds))
                ]
            }
    }

    // MARK: - Parts

    /// tig, or why not.
    private var tig: Result<Tig, any Error> { Result { try Tig(place) } }

    private func keys(_ command: [String]) throws -> [BenchRow] {
        var ours = try KeyProbe(command, place.variables(), opening: Self.asGuest)
        defer { ours.end() }
        var peer: KeyProbe?
        var trouble: String?
        do {
            let tig = try tig.get()
            peer = try KeyProbe(tig.command, tig.variables)
        } catch { trouble = "\(error)" }
        defer { peer?.end() }
        for _ in 0..<place.rounds {
            try ours.walk(Self.stretch)
            try peer?.walk(Self.stretch)
        }
        let how = "120 × 40, j and k, \(ours.milliseconds.count) keys, until the last byte of the change"
        return [
            BenchRow(
                .key, how: how, ours: Figures(ours.milliseconds),
                peers: [(.tig, peer.flatMap { Figures($0.milliseconds) })], trouble: trouble),
            BenchRow(
                .keyBytes, how: how, ours: Figures(ours.bytes),
                peers: [(.tig, peer.flatMap { Figures($0.bytes) })], trouble: trouble),
        ]
    }

    private func starts(_ id: RowID, _ command: [String], _ what: String, opening: String?) throws
        -> BenchRow
    {
        var (ours, theirs): ([Double], [Double]) = ([], [])
        var (peer, trouble): (Tig?, String?)
        do { peer = try tig.get() } catch { trouble = "\(error)" }
        // The first one finds its files in no cache.
        for round in 0...(place.isQuick ? 3 : 15) {
            let own = try firstScreen(command, place.variables(), opening: opening)
            let other = try peer.map { try firstScreen($0.command, $0.variables) }
            guard round > 0 else { continue }
            ours.append(own)
            if let other { theirs.append(other) }
        }
        return BenchRow(
            id, how: "\(what), 120 × 40, from exec to the last byte", ours: Figures(ours),
            peers: [(.tig, Figures(theirs))], trouble: trouble)
    }

    /// From exec to the last byte of the first screen, and from the key to that of the shop.
    private func firstScreen(_ command: [String], _ variables: [String], opening: String? = nil) throws
        -> Double
    {
        var start = ContinuousClock.now
        let program = try PtyProgram(command, columns: Self.columns, rows: Self.rows, variables: variables)
        defer { program.hangUp() }
        var milliseconds = 0.0
        for key in [nil, opening] {
            if milliseconds > 0 {
                guard let key else { break }
                start = .now
                program.send(key)
            }
            let output = program.read(quiet: 250, patience: 20_000)
            guard let last = output.last, output.bytes.count > KeyProbe.screen else {
                throw ValidationError("\(command[0]) shows nothing but: \(output.text)")
            }
            milliseconds += (last - start) / .milliseconds(1)
        }
        return milliseconds
    }

    private func still(_ command: [String]) throws -> [BenchRow] {
        var probe = try KeyProbe(command, place.variables(), opening: Self.asGuest)
        defer { probe.end() }
        for _ in 0..<3 { try probe.walk(Self.stretch) }
        // Pages of the program's file are its own only as long as it is the one session, and dirty when it was just built.
        let memory = try PtyProgram.memory(probe.program.process, lines: "Anonymous:")
        let seconds = place.isQuick ? 2.0 : 10
        // What the last key set off is over by then.
        _ = probe.program.read(quiet: 1_500, patience: 1_500)
        let before = try PtyProgram.wakes(probe.program.process)
        let output = probe.program.read(quiet: Int32(seconds * 1_000), patience: Int32(seconds * 1_000))
        let wakes = try PtyProgram.wakes(probe.program.process) - before
        let how = "\(Int(seconds)) s in which nobody presses a key"
        return [
            BenchRow(.idleBytes, how: how, ours: Figures([Double(output.bytes.count)])),
            BenchRow(.idleWakes, how: how, ours: Figures([Double(wakes)])),
            BenchRow(
                .memory,
                how: "private pages that it wrote to, after browsing with \(probe.milliseconds.count) keys",
                ours: Figures([memory])),
        ]
    }

    private func crowd(_ command: [String]) throws -> BenchRow {
        let count = place.isQuick ? 10 : 50
        var crowd = KioskCrowd(
            command: command, variables: try place.variables(),
            opening: (after: "Browse as guest", keys: Self.asGuest))
        for _ in 0..<count {
            _ = try crowd.enter()
            for _ in 0..<5 { _ = try crowd.press("j") }
        }
        let memory = try crowd.memory()
        _ = try crowd.cut()
        return BenchRow(
            .crowd, how: "private pages of each of \(count) at once, after five keys", ours: Figures(memory))
    }
}

/// A program whose answers to keys are timed.
private struct KeyProbe {
    let program: PtyProgram
    private(set) var milliseconds: [Double] = []
    private(set) var bytes: [Double] = []

    /// Fewer bytes are no picture of a screen of 120 × 40 but a sentence.
    static let screen = 500

    /// - Parameter opening: the key that leads to the rows; nil where they show at once.
    init(_ command: [String], _ variables: [String], opening: String? = nil) throws {
        program = try PtyProgram(command, columns: 120, rows: 40, variables: variables)
        var output = program.read(quiet: 300, patience: 20_000)
        if let opening, output.last != nil {
            program.send(opening)
            output = program.read(quiet: 300, patience: 20_000)
        }
        guard output.bytes.count > Self.screen else {
            program.hangUp()
            throw ValidationError("\(command[0]) shows nothing but: \(output.text)")
        }
    }

    /// Goes down so many rows and up again.
    mutating func walk(_ rows: Int) throws {
        for key in ["j", "k"] {
            for _ in 0..<rows {
                let start = ContinuousClock.now
                program.send(key)
                let output = program.read(quiet: 40, patience: 5_000)
                guard let last = output.last else { throw ValidationError("a key changes nothing") }
                milliseconds.append((last - start) / .milliseconds(1))
                bytes.append(Double(output.bytes.count))
            }
        }
    }

    func end() { program.hangUp() }
}

/// tig on a repository made for it.
private struct Tig {
    let command: [String]
    let variables: [String]

    init(_ place: BenchPlace) throws {
        guard let path = PeerProgram.find("tig"), let git = PeerProgram.find("git") else {
            throw ValidationError(PeerProgram.tig.lack)
        }
        let folder = "\(place.folder)/repository"
        command = [path]
        variables = try place.variables(["GIT_DIR=\(folder)/.git", "GIT_WORK_TREE=\(folder)"])
        guard !FileManager.default.fileExists(atPath: folder) else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var commits = ""
        for number in 1...500 {
            let message = "Change number \(number) of a file, and say why\n"
            commits += "commit refs/heads/main\ncommitter Somebody <somebody@example.com> "
            commits += "\(1_700_000_000 + number * 3_600) +0000\ndata \(message.utf8.count)\n\(message)"
            commits += "M 100644 inline file\ndata \(String(number).utf8.count)\n\(number)\n"
        }
        let stream = "\(place.folder)/commits"
        try commits.write(toFile: stream, atomically: true, encoding: .utf8)
        let shell =
            "cd \(folder) && \(git) init -q -b main . && \(git) fast-import --quiet < \(stream) && \(git) reset -q --hard"
        guard try Launch.run(["/bin/sh", "-c", shell], variables: place.variables()) == 0
        else { throw ValidationError("no git repository can be made for tig") }
    }
}
