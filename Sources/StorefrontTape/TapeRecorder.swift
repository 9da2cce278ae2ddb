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
        var wantsState = false
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
        /// Makes the file when its first line comes; nil once it is there.
        var opening: (@Sendable () throws(TapeProblem) -> Int32)?
        /// What a masked tape is written from, once it has begun.
        var masked: MaskedSession?
        /// Checks of the picture that comes next, which they are to hold.
        var goldens: [String] = []
    }

    public let path: String
    public let masksPeople: Bool
    public let trouble: AsyncStream<String>
    private let tell: AsyncStream<String>.Continuation
    private let facts: TapeFacts
    /// A flight recorder keeps only so many of the last lines; nil for all.
    private let limit: Int?
    private let now: @Sendable () -> ContinuousClock.Instant
    /// Hears how many milliseconds have passed on the tape: the session's clock goes by them, so that it is the same when
    /// the tape is proved.
    private let passed: @Sendable (Int) -> Void
    private let state = Mutex(State())
    private let writing: Mutex<Writing>
    private let queue = DispatchQueue(label: "tape", qos: .utility)
    /// Themes by their names, for the pictures of a masked tape.
    private let themes: @Sendable (String) -> Theme?
    /// A flight recorder that nobody has asked for, so that nobody is told that it cannot be made.
    public let runsAlong: Bool

    /// More moments do not wait for a slow disk.
    private static let mostWaiting = 20_000
    /// What a flight recorder keeps.
    public static let flightLines = 2_000

    /// Makes the file, which only its owner can read.
    ///
    /// - Parameters:
    ///   - limit: keeps only so many of the last lines; nil for all.
    ///   - isThere: writes to what is there, such as a device.
    ///   - themes: themes by their names, for the pictures of a masked tape.
    ///   - passed: hears how many milliseconds have passed on the tape.
    /// - Throws: `TapeProblem` where a file of that name is there already, or none can be made.
    public init(
        path: String, facts: TapeFacts, limit: Int? = nil, isThere: Bool = false,
        themes: @escaping @Sendable (String) -> Theme? = { _ in nil },
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        passed: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws(TapeProblem) {
        let descriptor = try Self.open(path, isThere ? O_WRONLY : O_RDWR | O_CREAT | O_EXCL)
        self.path = path
        self.facts = facts
        self.limit = limit
        self.themes = themes
        self.now = now
        self.passed = passed
        runsAlong = false
        masksPeople = facts.isMasked == true
        writing = Mutex(Writing(descriptor: descriptor))
        (trouble, tell) = AsyncStream.makeStream(of: String.self)
    }

    /// A flight recorder, whose file is made when its first line is written, by the queue that writes: whoever starts a
    /// session does not wait for it. Where it cannot be made, nothing is recorded, and nothing said.
    ///
    /// - Parameter prepare: makes room for the file.
    public init(
        flightAt path: String, facts: TapeFacts, themes: @escaping @Sendable (String) -> Theme?,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        prepare: @escaping @Sendable () throws(TapeProblem) -> Void
    ) {
        self.path = path
        self.facts = facts
        self.themes = themes
        self.now = now
        passed = { _ in }
        limit = Self.flightLines
        runsAlong = true
        masksPeople = facts.isMasked == true
        writing = Mutex(
            Writing(
                descriptor: -1,
                opening: { () throws(TapeProblem) in
                    try prepare()
                    return try Self.open(path, O_RDWR | O_CREAT | O_EXCL)
                }))
        (trouble, tell) = AsyncStream.makeStream(of: String.self)
    }

    private static func open(_ path: String, _ how: Int32) throws(TapeProblem) -> Int32 {
        let descriptor = Glibc.open(path, how | O_CLOEXEC, 0o600)
        guard descriptor < 0 else { return descriptor }
        throw TapeProblem(
            errno == EEXIST
                ? "\(path) exists already; name another file for the tape"
                : "\(path) cannot be made: \(String(cString: strerror(errno)))")
    }

    public var count: RecordedCount? { state.withLock { $0.isOver ? nil : $0.count } }

    public var mark: RecordingMark? {
        count.map { facts.countsSteps == false ? .running : .counted($0) }
    }

    public var wantsState: Bool { state.withLock { $0.wantsState && !$0.isOver } }

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
        passed(max(0, milliseconds))
        queue.async { [self] in
            let some =
                masksPeople
                ? maskedLines(of: moment, count, after: max(0, milliseconds))
                : lines(of: moment, count, after: max(0, milliseconds))
            for line in some { write(line) }
            state.withLock { $0.waiting -= 1 }
        }
    }

    /// Waits for what is to be written, but no longer than a moment, and closes the file.
    ///
    /// - Parameter removing: takes the file away, too: nothing went wrong that somebody would look for.
    public func close(removing: Bool = false) {
        let done = DispatchSemaphore(value: 0)
        state.withLock { $0.isOver = true }
        queue.async { [self] in
            writing.withLock { writing in
                if writing.descriptor >= 0 {
                    Glibc.close(writing.descriptor)
                    if removing { unlink(path) }
                }
                writing.descriptor = -1
                writing.opening = nil
            }
            done.signal()
        }
        _ = done.wait(timeout: .now() + .seconds(2))
        tell.finish()
    }

    private func end(_ sentence: String) {
        state.withLock { $0.isOver = true }
        if !runsAlong { tell.yield(sentence) }
    }

    // MARK: - On the queue

    /// nil for what is not kept.
    private func lines(of moment: SessionMoment, _ count: RecordedCount, after milliseconds: Int) -> [String]
    {
        switch moment {
        case .began(let start): return [written(TapeHeader(start, facts))]
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

    private func written(_ header: TapeHeader) -> String {
        let header = TapeCoder.text(of: header)
        writing.withLock { $0.header = header }
        return header
    }

    /// The same from a session in which stand-ins are typed and answered.
    private func maskedLines(of moment: SessionMoment, _ count: RecordedCount, after milliseconds: Int)
        -> [String]
    {
        if case .began(let start) = moment {
            var header = TapeHeader(start, facts)
            header.state = header.state.flatMap { MaskingCoder.masked($0) }
            guard
                let session = MaskedSession(
                    header, zones: start.context.zones, themes: header.themes(else: themes))
            else {
                end("Recording has ended: this session cannot be told with stand-ins for people")
                return []
            }
            writing.withLock { $0.masked = session }
            return [written(header)]
        }
        guard var session = writing.withLock({ $0.masked }) else { return [] }
        writing.withLock { $0.masked = nil }
        let lines = lines(of: moment, count, in: &session)
        guard let lines else {
            end("Recording has ended: this session cannot be told with stand-ins for people")
            return []
        }
        writing.withLock { $0.masked = session }
        state.withLock { $0.wantsState = session.isAstray }
        return written(lines, milliseconds)
    }

    /// nil for what cannot be told with stand-ins.
    private func lines(
        of moment: SessionMoment, _ count: RecordedCount, in session: inout MaskedSession
    ) -> [TapeLine]? {
        switch moment {
        case .began: return []
        case .event(let event, let isAlone):
            guard let taped = TapedEvent(event, isAlone: isAlone) else { return [] }
            session.hear(taped)
            return [.event(taped)]
        case .secret(let screen):
            session.hear(.secret(screen.description))
            return [.event(.secret(screen.description))]
        case .line(.input(let input)):
            session.hear(TapedEvent(input))
            return [.event(TapedEvent(input))]
        case .line(let event): return session.hear(line: event).map { [.plain($0)] } ?? []
        case .action(let action): return session.hear(action).map { [.action($0)] } ?? []
        case .effects(let effects):
            let own = session.effects(like: effects)
            return own.isEmpty ? [] : [.effects(own.map { EffectCode.text(of: $0) })]
        case .frame, .hiddenFrame: return session.surface(count).map { [frame($0)] } ?? []
        case .text:
            let text = session.takePrinted()
            return text.isEmpty ? [] : [.text(hash: StableHash(text).text, text: text)]
        case .state(let state): return session.take(state).map { [.state($0, count)] }
        case .lineState(let state): return session.take(state).map { [.lineState($0)] }
        case .ended(let reason): return [.end(reason ?? "quit")]
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
            if let opening = writing.opening {
                writing.opening = nil
                if let descriptor = try? opening() {
                    writing.descriptor = descriptor
                } else {
                    state.withLock { $0.isOver = true }
                }
            }
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
