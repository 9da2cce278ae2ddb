import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import StoreWire

/// Ends requests that arrive too slowly (408) or whose header is too long (431) or no HTTP (400), whatever
/// the routes are doing, and closes their connection. Ends an answer that lasts when its caller hangs up.
final class RequestLimitHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum Reading {
        /// Between two requests.
        case nothing
        /// Bytes have come, but no whole header yet.
        case header
        case body
        /// Refused; what else comes and goes is dropped.
        case refused
    }

    private let limit: TimeAmount
    private var reading = Reading.nothing
    private var deadline: Scheduled<Void>?
    /// Whether an answer has begun that an answer of ours would run into.
    private var isAnswering = false
    /// The answer lasts until the caller hangs up.
    private var isLasting = false
    private var hasRead = false

    init(limit: TimeAmount) { self.limit = limit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if reading == .refused { return }
        hasRead = true
        switch unwrapInboundIn(data) {
        case .head:
            if reading == .nothing { startClock(context) }
            reading = .body
        case .body: break
        case .end:
            deadline?.cancel()
            reading = .nothing
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Bytes that make no part of a request yet are the beginning of a header.
        if !hasRead, reading == .nothing, !isAnswering {
            reading = .header
            startClock(context)
        }
        hasRead = false
        context.fireChannelReadComplete()
    }

    /// Who has said all still waits for an answer, unless that would last for ever.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed, isLasting { return context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error as? HTTPParserError {
        case .some(.headerOverflow):
            refuse(context, .requestHeaderFieldsTooLarge, .tooLarge, "The request's header is too long")
        case .some: refuse(context, .badRequest, .malformed, "The request is not HTTP/1.1")
        case nil: context.fireErrorCaught(error)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard reading != .refused else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isAnswering = true
            isLasting = head.headerFields[.contentType] == HTTPField.eventStream
        case .body: break
        case .end: (isAnswering, isLasting) = (false, false)
        }
        context.write(data, promise: promise)
    }

    private func startClock(_ context: ChannelHandlerContext) {
        deadline?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: limit) {
            let (handler, context) = bound.value
            handler.refuse(context, .requestTimeout, .tooSlow, "The request took too long to arrive")
        }
    }

    private func refuse(
        _ context: ChannelHandlerContext, _ status: HTTPResponse.Status, _ code: ErrorCode, _ message: String
    ) {
        guard reading != .refused else { return }
        deadline?.cancel()
        reading = .refused
        guard !isAnswering else { return context.close(promise: nil) }
        let body = ByteBuffer(bytes: ErrorBody(message, code: code).wireBytes)
        let head = HTTPResponse(
            status: status,
            headerFields: [
                .contentType: "application/json", .contentLength: String(body.readableBytes),
                .connection: "close",
            ])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            bound.value.close(promise: nil)
        }
    }
}
