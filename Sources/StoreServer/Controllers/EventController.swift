import Hummingbird
import HTTPTypes
import NIOCore
import ServiceLifecycle
import StoreDomain
import StoreWire

/// Tells what changes, as server-sent events, for as long as the caller listens.
struct EventController: Sendable {
    let log: EventLog
    let gatekeeper: Gatekeeper
    let pauses: EventPauses

    func stream(_ request: APIRequest) async throws -> Response {
        guard let subscription = log.subscribe(after: request.headers[.lastEventID]) else {
            throw Refusal(
                .serviceUnavailable, .busy, "Too many listen just now; try again",
                headers: [.retryAfter: "30"])
        }
        request.hangUp.whenComplete { [weak subscription] _ in subscription?.end() }
        let session = request.session
        return Response(
            status: .ok,
            headers: [
                .contentType: HTTPField.eventStream, .cacheControl: "no-store",
                // nginx passes each event on as it comes.
                .proxyBuffering: "no",
            ],
            body: ResponseBody { writer in
                try await withGracefulShutdownHandler {
                    try await write(subscription, for: session, to: &writer)
                } onGracefulShutdown: {
                    subscription.end()
                }
            })
    }

    private func write(
        _ subscription: EventSubscription, for session: AccessSession?,
        to writer: inout any ResponseBodyWriter
    ) async throws {
        let heart = Task { [pauses] in
            while true {
                do { try await Task.sleep(for: pauses.heartbeat) } catch { return }
                subscription.beat()
            }
        }
        defer { heart.cancel() }
        var session = session
        try await writer.write(ByteBuffer(string: subscription.greeting))
        for await signal in subscription.signals {
            let lines = subscription.lines(for: session?.principal ?? .guest)
            if !lines.isEmpty {
                try await writer.write(ByteBuffer(string: lines))
                // Many changes in a row are told together.
                try await Task.sleep(for: pauses.betweenEvents)
            } else if signal == .beat {
                try await writer.write(ByteBuffer(string: ": still here\n\n"))
            }
            if signal == .beat, let known = session {
                do { session = try await gatekeeper.renewed(known) } catch StoreError.signInRequired {
                    break
                } catch {
                    // The store cannot be read just now; the account stays as it was known last.
                }
            }
        }
        try await writer.finish(nil)
    }
}

/// How long listeners wait for what.
public struct EventPauses: Hashable, Sendable {
    /// Until a sign of life, where nothing happens. Whether the caller's account still counts is looked at then.
    public var heartbeat = Duration.seconds(25)
    /// Between what is told and what is told next.
    public var betweenEvents = Duration.milliseconds(100)

    public init() {}
}

extension HTTPField {
    /// The type of an answer that lasts as long as its caller listens.
    static let eventStream = "text/event-stream"
}

extension HTTPField.Name {
    fileprivate static let lastEventID = name(WireHeader.lastEventID)
    fileprivate static let proxyBuffering = name("X-Accel-Buffering")
}
