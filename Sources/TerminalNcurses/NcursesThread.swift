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
    /// What was read while the queue was full.
    private var spilled = SpilledEvents()
    /// How much may come; nil for any number of bytes.
    private var allowance: InputAllowance?
    /// What does not fit into the queue is read all the same and kept in little memory.
    private let spillsOver: Bool
    /// The line is there and gives something to read.
    private var isReading = true
    private var emptyReads = 0
    /// ncurses may hold input that `poll` does not know of.
    private var hasMoreInput = false
    /// Somebody else has the terminal.
    private var isAway = false
    /// Until when, by the monotonic clock, a SIGCONT belongs to the stop that was just over.
    private var expectedContinueEnd: UInt64 = 0
    /// Continued while others have the terminal: the screen is not taken before they had time to say more.
    private var isInBackground = false

    init(
        screen: NcursesScreen, mailbox: Mailbox, events: EventQueue,
        endWatch: EndWatch, allowance: InputAllowance?, spillsOver: Bool
    ) {
        self.allowance = allowance
        self.spillsOver = spillsOver
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
        // While the program has enough to do, the sender waits; that the line is gone is heard all the same.
        refill()
        let isStalled = hasLine && (spillsOver ? spilled.isFull : !spilled.isEmpty || events.isFull)
        let canRead = hasLine && !isStalled
        var sources = [
            pollfd(fd: mailbox.wakePipe.readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: hasLine ? STDIN_FILENO : -1, events: canRead ? Int16(POLLIN) : 0, revents: 0),
        ]
        let patience =
            isInBackground
            ? 250
            : isStalled
                ? -1 : hasMoreInput && canRead ? 0 : decoder.isPending ? decoder.patience : scanPatience
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
        } else if revents & POLLIN != 0 || hasMoreInput && canRead {
            read()
        } else if isStalled {
            // More may have come, so nothing that is begun is at its end.
        } else if decoder.isPending, sources[0].revents == 0 {
            send(decoder.flush())
        } else if scanPatience == 0 {
            yield(scans.flush())
        }
        return true
    }

    /// Milliseconds until the keys of what may be a scan have waited long enough; -1 when none do.
    private var scanPatience: Int32 {
        guard let due = scans.due else { return -1 }
        let now = monotonicNanoseconds()
        return due > now ? Int32(clamping: (due - now + 999_999) / 1_000_000) : 0
    }

    private static let batchLimit = 4_096

    private func read() {
        var count = 0
        var batch: [TerminalEvent] = []
        // Bounded, so that a flood of input cannot keep the screen from being drawn.
        while count < Self.batchLimit, let input = screen.read(literally: decoder.isPasting) {
            count += 1
            switch input {
            case .byte(let byte): decoder.feed(byte: byte, into: &batch)
            case .key(let name): decoder.feed(key: name, into: &batch)
            case .bytes(let bytes):
                for byte in bytes { decoder.feed(byte: byte, into: &batch) }
            case .nothing: continue
            }
        }
        hasMoreInput = count == Self.batchLimit
        if allowance?.take(count, at: monotonicNanoseconds()) == false {
            isReading = false
            return endWatch.tell(.flooded)
        }
        for answer in decoder.takeAnswers() { screen.heard(answer) }
        // ncurses waits after Esc for the rest of a sequence, so a lone one is certain by now.
        if !hasMoreInput, decoder.isLoneEscape { batch += decoder.flush() }
        send(batch)
        emptyReads = count == 0 ? emptyReads + 1 : 0
        if emptyReads > 1 { hangUp() }
    }

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
        endWatch.tell(.hangup)
    }

    private func send(_ batch: [TerminalEvent]) {
        guard !batch.isEmpty else { return }
        let nanoseconds = monotonicNanoseconds()
        var ready: [TimedEvent] = []
        for event in batch { scans.feed(TimedEvent(event, nanoseconds: nanoseconds), into: &ready) }
        yield(ready)
    }

    private func yield(_ ready: [TimedEvent]) {
        for timed in ready {
            switch timed.event {
            // They overtake what waits, here as in the queue.
            case .ended:
                spilled = SpilledEvents()
                events.send(timed)
            case .key(.control("c")):
                spilled.dropInput()
                events.send(timed)
            case .key, .scan, .paste, .mouse, .resize, .focus, .resumed:
                if spilled.isEmpty, !events.isFull { events.send(timed) } else { spilled.add(timed.event) }
            }
        }
    }

    /// Moves to the queue what it has room for again.
    private func refill() {
        guard !spilled.isEmpty else { return }
        let nanoseconds = monotonicNanoseconds()
        while !events.isFull, let event = spilled.take() {
            events.send(TimedEvent(event, nanoseconds: nanoseconds))
        }
    }
}
