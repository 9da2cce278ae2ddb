import StoreWire

/// Reads server-sent events out of the bytes of an answer, however these are cut.
struct EventStreamReader {
    /// The id of the last event: a stream begun anew goes on behind it.
    private(set) var lastID: String?
    private var line: [UInt8] = []
    private var name = ""
    private var data: [UInt8] = []
    private var id: String?
    /// The line before ended in CR; an LF that follows belongs to it.
    private var endedInCR = false
    private var isTooLong = false

    /// Longer lines are cut, and what they belong to makes everything stale.
    private static let longestLine = 64 * 1024

    /// Forgets what an earlier stream left unfinished, but not where that was.
    mutating func startOver() {
        let lastID = lastID
        self = EventStreamReader()
        self.lastID = lastID
    }

    /// The events that end within these bytes.
    mutating func read(_ bytes: [UInt8]) -> [ShopEvent] {
        var events: [ShopEvent] = []
        for byte in bytes {
            defer { endedInCR = byte == UInt8(ascii: "\r") }
            switch byte {
            case UInt8(ascii: "\n") where endedInCR: break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if let event = endLine() { events.append(event) }
            default:
                if line.count < Self.longestLine { line.append(byte) } else { isTooLong = true }
            }
        }
        return events
    }

    private mutating func endLine() -> ShopEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        guard line.isEmpty else {
            takeField()
            return nil
        }
        defer {
            (name, data, id) = ("", [], nil)
            isTooLong = false
        }
        if let id { lastID = id }
        if isTooLong { return .reload }
        return data.isEmpty ? nil : ShopEvent(name: name, data: data)
    }

    private mutating func takeField() {
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[min(colon + 1, line.endIndex)...]
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "event": name = String(decoding: value, as: UTF8.self)
        case "data": data += (data.isEmpty ? [] : [UInt8(ascii: "\n")]) + value
        case "id": id = String(decoding: value, as: UTF8.self)
        // A comment, how long to wait, or what a later server may say.
        default: break
        }
    }
}
