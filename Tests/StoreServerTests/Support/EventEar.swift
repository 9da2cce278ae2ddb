import Foundation

/// Listens to `/api/events` on a connection of its own.
final class EventEar {
    private let connection: RawConnection
    private var text = ""
    private var isCut = false

    /// - Parameter lastID: the last event that was had before.
    init(port: Int, token: String? = nil, lastID: String? = nil) async throws {
        connection = try RawConnection(port: port)
        let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let last = lastID.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        await connection.send("GET /api/events HTTP/1.1\r\nHost: x\r\n\(authorization)\(last)\r\n")
    }

    /// What came once it has any of `words`, or the other side has hung up.
    @discardableResult
    func until(_ words: String...) async -> String {
        while !words.contains(where: text.contains), !isCut {
            if let more = await connection.read() {
                // A CR and an LF are one character, which no LF would be found in.
                text += String(decoding: more.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
            } else {
                isCut = true
            }
        }
        return text
    }

    /// Everything until the other side hangs up.
    func untilTheEnd() async -> String { await until("\u{0}") }

    /// The id of the last event that came.
    var lastID: String? {
        text.components(separatedBy: "\n").last { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
    }

    /// What events came, as `name data`.
    var events: [String] {
        text.components(separatedBy: "event: ").dropFirst().map { part in
            let lines = part.components(separatedBy: "\n")
            let data = lines.first { $0.hasPrefix("data: ") }.map { $0.dropFirst(6) } ?? ""
            return "\(lines[0].trimmingCharacters(in: .whitespaces)) \(data)"
        }
    }
}
