import ArgumentParser
import Foundation

/// `storefront-bench idle`: what connections that say nothing, or hardly anything, take from those who do.
struct IdleBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idle", abstract: "Hold thousands of idle and slow connections while others are served.",
        discussion: """
            A server of demo products answers lists to eight clients, first alone, then with so many connections that say \
            nothing and so many that stop in the middle of a request. Ends with 1 where somebody is refused, or where a slow \
            one is not cut off. Needs storefront-server beside this program.
            """)

    @Option(help: "Connections that say nothing.") var connections = 10_000
    @Option(help: "Connections that stop in the middle of a request.") var slow = 200
    @Option(help: "Seconds of load, each time.") var seconds = 3.0
    @Option(help: "Where storefront-server is; the folder of this program unless it is named.")
    var programs: String?

    func validate() throws {
        guard connections >= 0, slow >= 0, connections + slow <= 25_000, seconds > 0 else {
            throw ValidationError("there can be 0 to 25000 connections, for more than 0 seconds")
        }
    }

    func run() async throws {
        let signals = Children.endWithProgram()
        defer { withExtendedLifetime(signals) { Children.shared.endAll() } }
        try raiseLimit()
        let place = BenchPlace(
            folder: try Children.makeFolder(below: FileManager.default.temporaryDirectory.path), cache: "",
            programs: programs ?? BenchPlace.ownFolder, seedService: nil, isQuick: true, products: 0,
            orders: 0)
        let program = try place.program("storefront-server")
        let server = try await BenchServer(
            "storefront-server", log: "\(place.folder)/server.log", variables: place.variables()
        ) { port in [program, "--demo", "--port", String(port)] }
        defer { server.stop() }
        let alone = try await load(server)
        let memory = try server.memory()
        var others = Crowd(port: server.port)
        defer { others.close() }
        for _ in 0..<connections { try others.open("") }
        for _ in 0..<slow {
            try others.open(
                "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
            )
        }
        let beside = try await load(server)
        let grown = try server.memory() - memory
        print("alone: \(words(alone))")
        print("with \(connections) idle and \(slow) slow connections: \(words(beside))")
        print("memory: \(BenchUnit.plain(memory)) MiB, and \(BenchUnit.plain(grown)) more with them")
        let cut = others.cutOff(slow)
        print("slow ones cut off: \(cut) of \(slow)")
        if alone.refused + beside.refused > 0 || cut < slow { throw ExitCode.failure }
    }

    private func load(_ server: BenchServer) async throws -> HTTPLoad.Result {
        let request = HTTPLoad.bytes("GET", "/api/products?per_page=20")
        return try await HTTPLoad(port: server.port, clients: 8) { _, _ in request }.run(seconds: seconds)
    }

    private func words(_ result: HTTPLoad.Result) -> String {
        let tail = Figures(result.milliseconds)?.p99 ?? 0
        return
            "\(Int(result.rate)) lists a second, p99 \(BenchUnit.plain(tail)) ms, \(result.refused) refused"
    }

    /// This program and the server, which inherits it, hold a file for each connection.
    private func raiseLimit() throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let wanted = rlim_t(connections + slow + 500)
        guard limit.rlim_cur < wanted else { return }
        guard limit.rlim_max >= wanted else {
            throw ValidationError(
                "\(wanted) files may not be open here, but \(limit.rlim_max): see ulimit -n")
        }
        limit.rlim_cur = wanted
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

/// Connections to a port of this machine that only ever say one thing.
private struct Crowd {
    let port: Int
    private var descriptors: [Int32] = []

    init(port: Int) { self.port = port }

    mutating func open(_ words: String) throws {
        let descriptor = try Loopback.connection(to: port)
        descriptors.append(descriptor)
        let bytes = Array(words.utf8)
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// How many of the last `count` the other side ends with an answer, or without one, within half a minute each.
    func cutOff(_ count: Int) -> Int {
        descriptors.suffix(count).count { descriptor in
            var buffer = [UInt8](repeating: 0, count: 4_096)
            while true {
                var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&source, 1, 30_000) > 0 else { return false }
                if recv(descriptor, &buffer, buffer.count, 0) <= 0 { return true }
            }
        }
    }

    func close() { for descriptor in descriptors { Foundation.close(descriptor) } }
}
