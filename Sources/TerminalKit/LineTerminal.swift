/// What comes from a terminal that takes lines.
public enum LineInput: Hashable, Sendable {
    /// Without its end.
    case line(String)
    /// Nothing more will come: nil after the last line, else why.
    case ended(EndReason?)
}

/// The lines of a terminal.
public typealias LineQueue = InputQueue<LineInput>

extension InputQueue where Element == LineInput {
    /// - Parameter onRoom: called when a full queue is half empty again.
    public convenience init(onRoom: @escaping @Sendable () -> Void = {}) {
        self.init(
            limit: 65_536,
            cost: { input in
                switch input {
                case .line(let line): 16 + line.utf8.count
                case .ended: 1
                }
            }, onRoom: onRoom)
    }

    /// Adds a line or the end. An end with a reason drops what waits.
    public func send(_ input: LineInput) {
        switch input {
        case .line, .ended(nil): add(input)
        case .ended(.some): overtake(with: input)
        }
    }
}

/// A terminal that takes lines and prints lines: a screen reader's, a braille line, a serial line, a pipe.
/// All of it may be called from anywhere.
public protocol LineTerminal: AnyObject, Sendable {
    /// For one reader at a time; ends after `close()`.
    var input: LineQueue { get }
    /// Whether it takes more than ASCII.
    var isUnicode: Bool { get }
    /// Whether a line that was typed stands on it already.
    var echoes: Bool { get }

    /// Prints text at once, and as it is: what is not harmless must not come here.
    func write(_ text: String)
    /// Whether what is typed from now on is kept from being seen. Nothing where nothing is seen anyway.
    func hideTyping(_ isHidden: Bool)
    /// Gives the terminal back as it was found. Harmless when repeated.
    func close()
}
