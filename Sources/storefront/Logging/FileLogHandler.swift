import Glibc
import Logging
import StoreDomain

/// Writes messages to a `LogFile`, a line each: the time in UTC, the level, the process and the words.
struct FileLogHandler: LogHandler {
    let file: LogFile
    let clock: any StoreClock
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    init(_ file: LogFile, level: Logger.Level, clock: any StoreClock) {
        self.file = file
        self.clock = clock
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        file.add("\(Self.text(of: clock.now())) \(event.level.rawValue) \(getpid()) \(event.message)")
    }

    private static func text(of instant: Timestamp) -> String {
        var seconds = time_t(instant.milliseconds / 1_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let fields: [(Int, Int)] = [
            (Int(parts.tm_year) + 1_900, 4), (Int(parts.tm_mon) + 1, 2), (Int(parts.tm_mday), 2),
            (Int(parts.tm_hour), 2), (Int(parts.tm_min), 2), (Int(parts.tm_sec), 2),
            (Int(instant.milliseconds % 1_000), 3),
        ]
        let texts = fields.map { value, width in
            String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
        }
        return texts[0...2].joined(separator: "-") + "T" + texts[3...5].joined(separator: ":")
            + ".\(texts[6])Z"
    }
}
