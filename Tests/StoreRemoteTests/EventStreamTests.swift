import StoreContracts
import StoreDomain
import StoreWire
import Synchronization
import Testing

@testable import StoreRemote

/// Listening to a server.
@Suite(.timeLimit(.minutes(20))) struct EventStreamTests {
    private static let text =
        ": hello\nretry: 2000\nid: a-1\n\nid: a-1\nevent: stock\ndata: {\"products\":[1,22]}\n\n"
        + "id: a-2\r\nevent: orders\r\ndata: {\"orders\":\r\ndata: [3]}\r\n\r\nid: a-3\nevent: later\ndata: {}\n\n"
        + "event:reload\ndata:{}\n\nid: a-4\nevent: catalogue\ndata: {}\n\nid: a-5\nevent: stock\ndata: {}\n"

    @Test func eventsAreReadHoweverTheyAreCut() {
        let bytes = Array(Self.text.utf8)
        for size in [1, 2, 3, 7, 64, bytes.count] {
            var reader = EventStreamReader()
            var events: [ShopEvent] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                events += reader.read(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            #expect(events == [.stock([1, 22]), .orders([3]), .reload, .catalogue], "\(size)")
            #expect(reader.lastID == "a-4", "the last one is not whole")
            reader.startOver()
            #expect(reader.read(Array("event: stock\ndata: {\"products\":\"x\"}\n\n".utf8)) == [.stock(nil)])
            #expect(reader.lastID == "a-4")
        }
    }

    @Test func whateverAServerTellsIsReadAndWhatALaterOneTellsIsPassedOver() {
        let events: [ShopEvent] = [
            .catalogue, .stock([1]), .orders(nil), .discounts, .accounts([2, 3]), .accounts(nil),
            .shifts([4]),
            .shifts(nil), .parked, .approvals, .reload,
        ]
        var reader = EventStreamReader()
        var read: [ShopEvent] = []
        for event in events {
            let text = "event: \(event.name)\ndata: \(String(decoding: event.data, as: UTF8.self))\n\n"
            read +=
                reader.read(Array(text.utf8))
                + reader.read(Array("event: weather\ndata: {\"sun\":1}\n\n".utf8))
        }
        #expect(read == events)
    }

    @Test func aLineWithoutAnEndTakesNoMoreRoomAndMakesAllStale() {
        var reader = EventStreamReader()
        let part = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000)
        for _ in 0..<100 { #expect(reader.read(part).isEmpty) }
        #expect(reader.read(Array("\n\n".utf8)) == [.reload])
    }

    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

    /// Hears a server until it has nothing more to say, or `isEnough`.
    private func hear(
        _ reply: @escaping @Sendable (ReceivedRequest) -> Reply,
        until isEnough: @escaping @Sendable (ShopChanges) -> Bool
    ) async throws -> (heard: ShopChanges, requests: [ReceivedRequest]) {
        let fixture = try RemoteFixture(reply)
        let changes = try #require(fixture.services.changes)
        let heard = HeardChanges()
        let ear = Task { await changes.follow(as: .guest) { heard.hear($0) } }
        await heard.until(isEnough)
        ear.cancel()
        await ear.value
        return (heard.all, fixture.server.requests)
    }

    @Test func aStreamThatWasCutGoesOnBehindItsLastEvent() async throws {
        let count = Mutex(0)
        let (heard, requests) = try await hear { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return .bytes(Self.head + "id: a-\(number)\nevent: stock\ndata: {\"products\":[\(number)]}\n\n")
        } until: { _ in
            count.withLock { $0 >= 3 }
        }
        #expect(heard.isEverything, "nobody knows what happened before the first stream")
        #expect(requests.first?.headers["last-event-id"] == nil)
        let later = requests.dropFirst().prefix(2).map { $0.headers["last-event-id"] }
        #expect(later == ["a-1", "a-2"])
    }

    @Test(arguments: [404, 405, 501]) func aServerWithoutEventsIsQuietlyNotLive(status: Int) async throws {
        let fixture = try RemoteFixture { _ in .answer(status, #"{"error":"Not found"}"#) }
        let changes = try #require(fixture.services.changes)
        await changes.follow(as: .guest) { _ in Issue.record("there is nothing to hear") }
        #expect(fixture.server.requests.map(\.line) == ["GET /api/events"])
        #expect(fixture.store.health.current == .connected)
    }

    @Test func whatIsNoStreamIsNotAskedForAgain() async throws {
        let fixture = try RemoteFixture { _ in .answer(200, "<html>") }
        await fixture.services.changes?.follow(as: .guest) { _ in }
        #expect(fixture.server.requests.count == 1)
    }

    @Test func aServerThatIsBusyIsAskedAgainLater() async throws {
        let count = Mutex(0)
        let (_, requests) = try await hear { _ in
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            return isFirst
                ? .answer(503, #"{"error":"Busy"}"#)
                : .bytes(Self.head + "id: a-1\nevent: orders\ndata: {}\n\n")
        } until: {
            $0.touches(order: 1)
        }
        #expect(requests.count >= 2)
    }

    @Test func listeningEndsAtOnceWhenNobodyWantsIt() async throws {
        let fixture = try RemoteFixture { _ in .silence }
        let changes = try #require(fixture.services.changes)
        let ear = Task { await changes.follow(as: .guest) { _ in } }
        await fixture.server.untilAsked()
        ear.cancel()
        await ear.value
    }
}
