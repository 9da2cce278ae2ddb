import Glibc
import Logging
import StoreDomain
import StoreWire

/// Writes each message as one line of JSON to a file descriptor, at once and whole.
public struct JSONLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level
    public var metadataProvider: Logger.MetadataProvider?
    private let clock: any StoreClock
    private let descriptor: Int32

    /// - Parameter descriptor: stays open as long as there are loggers; standard error by default.
    public init(level: Logger.Level, clock: any StoreClock, descriptor: Int32 = STDERR_FILENO) {
        logLevel = level
        self.clock = clock
        self.descriptor = descriptor
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line = JSONWriter.bytes { json in
            json.object { json in
                json.member("time", clock.now())
                json.member("level", event.level.rawValue)
                json.member("message", "\(event.message)")
                for (name, value) in (event.metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
                    json.name(name)
                    Self.write(value, to: &json)
                }
            }
        }
        line.append(0x0A)
        // A line is short enough for the system to write it whole; a reader that is gone is no reason to
        // stop serving.
        _ = line.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    private static func write(_ value: Logger.MetadataValue, to json: inout JSONWriter) {
        switch value {
        case .string(let text): json.value(text)
        case .stringConvertible(let number as Int): json.value(Int64(number))
        case .stringConvertible(let number as Double): json.value(.number("\(number)"))
        case .stringConvertible(let other): json.value("\(other)")
        case .array(let values): json.list(values) { write($1, to: &$0) }
        case .dictionary(let members):
            json.object { json in
                for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                    json.name(name)
                    write(value, to: &json)
                }
            }
        }
    }
}
