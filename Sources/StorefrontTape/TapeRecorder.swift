import Dispatch
import Foundation
import Glibc
import StoreDomain
import StorefrontCore
import StorefrontTUI
import Synchronization
import TerminalKit

/// Writes a session to a tape as it goes. Noting a moment costs a few microseconds: it is put into a line that may
/// not grow without end, and a queue of its own writes it. Whatever is wrong with the file ends the recording with one
/// sentence and never the session.
public final class TapeRecorder: SessionRecorder {
    private struct State {
        var count = RecordedCount()
        var last: ContinuousClock.Instant?
        var waiting = 0
        var isOver = false
    }

    /// What only the queue touches.
    fileprivate struct Writing {
        var descriptor: Int32
        var frames = 0
        /// The lines that are in the file, where their number is limited; the header's is not among them.
        var kept: [String] = []
        var stateLines: [Int] = []
        var header = ""
        var isBroken = false
        /// Checks of the picture that comes next, which they are to hold.
        var goldens: [String] = []
    }

    public let path: String
    public let trouble: AsyncStream<String>
    private let tell: AsyncStream<String>.Continuation
    private let facts: TapeFacts
    /// A flight recorder keeps only so many of the last lines; nil for all.
    private let limit: Int?
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())
    private let writing: Mutex<Writing>
    private let queue = DispatchQueue(label: "tape")

    /// More moments do not wait for a slow disk.
    private static let mostWaiting = 20_000
    /// What a flight recorder keeps.
    public static let flightLines = 2_000

    /// Makes the file, which only its owner can read.
    ///
    /// - Parameters:
    ///   - limit: keeps only so many of the last lines; nil for all.
    ///   - isThere: writes to what is there, such as a device.
    /// - Throws: `TapeProblem` where a file of that name is there already, or none can be made.
    public init(
        path: String, facts: TapeFacts, limit: Int? = nil, isThere: Bool = false,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) throws(TapeProblem) {
        let how = isThere ? O_WRONLY : O_RDWR | O_CREAT | O_EXCL
        let descriptor = open(path, how | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw TapeProblem(
                errno == EEXIST
                    ? "\(path) exists already; name another file for the tape"
                    : "\(path) cannot be made: \(String(cString: strerror(errno)))")
        }
        self.path = path
        self.facts = facts
        self.limit = limit
        self.now = now
        writing = Mutex(Writing(descriptor: descriptor))
        (trouble, tell) = AsyncStream.makeStream(of: String.self)
    }

    public var count: RecordedCount? { state.withLock { $0.isOver ? nil : $0.count } }

    public func note(_ moment: SessionMoment) {
        let time = now()
        let (milliseconds, count, isFull) = state.withLock { state -> (Int?, RecordedCount, Bool) in
            guard !state.isOver else { return (nil, state.count, false) }
            guard state.waiting < Self.mostWaiting else {
                state.isOver = true
                return (nil, state.count, true)
            }
            state.waiting += 1
            state.count.add(moment)
            defer { state.last = time }
            // How long typing a secret took is as secret.
            if case .secret = moment { return (0, state.count, false) }
            return (state.last.map { Int((time - $0) / .milliseconds(1)) } ?? 0, state.count, false)
        }
        if isFull { end("Recording has ended: the disk is too slow; \(path) has what came before") }
        guard let milliseconds else { return }
        queue.async { [self] in
            for line in lines(of: moment, count, after: max(0, milliseconds)) { write(line) }
            state.withLock { $0.waiting -= 1 }
        }
    }

    /// Waits for what is to be written, but no longer than a moment, and closes the file.
    public func close() {
        let done = DispatchSemaphore(value: 0)
        queue.async { [self] in
            writing.withLock { writing in
                if writing.descriptor >= 0 { Glibc.close(writing.descriptor) }
                writing.descriptor = -1
            }
            done.signal()
        }
        _ = done.wait(timeout: .now() + .seconds(2))
        tell.finish()
    }

    private func end(_ sentence: String) {
        state.withLock { $0.isOver = true }
        tell.yield(sentence)
    }

    // MARK: - On the queue

    /// nil for what is not kept.
    private func lines(of moment: SessionMoment, _ count: RecordedCount, after milliseconds: Int) -> [String]
    {
        switch moment {
        case .began(let start):
            let header = TapeCoder.text(of: TapeHeader(start, facts))
            writing.withLock { $0.header = header }
            return [header]
        case .event(let event, let isAlone):
            guard let taped = TapedEvent(event, isAlone: isAlone) else { return [] }
            return written(unseen + [.event(taped)], milliseconds)
        case .secret(let screen): return written(unseen + [.event(.secret(screen.description))], milliseconds)
        case .line(.input(let input)):
            return written([.event(TapedEvent(input))], milliseconds)
        case .line(let event): return written([.plain(event)], milliseconds)
        case .action(let action): return written(unseen + [.action(action)], milliseconds)
        case .effects(let effects): return written(waitForPicture(effects.tapeLines), milliseconds)
        case .frame(let surface): return written(lines(of: surface), milliseconds)
        case .hiddenFrame(let state, let size, let context):
            // Written and read, it has dots where a secret was.
            guard let hidden = TapeCoder.value(AppState.self, of: TapeCoder.text(of: state)) else {
                return []
            }
            return written(
                lines(of: AppView.render(hidden, size: size, context: context).surface), milliseconds)
        case .text(let text): return written([.text(hash: StableHash(text).text, text: text)], milliseconds)
        case .state(let state): return written([.state(state, count)], milliseconds)
        case .lineState(let state): return written([.lineState(state)], milliseconds)
        case .ended(let reason): return written(unseen + [.end(reason ?? "quit")], milliseconds)
        }
    }

    /// Without the checks of a picture, which are written behind it.
    private func waitForPicture(_ lines: [TapeLine]) -> [TapeLine] {
        lines.filter { line in
            guard case .check(let sentence) = line,
                case .frame(nil, _)? = (try? Check(sentence))?.kind
            else { return true }
            writing.withLock { $0.goldens.append(sentence) }
            return false
        }
    }

    /// Checks of a picture that nobody saw.
    private var unseen: [TapeLine] {
        writing.withLock { writing in
            defer { writing.goldens = [] }
            return writing.goldens.map { .check($0) }
        }
    }

    private func lines(of surface: Surface) -> [TapeLine] {
        let checks = unseen.map { line -> TapeLine in
            guard case .check(let sentence) = line,
                case .frame(nil, let regions)? = (try? Check(sentence))?.kind
            else { return line }
            return .check(CheckWords.sentence(frame: surface.text, without: regions))
        }
        return [frame(surface)] + checks
    }

    private func written(_ lines: [TapeLine], _ milliseconds: Int) -> [String] {
        lines.enumerated().map { $1.written(after: $0 == 0 ? milliseconds : 0) }
    }

    private func frame(_ surface: Surface) -> TapeLine {
        let hash = StableHash(surface).text
        let number = writing.withLock { writing in
            defer { writing.frames += 1 }
            return writing.frames
        }
        return .frame(
            hash: hash, text: number.isMultiple(of: TapeLine.framesToText) ? surface.text : nil)
    }

    private func write(_ line: String) {
        let failure = writing.withLock { writing -> Int32? in
            guard !writing.isBroken, writing.descriptor >= 0 else { return nil }
            if let limit, line != writing.header { writing.keep(line, limit) }
            let failure = writing.write(line + "\n")
            if failure != nil { writing.isBroken = true }
            return failure
        }
        guard let failure else { return }
        let why =
            failure == ENOSPC || failure == EDQUOT
            ? "the disk is full" : "\(path) cannot be written (\(String(cString: strerror(failure))))"
        end("Recording has ended: \(why); the tape has what came before")
    }
}

extension TapeRecorder.Writing {
    /// The number of what went wrong; nil when nothing did.
    mutating func write(_ text: String) -> Int32? {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 || errno != EINTR {
                return errno
            }
        }
        return nil
    }

    /// Remembers the line; when there are twice as many as wanted, begins the file anew with the last ones, from a
    /// line that holds all there is.
    mutating func keep(_ line: String, _ limit: Int) {
        if line.hasPrefix("["), line.contains(",\"s\",[\"") { stateLines.append(kept.count) }
        kept.append(line)
        guard kept.count > 2 * limit, let first = stateLines.last(where: { $0 <= kept.count - limit })
        else { return }
        kept.removeFirst(first)
        stateLines = stateLines.map { $0 - first }.filter { $0 >= 0 }
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { return }
        _ = write(header + "\n" + kept.dropLast().map { $0 + "\n" }.joined())
    }
}

extension RecordedCount {
    fileprivate mutating func add(_ moment: SessionMoment) {
        switch moment {
        case .event(let event, let isAlone): if TapedEvent(event, isAlone: isAlone) != nil { steps += 1 }
        case .secret, .line, .action: steps += 1
        case .effects(let effects):
            for case .note(.check) in effects { checks += 1 }
        case .began, .frame, .hiddenFrame, .text, .state, .lineState, .ended: break
        }
    }
}

extension [Effect] {
    /// What was ordered, and what a tester said of it.
    var tapeLines: [TapeLine] {
        let notes: [TapeLine] = compactMap { effect in
            switch effect {
            case .note(.mark): .mark
            case .note(.check(let sentence)): .check(sentence)
            case .note(.fault(let text)): TapedFault(text).map { .fault($0) }
            case .note(.look), .note(.pane), .note(.leave): nil
            case .ask, .beep, .redraw, .suspend, .copy, .saveScreen: nil
            }
        }
        return [.effects(map { EffectCode.text(of: $0) })] + notes
    }
}
