import Foundation
import PostgresTesting
import Testing

/// The Flask service in `Tests/SeedService`, run by gunicorn with two workers.
final class SeedService: Sendable {
    let port: Int
    private let process: Process
    private let said = Held<[UInt8]>([])
    /// An element whenever it has said more.
    private let sayings: AsyncStream<Void>

    /// Whether this machine has what it takes; where everything must be tried, its lack is a failure.
    static let canRun =
        ProcessInfo.processInfo.environment["STOREFRONT_STRICT"] != nil
        || python("import flask, sqlalchemy, psycopg2, gunicorn") == 0

    static let lack: Comment = "Debian's python3-flask, -sqlalchemy, -psycopg2 and gunicorn are not installed"

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("SeedService").path

    /// Makes the service's tables in a database.
    static func makeTables(_ database: TestDatabase) throws {
        #expect(
            python(
                "from service import create_app; create_app()", environment: ["DATABASE_URL": uri(database)])
                == 0)
    }

    /// As SQLAlchemy reads it: it takes no socket for a host.
    private static func uri(_ database: TestDatabase) -> String {
        "postgresql://storefront@/\(database.name)?host=\(database.cluster.directory)"
    }

    private static func python(_ text: String, environment: [String: String] = [:]) -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-B", "-c", text]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = environment
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return -1 }
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Starts it and waits until it takes connections.
    init(_ database: TestDatabase, secret: String) async throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-B", "-m", "gunicorn", "--workers", "2", "--timeout", "600", "--bind", "127.0.0.1:0",
            "service:create_app()",
        ]
        process.currentDirectoryURL = URL(fileURLWithPath: Self.folder)
        process.environment = [
            "DATABASE_URL": Self.uri(database), "SECRET_KEY": secret, "PYTHONDONTWRITEBYTECODE": "1",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        let (sayings, saying) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        self.sayings = sayings
        try process.run()
        Thread.detachNewThread { [said] in
            while true {
                let more = output.fileHandleForReading.availableData
                guard !more.isEmpty else { break }
                said.change { $0 += more }
                saying.yield()
            }
            saying.finish()
        }
        // Such as: Listening at: http://127.0.0.1:41234 (77). Then its workers start; the kernel holds calls meanwhile.
        for await _ in sayings {
            let text = String(decoding: said.value, as: UTF8.self)
            guard let start = text.firstRange(of: "http://127.0.0.1:")?.upperBound,
                let found = Int(text[start...].prefix { $0.isNumber }), text[start...].contains("(")
            else { continue }
            port = found
            return
        }
        throw ServerProcess.StartFailure(output: String(decoding: said.value, as: UTF8.self))
    }

    /// A program that a test starts may have every other signal blocked; workers end when their master is gone.
    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    var output: String { String(decoding: said.value, as: UTF8.self) }
}
