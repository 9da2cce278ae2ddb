import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import Testing

@testable import StoreServer

/// How long a request may take to arrive, on a clock that only these tests move.
@Suite struct RequestClockTests {
    private static let limit = TimeAmount.seconds(15)
    private static let tick = TimeAmount.nanoseconds(1)
    private static let get = "GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n"

    private let channel = EmbeddedChannel()

    init() throws {
        // As the server builds its connections.
        try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false)
        try channel.pipeline.syncOperations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try channel.pipeline.syncOperations.addHandler(RequestLimitHandler(limit: Self.limit))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    private func hear(_ text: String) throws { try channel.writeInbound(ByteBuffer(string: text)) }

    private func wait(_ time: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: time) }

    /// What the server has said since the last time.
    private func said() throws -> String {
        var text = ""
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
        return text
    }

    private func answer() throws {
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .noContent)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
        #expect(try said().hasPrefix("HTTP/1.1 204 "))
    }

    private func expectRefusal(sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(try said().hasPrefix("HTTP/1.1 408 "), sourceLocation: sourceLocation)
        #expect(!channel.isActive, sourceLocation: sourceLocation)
    }

    private func expectPatience(sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(try said().isEmpty, sourceLocation: sourceLocation)
        #expect(channel.isActive, sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        "G", "GET /api/hea", "GET /api/health HTTP/1.1\r\nHost: x\r\nX-Slow: a",
        "POST /api/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n",
        "POST /api/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{",
    ])
    func aBeginningIsRefusedAtTheLimit(_ beginning: String) throws {
        try hear(beginning)
        wait(Self.limit - Self.tick)
        try expectPatience()
        wait(Self.tick)
        try expectRefusal()
    }

    @Test func whatComesLaterGivesNoMoreTime() throws {
        try hear("POST /api/orders HTTP/1.1\r\n")
        wait(.seconds(5))
        try hear("Host: x\r\nContent-Length: 50\r\n\r\n{")
        wait(.seconds(5))
        try hear(" ")
        wait(.seconds(5) - Self.tick)
        try expectPatience()
        wait(Self.tick)
        try expectRefusal()
    }

    @Test func aConnectionWithoutARequestIsLeftAlone() throws {
        wait(.hours(1))
        try expectPatience()
        for _ in 0..<2 {
            try hear(Self.get)
            try answer()
            wait(.hours(1))
            try expectPatience()
        }
    }

    @Test func anAnswerMayTakeLonger() throws {
        try hear(Self.get)
        wait(.hours(1))
        try expectPatience()
        try answer()
    }

    @Test func theNextRequestHasTheWholeTime() throws {
        try hear(Self.get)
        wait(.seconds(10))
        try answer()
        try hear("GET /api/hea")
        wait(Self.limit - Self.tick)
        try expectPatience()
        wait(Self.tick)
        try expectRefusal()
    }

    /// A second answer would run into the first.
    @Test func anAnswerThatHasBegunIsCutOff() throws {
        try hear("POST /api/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{")
        try channel.writeOutbound(
            HTTPResponsePart.head(HTTPResponse(status: .ok, headerFields: [.contentLength: "5"])))
        #expect(try said().hasPrefix("HTTP/1.1 200 "))
        wait(Self.limit)
        #expect(try said().isEmpty)
        #expect(!channel.isActive)
    }
}
