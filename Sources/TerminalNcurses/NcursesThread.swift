import CNcurses
import Dispatch
import Glibc
import TerminalKit

/// The one thread that reads and draws. It sleeps until the terminal, a signal or a request wakes it.
///
/// `@unchecked`: after `start()` that thread alone touches whatever changes.
final class NcursesThread: @unchecked Sendable {
    private let screen: NcursesScreen
    private let mailbox: Mailbox
    private let events: EventQueue
    private let endWatch: EndWatch
    private let done = DispatchSemaphore(value: 0)
    private var decoder = KeyDecoder()
    private var scans = ScanDetector()
    /// What was read and is decoded when the queue has room.
    private var typeahead = Typeahead()
    private var emptyReads = 0
    /// How much may come; nil for any number of bytes.
    private var allowance: InputAllowance?
    /// When the last event was told; time never goes back.
    private var lastTold: UInt64 = 0
    /// The line is there and gives something to read.
    private var isReading = true
    /// Somebody else has the terminal.
    private var isAway = false
    /// Until when, by the monotonic clock, a SIGCONT belongs to the stop that was just over.
    private var expectedContinueEnd: UInt64 = 0
    /// Continued while others have the terminal: the screen is not taken before they had time to say more.
    private var isInBackground = false
    private var buffer = [UInt8](repeating: 0, count: 1 << 14)

    init(
        screen: NcursesScreen, mailbox: Mailbox, events: EventQueue,
        endWatch: EndWatch, allowance: InputAllowance?
    ) {
        self.allowance = allowance
        self.screen = screen
        self.mailbox = mailbox
        self.events = events
        self.endWatch = endWatch
    }

    func start() {
        endWatch.start()
        startThread { [self] in run() }
    }

    func waitUntilDone() {
        done.wait()
        done.signal()
    }

    /// False when the time is over.
    func waitUntilDone(within limit: DispatchTimeInterval) -> Bool {
        guard done.wait(timeout: .now() + limit) == .success else { return false }
        done.signal()
        return true
    }

    /// Gives the terminal back from outside, when the thread hangs in a write.
    func abandon() {
        endWatch.stop()
        events.finish()
        cn_guard_restore_termios()
        cn_guard_disarm()
        done.signal()
    }

    // MARK: - On the thread

    private func run() {
        cn_use_signal_stack()
        while serve() {
            guard sleep() else { break }
        }
        mailbox.finish()
        screen.close()
        endWatch.stop()
        events.finish()
        done.signal()
    }

    /// Does what was asked for. False at the end.
    private func serve() -> Bool {
        let contents = mailbox.take()
        if contents.isClosing { return false }
        for request in contents.requests {
            switch request {
            case .mouse(let isOn): screen.setMouseCapture(isOn)
            case .scans(let keys): yield(scans.gather(passing: keys))
            case .dropInput: dropInput()
            case .redraw: screen.redraw()
            case .forget: screen.forget()
            case .suspend: stop(wholeGroup: true)
            case .beep: screen.ring()
            case .title(let title): screen.setTitle(title)
            case .progress(let progress): screen.setProgress(progress)
            case .copy(let text): screen.copy(text)
            case .leave(let left):
                isAway = true
                screen.leave()
                left.signal()
            case .enter:
                isAway = false
                resume()
            }
        }
        if let frame = contents.frame { screen.show(frame) }
        return true
    }

    /// Waits for something to do and takes in what came. False when a crash took the terminal away.
    private func sleep() -> Bool {
        let hasLine = isReading && screen.isUp
        // With that much to do, the sender waits; that the line is gone is heard all the same.
        let canRead = hasLine && !typeahead.isFull
        let canDecode = typeahead.isReady && !events.isFull
        var sources = [
            pollfd(fd: mailbox.wakePipe.readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: hasLine ? STDIN_FILENO : -1, events: canRead ? Int16(POLLIN) : 0, revents: 0),
        ]
        let patience = isInBackground ? 250 : canDecode ? 0 : patienceForMore
        guard poll(&sources, 2, patience) >= 0 else {
            if errno == EINTR { return !cn_guard_fired() }
            fatalError("poll on two open files can only be interrupted, but failed with error \(errno)")
        }
        if cn_guard_fired() { return false }
        if sources[0].revents != 0 {
            takeSignals()
        } else if isInBackground {
            resume()
        }
        let revents = Int32(sources[1].revents)
        // Whatever was sent before the line went has nobody to see what comes of it.
        if revents & (POLLHUP | POLLERR | POLLNVAL) != 0 {
            hangUp()
        } else if revents & POLLIN != 0 {
            read()
            decode()
        } else if canDecode {
            decode()
        } else if patienceForMore == 0 {
            giveUpWaiting()
        }
        return true
    }

    /// How many milliseconds to wait for the rest of what has begun; -1 when nothing has. What waits for the program to
    /// take more is not at its end, however long that takes.
    private var patienceForMore: Int32 {
        if typeahead.isWaiting {
            guard !events.isFull else { return -1 }
            return Self.milliseconds(until: typeahead.lastArrival + UInt64(screen.escapeDelay) * 1_000_000)
        }
        guard typeahead.isEmpty else { return -1 }
        if decoder.isPending {
            return Self.milliseconds(until: typeahead.lastArrival + UInt64(decoder.patience) * 1_000_000)
        }
        return scanPatience
    }

    /// Nothing more came of what had begun.
    private func giveUpWaiting() {
        if typeahead.isWaiting {
            decode(isLate: true)
        } else if decoder.isPending {
            send(decoder.flush(), at: typeahead.lastArrival)
        } else {
            yield(scans.flush())
        }
    }

    /// Milliseconds until the keys of what may be a scan have waited long enough; -1 when none do.
    private var scanPatience: Int32 {
        scans.due.map(Self.milliseconds(until:)) ?? -1
    }

    private static func milliseconds(until due: UInt64) -> Int32 {
        let now = monotonicNanoseconds()
        return due > now ? Int32(clamping: (due - now + 999_999) / 1_000_000) : 0
    }

    /// Reads the line empty, before anything is made of it: the sender may want to say more.
    private func read() {
        // Bounded, so that a flood of input cannot keep the screen from being drawn.
        for _ in 0..<Self.readLimit {
            let count: Int
            switch buffer.withUnsafeMutableBytes({ screen.read(into: $0) }) {
            case .failed: return hangUp()
            case .bytes(let read): count = read
            }
            emptyReads = count == 0 ? emptyReads + 1 : 0
            if emptyReads > 1 { return hangUp() }
            let now = monotonicNanoseconds()
            if allowance?.take(count, at: now) == false {
                isReading = false
                return endWatch.tell(.flooded)
            }
            let interrupts = typeahead.add(buffer[..<count], at: now, isPasting: decoder.isPasting)
            if interrupts > 0 { interrupt(interrupts, at: now) }
            guard count > 0, !typeahead.isFull, screen.hasInput else { return }
        }
    }

    /// What was typed before Ctrl-C is gone; what has begun of it is, too.
    private func interrupt(_ count: Int, at now: UInt64) {
        decoder = KeyDecoder()
        _ = scans.flush()
        for _ in 0..<count { events.send(TimedEvent(.key(.control("c")), nanoseconds: now)) }
    }

    /// Makes events of what was read, as many as the queue has room for.
    ///
    /// - Parameter isLate: the rest of what has begun does not come.
    private func decode(isLate: Bool = false) {
        var count = 0
        var isLate = isLate
        while count < Self.batchLimit, !events.isFull {
            let arrival = typeahead.arrival
            guard let piece = typeahead.take(screen.keys, literally: decoder.takesBytes, isLate: isLate)
            else {
                break
            }
            isLate = false
            count += 1
            var batch: [TerminalEvent] = []
            decode(piece, into: &batch)
            send(batch, at: arrival)
        }
        for answer in decoder.takeAnswers() { screen.heard(answer) }
        // The rest of a sequence was waited for before Esc was taken, so a lone one is certain by now.
        if typeahead.isEmpty, decoder.isLoneEscape { send(decoder.flush(), at: typeahead.lastArrival) }
    }

    private func decode(_ piece: Typeahead.Piece, into batch: inout [TerminalEvent]) {
        switch piece {
        case .byte(let byte): decoder.feed(byte: byte, into: &batch)
        case .key(let name): decoder.feed(key: name, into: &batch)
        }
    }

    /// Forgets what was typed until now, while the queue drops what is made of it.
    private func dropInput() {
        _ = scans.flush()
        dropTypeahead()
        if isReading, screen.isUp, screen.hasInput {
            read()
            dropTypeahead()
        }
        events.endDropping()
    }

    /// What was read is decoded all the same: a paste that has begun stays one, however late its end comes, and what the
    /// terminal answers is heard.
    private func dropTypeahead() {
        while let piece = typeahead.take(screen.keys, literally: decoder.takesBytes, isLate: false) {
            var batch: [TerminalEvent] = []
            decode(piece, into: &batch)
            send(batch.filter { !$0.isInput })
        }
        for answer in decoder.takeAnswers() { screen.heard(answer) }
    }

    private static let batchLimit = 4_096
    private static let readLimit = 64

    private func takeSignals() {
        for number in mailbox.wakePipe.read().map(Int32.init) {
            switch number {
            case SIGWINCH: fitSize()
            case SIGTSTP: stop(wholeGroup: false)
            case SIGCONT where !isAway && monotonicNanoseconds() > expectedContinueEnd: resume()
            default: continue
            }
        }
    }

    private func fitSize() {
        guard screen.isUp, let size = screen.fitSize() else { return }
        mailbox.setSize(size)
        send([.resize(size)])
    }

    private func stop(wholeGroup: Bool) {
        guard screen.isUp else { return }
        screen.leave()
        cn_stop(wholeGroup)
        expectedContinueEnd = monotonicNanoseconds() + 250_000_000
        resume()
    }

    /// Takes the screen again. Also after a stop that nobody could catch.
    ///
    /// In the background that would stop the program once more, before it hears that it is to end: a shell's
    /// `kill` of a stopped program, and its end, continue what they ask to end. Those get a moment.
    private func resume() {
        isInBackground = !isInBackground && !cn_is_foreground(STDIN_FILENO)
        guard !isInBackground else { return }
        screen.enter()
        fitSize()
        send([.resumed])
    }

    /// The line is gone; nothing is read from it any more.
    private func hangUp() {
        isReading = false
        typeahead = Typeahead()
        endWatch.tell(.hangup)
    }

    private func send(_ batch: [TerminalEvent], at nanoseconds: UInt64 = monotonicNanoseconds()) {
        guard !batch.isEmpty else { return }
        // What waited as bytes came before a new size that was heard meanwhile, but is told after it.
        lastTold = max(lastTold, nanoseconds)
        var ready: [TimedEvent] = []
        for event in batch { scans.feed(TimedEvent(event, nanoseconds: lastTold), into: &ready) }
        yield(ready)
    }

    private func yield(_ ready: [TimedEvent]) {
        for event in ready { events.send(event) }
    }
}
