import ArgumentParser
import Foundation
import StoreDomain

/// An HTTP server that is measured, run as a program of its own on this machine's own address.
struct BenchServer: Sendable {
    let port: Int
    private let process: pid_t

    /// Starts it and waits until it answers.
    ///
    /// - Parameters:
    ///   - wanted: the port; nil for one that is free.
    ///   - command: is given the port.
    init(
        _ name: String, port wanted: Int? = nil, log: String, variables: [String],
        _ command: (Int) -> [String]
    ) async throws {
        port = try wanted ?? Loopback.freePort()
        process = try Launch.start(command(port), .file(log), variables: variables)
        let end = ContinuousClock.now + .seconds(60)
        while true {
            do {
                _ = try HTTPLoad.call(port: port, HTTPLoad.bytes("GET", "/api/products?per_page=1"))
                return
            } catch {
                guard ContinuousClock.now < end, !Children.shared.hasEnded(process) else {
                    stop()
                    let said = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
                    throw ValidationError("\(name) does not start: \(said.suffix(500))")
                }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    func stop() { Children.shared.end(process) }

    /// Ends it as a power cut would.
    func kill() { Children.shared.end(process, by: SIGKILL) }

    /// What it and its workers take, each page by its share, in MiB.
    func memory() throws -> Double {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }
            .filter { getpgid($0) == process }
            .map { try PtyProgram.memory($0, lines: "Pss:") }.reduce(0, +)
    }
}

/// What a client of the contract needs before it is measured, of the shop or of the Flask service.
struct BenchCustomer: Sendable {
    let token: String
    /// Goods of which there are enough.
    let products: [Int]

    /// Registers and puts goods on sale.
    init(port: Int, products count: Int) throws {
        let answer = try Self.post(
            port, "/api/auth/register",
            #"{"email":"bench@example.com","password":"bench-password","name":"Bench"}"#)
        guard let token = answer["access_token"] as? String else {
            throw ValidationError("registering gives no token")
        }
        self.token = token
        products = try (1...count).map { number in
            let answer = try Self.post(
                port, "/api/products",
                #"{"name":"Measured \#(number)","description":"For orders","price":19.99,"stock":1000000,"category":"Bench"}"#,
                token: token)
            guard let id = (answer["product"] as? [String: Any])?["id"] as? Int else {
                throw ValidationError("a product is added without an id")
            }
            return id
        }
    }

    /// What a server answers to JSON.
    static func post(_ port: Int, _ path: String, _ body: String, token: String? = nil) throws
        -> [String: Any]
    {
        let (status, bytes) = try HTTPLoad.call(
            port: port, HTTPLoad.bytes("POST", path, token: token, body: body))
        let answer = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        guard (200..<300).contains(status), let answer else {
            throw ValidationError("\(path) answers \(status): \(String(decoding: bytes, as: UTF8.self))")
        }
        return answer
    }

    /// An order of two lines, of goods that no other client of few wants at that moment.
    func order(client: Int, number: Int, run: String) -> [UInt8] {
        let (first, second) = (
            products[client * 2 % products.count], products[(client * 2 + 1) % products.count]
        )
        return HTTPLoad.bytes(
            "POST", "/api/orders", token: token, key: "\(run)-\(client)-\(number)",
            body:
                #"{"items":[{"product_id":\#(first),"quantity":1},{"product_id":\#(second),"quantity":1}]}"#
        )
    }
}
