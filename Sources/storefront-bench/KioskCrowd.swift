import ArgumentParser
import Foundation

/// Sessions of a kiosk that are served together: what each writes is read, and some are sent keys without end.
struct KioskCrowd {
    /// How many of the first ones send keys without end.
    var floods = 0

    private let command: [String]
    private let variables: [String]
    private let opening: (after: String, keys: String)?
    private var visitors: [Visitor] = []

    private struct Visitor {
        let process: pid_t
        var line: Int32
        /// What was written since the last key.
        var output: [UInt8] = []
    }

    /// Nobody waits longer for anything.
    private static let patience = Duration.seconds(60)
    private static let flood = [UInt8](String(repeating: "jk+-", count: 600).utf8)

    /// - Parameters:
    ///   - command: starts a session.
    ///   - variables: the environment of a session.
    ///   - opening: keys that lead to the shop, and the words after which they are pressed; nil where it shows at once.
    init(
        command: [String],
        variables: [String] = ["TERM=xterm-256color", "SSH_CONNECTION=192.0.2.7 50000 198.51.100.1 22"],
        opening: (after: String, keys: String)? = nil
    ) {
        self.opening = opening
        self.command = command
        self.variables = variables
    }

    // MARK: - What visitors do

    /// Somebody comes; returns after how many milliseconds the shop shows.
    mutating func enter() throws -> Double {
        let start = ContinuousClock.now
        visitors.append(try newVisitor())
        if let opening {
            try wait { String(decoding: $0.output, as: UTF8.self).contains(opening.after) }
            send(opening.keys)
        }
        try wait { String(decoding: $0.output, as: UTF8.self).contains("of 240") }
        return (ContinuousClock.now - start) / .milliseconds(1)
    }

    /// The last one presses a key; returns after how many milliseconds something shows.
    mutating func press(_ key: String) throws -> Double {
        let start = ContinuousClock.now
        visitors[visitors.count - 1].output = []
        send(key)
        try wait { !$0.output.isEmpty }
        return (ContinuousClock.now - start) / .milliseconds(1)
    }

    private func send(_ keys: String) {
        guard let last = visitors.last else { return }
        _ = Array(keys.utf8).withUnsafeBytes { write(last.line, $0.baseAddress, $0.count) }
    }

    /// The last one goes.
    mutating func leave() throws {
        let last = visitors.removeLast()
        close(last.line)
        _ = try Self.waitForEnd(of: [last.process])
    }

    /// All lines are gone; returns after how many milliseconds all sessions are.
    mutating func cut() throws -> Double {
        for visitor in visitors { close(visitor.line) }
        defer { visitors = [] }
        return try Self.waitForEnd(of: visitors.map(\.process))
    }

    /// Serves all of them for a while.
    mutating func serve(seconds: Double) {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            let left = (end - .now) / .milliseconds(1)
            serve(atMost: Int32(max(1, min(left, 100))))
        }
    }

    // MARK: - What the kernel knows

    /// What each has of its own, in MiB.
    func memory() throws -> [Double] {
        try visitors.map { try PtyProgram.ownMemory($0.process) }
    }

    /// What all have taken of the processor so far.
    func ticks() throws -> Double {
        try visitors.map { visitor in
            let text = try String(contentsOfFile: "/proc/\(visitor.process)/stat", encoding: .utf8)
            let fields = text.components(separatedBy: ") ").last?.split(separator: " ") ?? []
            guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
                throw ValidationError("the kernel does not tell what a process has taken")
            }
            return user + system
        }.reduce(0, +)
    }

    // MARK: - Lines

    private mutating func wait(until isDone: (Visitor) -> Bool) throws {
        let end = ContinuousClock.now + Self.patience
        while let last = visitors.last, !isDone(last) {
            guard ContinuousClock.now < end else { throw ValidationError("a visitor waits in vain") }
            serve(atMost: 20)
        }
    }

    /// Reads what there is, and sends each flood what it takes of 2.4 KB, ten times a second at most.
    private mutating func serve(atMost milliseconds: Int32) {
        if floods > 0, ContinuousClock.now >= nextFlood {
            nextFlood = .now + .milliseconds(100)
            for visitor in visitors.prefix(floods) {
                _ = Self.flood.withUnsafeBytes { write(visitor.line, $0.baseAddress, $0.count) }
            }
        }
        var sources = visitors.map { pollfd(fd: $0.line, events: Int16(POLLIN), revents: 0) }
        guard poll(&sources, nfds_t(sources.count), floods > 0 ? min(milliseconds, 20) : milliseconds) > 0
        else { return }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        for (index, source) in sources.enumerated() where source.revents != 0 {
            let count = read(source.fd, &buffer, buffer.count)
            guard count > 0 else {
                // It has ended; its line is always ready.
                close(source.fd)
                visitors[index].line = -1
                continue
            }
            if index == sources.count - 1 { visitors[index].output += buffer[..<count] }
        }
    }

    private var nextFlood = ContinuousClock.now

    private func newVisitor() throws -> Visitor {
        let program = try PtyProgram(command, columns: 80, rows: 24, variables: variables)
        return Visitor(process: program.process, line: program.line)
    }

    /// Returns after how many milliseconds all of them have ended.
    private static func waitForEnd(of processes: [pid_t]) throws -> Double {
        let start = ContinuousClock.now
        var left = processes
        while !left.isEmpty {
            left.removeAll(where: Children.shared.hasEnded)
            guard ContinuousClock.now - start < patience else {
                throw ValidationError("\(left.count) sessions outlive their lines")
            }
            usleep(1_000)
        }
        return (ContinuousClock.now - start) / .milliseconds(1)
    }
}
