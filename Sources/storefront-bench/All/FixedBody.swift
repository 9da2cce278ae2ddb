import ArgumentParser
import Hummingbird
import Logging

/// A server of the same make that answers everything with the same bytes: what the work for an answer costs is the
/// difference to it.
struct FixedBody: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "fixed-body", shouldDisplay: false)

    @Argument var port: Int
    @Argument var bytes: Int

    func run() async throws {
        var logger = Logger(label: "fixed-body")
        logger.logLevel = .warning
        let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: bytes)
        let router = Router()
        router.get("/api/products") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
                body: ResponseBody(byteBuffer: body))
        }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname("127.0.0.1", port: port), serverName: nil), logger: logger)
        try await application.runService()
    }
}
