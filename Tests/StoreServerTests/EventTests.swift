import HTTPTypes
import StoreDomain
import StoreWire
import Testing

@testable import StoreServer

/// What `/api/events` tells, to whom, and for how long.
@Suite(.timeLimit(.minutes(20))) struct EventTests {
    @Test func tellsEverybodyOfTheCatalogueAndEachOfTheirOwnOrders() async throws {
        let server = try await TestServer()
        try await server.run(.live) { anyone in
            let port = try #require(anyone.http.port)
            let admin = try await anyone.registered("ada@example.com")
            let mug = try await admin.product("Mug")
            let bob = try await anyone.registered("bob@example.com")
            let eve = try await anyone.registered("eve@example.com")
            var ears: [EventEar] = []
            for token in [admin.token, bob.token, eve.token, nil] {
                let ear = try await EventEar(port: port, token: token)
                let greeting = await ear.until("id: ")
                #expect(greeting.hasPrefix("HTTP/1.1 200 OK\n"))
                #expect(greeting.lowercased().contains("content-type: text/event-stream\n"))
                ears.append(ear)
            }
            let order = try #require(try await bob.order(mug)["order.id"])
            // The last thing that happens is for all: what came before it is all there is.
            try await admin.call(.editProduct, id: mug, [], ["price": 2])
            for ear in ears { await ear.until("event: catalogue") }
            let (toAdmin, toBob, toEve, toGuest) = (
                ears[0].events, ears[1].events, ears[2].events, ears[3].events
            )
            for events in [toAdmin, toBob, toEve, toGuest] {
                #expect(events.contains("stock {\"products\":[\(mug)]}"), "\(events)")
            }
            #expect(toAdmin.contains("orders {\"orders\":[\(order)]}"), "\(toAdmin)")
            #expect(toBob.contains("orders {\"orders\":[\(order)]}"), "\(toBob)")
            #expect(!toEve.contains { $0.hasPrefix("orders") }, "\(toEve)")
            #expect(!toGuest.contains { $0.hasPrefix("orders") }, "\(toGuest)")
        }
    }

    @Test func goesOnBehindTheLastEventAndSaysWhereItCannot() async throws {
        let server = try await TestServer { $0.limits.events = 4 }
        try await server.run(.live) { anyone in
            let port = try #require(anyone.http.port)
            let admin = try await anyone.registered("ada@example.com")
            let first = try await EventEar(port: port)
            await first.until("id: ")
            let mug = try await admin.product("Mug")
            await first.until("event: catalogue")
            let last = try #require(first.lastID)

            _ = try await admin.order(mug)
            let second = try await EventEar(port: port, lastID: last)
            await second.until("event: ")
            #expect(second.events == ["stock {\"products\":[\(mug)]}"])

            for id in ["elsewhere-1", "", "nonsense", last + "9", last + "x"] {
                let strange = try await EventEar(port: port, lastID: id)
                await strange.until("event: ")
                #expect(strange.events == ["reload {}"], "\(id)")
            }
            // Too much has happened since.
            for _ in 0..<10 { _ = try await admin.product("Cup") }
            let late = try await EventEar(port: port, lastID: last)
            await late.until("event: ")
            #expect(late.events == ["reload {}"])
        }
    }

    @Test func aTokenThatDoesNotCountIsRefused() async throws {
        let server = try await TestServer()
        try await server.run(.live) { anyone in
            let port = try #require(anyone.http.port)
            let ear = try await EventEar(port: port, token: "nonsense")
            #expect(await ear.until("sign_in_required").hasPrefix("HTTP/1.1 401 "))
        }
    }

    @Test func whoSignsOutIsNotToldAnyMore() async throws {
        let server = try await TestServer { $0.events.heartbeat = .milliseconds(20) }
        try await server.run(.live) { anyone in
            let admin = try await anyone.registered("ada@example.com")
            let ear = try await EventEar(port: try #require(anyone.http.port), token: admin.token)
            await ear.until(": still here")
            try await admin.call(.logOut)
            // The last part of an answer in parts.
            await ear.until("\n0\n\n")
        }
    }

    /// The place of one who hangs up is another's, although nothing was to be told meanwhile.
    @Test func noMoreListenThanThereIsRoomFor() async throws {
        let server = try await TestServer { $0.limits.listeners = 1 }
        try await server.run(.live) { anyone in
            let port = try #require(anyone.http.port)
            var first: EventEar? = try await EventEar(port: port)
            await first?.until("id: ")
            let second = try await EventEar(port: port)
            let refusal = await second.until("busy")
            #expect(refusal.hasPrefix("HTTP/1.1 503 ") && refusal.lowercased().contains("retry-after: "))
            first = nil
            while true {
                let third = try await EventEar(port: port)
                if await third.until("id: ", "busy").contains("id: ") { break }
            }
        }
    }

    /// A body that never comes whole does no more than one that does.
    @Test func halfARequestHarmsNobody() async throws {
        let server = try await TestServer()
        try await server.run(.live) { anyone in
            let port = try #require(anyone.http.port)
            for _ in 0..<3 {
                let connection = try RawConnection(port: port)
                await connection.send(
                    "GET /api/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
            }
            let ear = try await EventEar(port: port)
            #expect(await ear.until("id: ").hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func whoFallsBehindIsToldToReloadAndCostsNothing() throws {
        var limits = EventLog.Limits()
        limits.kept = 10
        let log = EventLog(name: "log", limits: limits)
        let slow = try #require(log.subscribe(after: nil))
        let quick = try #require(log.subscribe(after: nil))
        for id in 1...5 as ClosedRange<Int64> { log.append(ShopChanges(stock: .some([id]))) }
        #expect(quick.lines(for: .guest).contains("{\"products\":[1,2,3,4,5]}"), "they are put together")
        #expect(quick.lines(for: .guest).isEmpty)
        for id in 1...1_000 as ClosedRange<Int64> { log.append(ShopChanges(stock: .some([id]))) }
        #expect(slow.lines(for: .guest) == "id: log-1005\nevent: reload\ndata: {}\n\n")
        #expect(slow.lines(for: .guest).isEmpty)
        #expect(log.listenerCount == 2)
    }

    @Test func aCutBetweenEventsLosesNone() throws {
        let log = EventLog(name: "log")
        log.append(ShopChanges(catalogue: true))
        let ear = try #require(log.subscribe(after: nil))
        #expect(ear.greeting == "retry: 2000\nid: log-1\n\n")
        log.append(ShopChanges(catalogue: true, stock: .some([3])))
        #expect(
            ear.lines(for: .guest)
                == "id: log-1\nevent: catalogue\ndata: {}\n\nid: log-2\nevent: stock\ndata: {\"products\":[3]}\n\n"
        )
    }

    @Test func everyKindOfChangeIsToldToThoseWhoMayKnow() throws {
        let log = EventLog(name: "log")
        let (toAll, toAdmin) = (
            try #require(log.subscribe(after: nil)), try #require(log.subscribe(after: nil))
        )
        log.append(
            ShopChanges(discounts: true, accounts: .some([3, 2]), shifts: .any, parked: true))
        #expect(toAll.lines(for: .guest) == "id: log-1\nevent: discounts\ndata: {}\n\n")
        #expect(
            toAdmin.lines(for: .operatorOfStore).split(separator: "\n").filter { !$0.hasPrefix("id") } == [
                "event: discounts", "data: {}", "event: accounts", "data: {\"accounts\":[2,3]}",
                "event: shifts",
                "data: {}", "event: parked", "data: {}",
            ])
    }

    @Test func whoHangsUpIsForgotten() async throws {
        let log = EventLog(name: "log")
        var ear = log.subscribe(after: nil)
        #expect(log.listenerCount == 1 && ear != nil)
        ear = nil
        #expect(log.listenerCount == 0)
    }

    @Test func drainingEndsWhatWouldLastForEver() async throws {
        let server = try ServerProcess(["--demo-products", "5", "--port", "0"])
        let ear = try await EventEar(port: try await server.port())
        await ear.until("id: ")
        server.terminate()
        let text = await ear.untilTheEnd()
        #expect(text.hasSuffix("0\n\n"), "the answer is whole: \(text)")
        #expect(try await server.exitCode() == 0)
        #expect(!server.output.contains("took too long"), "\(server.output)")
    }
}
