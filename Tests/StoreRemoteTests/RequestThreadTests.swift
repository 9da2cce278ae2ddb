import CCurl
import Foundation
import Testing

/// What a request does to the thread that it runs on.
@Suite struct RequestThreadTests {
    @Test(
        "The request's thread leaves the program's signals to others and its own faults to whoever reports them",
        .enabled(if: sf_http_version() != nil, "libcurl.so.4 is missing: apt-get install libcurl4"))
    func signals() async throws {
        let dead = try DeadPort()
        let blocked = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: Self.blockedAfterRequest(to: dead.port)) }
        }
        #expect(blocked.isSuperset(of: [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCHLD, SIGPIPE]))
        #expect(blocked.isDisjoint(with: [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP]))
    }

    /// The signals that this thread blocks once it has asked a port at which nothing listens.
    private static func blockedAfterRequest(to port: UInt16) -> Set<Int32> {
        guard let http = sf_http_make() else { return [] }
        defer { sf_http_free(http) }
        var request = sf_http_request()
        "GET".withCString { method in
            "http://127.0.0.1:\(port)/".withCString { url in
                request.method = method
                request.url = url
                request.deadline_ms = 30_000
                request.maximum_body = 1
                _ = sf_http_perform(http, &request)
            }
        }
        var mask = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &mask)
        return Set((1...31).filter { sigismember(&mask, $0) == 1 })
    }
}
