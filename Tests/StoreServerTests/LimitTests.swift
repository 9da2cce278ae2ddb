import Foundation
import HTTPTypes
import StoreServer
import StoreWire
import Testing

/// What is too large, too slow or no request at all gets its answer and costs little.
@Suite(.serialized, .timeLimit(.minutes(20))) struct LimitTests {
    @Test(arguments: [(1 << 20, 400), (1 << 20 + 1, 413)])
    func aBodyMayHaveAMebibyte(_ bytes: Int, _ status: Int) async throws {
        try await TestServer().run { anyone in
            let start = Array(#"{"email":"#.utf8)
            let body = start + [UInt8](repeating: UInt8(ascii: " "), count: bytes - start.count)
            let reply = try await anyone.send(.post, "/api/auth/login", body)
            #expect(reply.status == status)
        }
    }

    @Test func aChunkedBodyIsMeasuredToo() async throws {
        try await TestServer().run(.live) { anyone in
            let port = try #require(anyone.http.port)
            let connection = try RawConnection(port: port)
            await connection.send(
                "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n")
            let chunk = "10000\r\n" + String(repeating: " ", count: 65_536) + "\r\n"
            for _ in 0..<17 { await connection.send(chunk) }
            let answer = String(decoding: await connection.read() ?? [], as: UTF8.self)
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.contains(#""code":"too_large""#))
        }
    }

    @Test(arguments: [
        ("application/json", 400), ("application/json; charset=utf-8", 400), ("Application/JSON", 400),
        ("application/vnd.api+json", 400), ("text/plain", 415), ("application/x-www-form-urlencoded", 415),
        ("", 415), ("application/jsonp", 415),
    ])
    func onlyJSONIsTaken(_ type: String, _ status: Int) async throws {
        try await TestServer().run { anyone in
            let reply = try await anyone.send(
                .post, "/api/auth/login", Array("{}".utf8), headers: [.contentType: type])
            #expect(reply.status == status)
        }
    }

    @Test func brokenJSONIsNamedWithItsPlace() async throws {
        try await TestServer().run { anyone in
            let reply = try await anyone.send(.post, "/api/auth/login", Array("{\"email\":\n  oops}".utf8))
            #expect(reply.status == 400)
            #expect(reply["error"] == "The body is not JSON: line 2, column 3: a value was expected")
        }
    }

    @Test func aHeaderMayHave16KiB() async throws {
        try await TestServer().run(.live) { anyone in
            let port = try #require(anyone.http.port)
            let connection = try RawConnection(port: port)
            await connection.send(
                "GET /api/health HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "a", count: 20_000))\r\n\r\n"
            )
            let answer = await connection.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 431 "))
            #expect(answer.contains(#""code":"too_large""#))
            let fair = try RawConnection(port: port)
            await fair.send(
                "GET /api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Long: "
                    + "\(String(repeating: "a", count: 12_000))\r\n\r\n")
            let taken = await fair.readToEnd()
            #expect(taken.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test(arguments: [
        "GET /api/hea", "GET /api/health HTTP/1.1\r\nHost: x\r\nX-Slow: a",
        "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{",
    ])
    func aRequestMustArriveInTime(_ beginning: String) async throws {
        let server = try await TestServer { $0.limits.receiving = .milliseconds(100) }
        try await server.run(.live) { anyone in
            let connection = try RawConnection(port: try #require(anyone.http.port))
            await connection.send(beginning)
            let answer = await connection.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
            #expect(answer.contains(#""code":"too_slow""#))
        }
    }

    /// Many at once who send a byte now and then: a byte is no reason to wait longer, and others are served meanwhile.
    @Test(arguments: [
        "GET /api/health HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{",
    ])
    func manyWhoDripAreCutOffAndOthersAreServed(_ beginning: String) async throws {
        let server = try await TestServer { $0.limits.receiving = .seconds(1) }
        try await server.run(.live) { anyone in
            let port = try #require(anyone.http.port)
            var slow = try (0..<150).map { _ in try RawConnection(port: port) }
            for connection in slow { await connection.send(beginning) }
            while !slow.isEmpty {
                var open: [RawConnection] = []
                for connection in slow where await connection.send("a") { open.append(connection) }
                slow = open
                let other = try RawConnection(port: port)
                await other.send("GET /api/products HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                #expect(await other.readToEnd().hasPrefix("HTTP/1.1 200 "))
            }
        }
    }

    @Test func pipelinedRequestsAreAnsweredInTheirOrder() async throws {
        try await TestServer().run(.live) { anyone in
            let connection = try RawConnection(port: try #require(anyone.http.port))
            let numbers = 1...40
            // Quick and slow ones, known and unknown; the last one ends the connection.
            await connection.send(
                numbers.map { number in
                    let target = ["/api/health", "/api/products?per_page=50", "/nowhere"][number % 3]
                    let end = number == numbers.last ? "Connection: close\r\n" : ""
                    return "GET \(target) HTTP/1.1\r\nHost: x\r\nX-Request-ID: asked-\(number)-\r\n\(end)\r\n"
                }.joined())
            let answer = await connection.readToEnd()
            let asked = answer.matches(of: /asked-(\d+)-/).compactMap { Int($0.1) }
            #expect(asked == Array(numbers), "\(answer)")
        }
    }

    @Test func idleConnectionsTakeNothingFromOthers() async throws {
        let server = try await TestServer { $0.limits.idle = .milliseconds(200) }
        try await server.run(.live) { anyone in
            let port = try #require(anyone.http.port)
            let idle = try (0..<200).map { _ in try RawConnection(port: port) }
            func isServed() async throws -> Bool {
                let connection = try RawConnection(port: port)
                await connection.send("GET /api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                return await connection.readToEnd().hasPrefix("HTTP/1.1 200 ")
            }
            #expect(try await isServed())
            // The server ends them without a word.
            for connection in idle { #expect(await connection.readToEnd() == "") }
            #expect(try await isServed())
        }
    }

    @Test(arguments: [
        "NONSENSE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}",
        "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    ])
    func whatIsNoHTTPIsRefused(_ bytes: String) async throws {
        try await TestServer().run(.live) { anyone in
            let connection = try RawConnection(port: try #require(anyone.http.port))
            await connection.send(bytes)
            let answer = await connection.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
            #expect(try await anyone.call(.health).status == 200)
        }
    }

    @Test(arguments: [
        "/api/products?q=%", "/api/products?page=%zz", "/api/products/search?q=%ff", "/api/products?%00=%00",
        "/%2e%2e/%2e%2e/etc/passwd", "//api//products", "/api/products/%00", "/api/orders/1/cancel/x", "/",
        "/api/products?page=99999999999999999999", "/api/products?page=9223372036854775807",
    ])
    func hostileTargetsGetAnAnswer(_ target: String) async throws {
        try await TestServer().run { anyone in
            let reply = try await anyone.send(.get, target)
            #expect(reply.status < 500)
            #expect(reply.headers[.contentType] == "application/json")
        }
    }

    @Test func anUnknownMethodIsNamed() async throws {
        try await TestServer().run { anyone in
            let reply = try await anyone.send(.put, "/api/products/1/")
            #expect(reply.status == 405)
            #expect(reply.headers[.allow] == "DELETE, GET, HEAD, OPTIONS, PATCH")
            let search = try await anyone.send(.delete, "/api/products/search")
            #expect(search.headers[.allow] == "GET, HEAD, OPTIONS")
            let asked = try await anyone.send(.options, "/api/orders")
            #expect(asked.status == 204)
            #expect(try await anyone.send(.get, "/nowhere").status == 404)
            let head = try await anyone.send(.head, "/api/products")
            #expect(head.status == 200)
            #expect(head.text.isEmpty)
        }
    }
}
