import StoreWire
import Synchronization

/// Counts what the server does, for Prometheus.
final class ServerMetrics: Sendable {
    /// Upper bounds of the histogram's buckets, in seconds.
    private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    fileprivate struct Series: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Durations {
        var buckets = [Int](repeating: 0, count: ServerMetrics.bounds.count + 1)
        var sum = 0.0
        var count = 0
    }

    private struct State {
        var requests: [Series: Int] = [:]
        var durations: [String: Durations] = [:]
        var inFlight = 0
    }

    private let state = Mutex(State())
    private let passwordGate: PasswordGate

    init(passwordGate: PasswordGate) { self.passwordGate = passwordGate }

    func began() { state.withLock { $0.inFlight += 1 } }

    /// - Parameters:
    ///   - route: the path's template, so that ids make no series of their own.
    ///   - seconds: how long the answer took.
    func ended(method: String, route: String, status: Int, seconds: Double) {
        state.withLock { state in
            state.inFlight -= 1
            state.requests[Series(method: method, route: route, status: status), default: 0] += 1
            let bucket = ServerMetrics.bounds.firstIndex { seconds <= $0 } ?? ServerMetrics.bounds.count
            state.durations[route, default: Durations()].buckets[bucket] += 1
            state.durations[route, default: Durations()].sum += seconds
            state.durations[route, default: Durations()].count += 1
        }
    }

    /// In Prometheus's text format 0.0.4.
    var prometheusText: String {
        let state = state.withLock { $0 }
        var text = ""
        func head(_ name: String, _ kind: String, _ help: String) {
            text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
        }
        head("storefront_http_requests_total", "counter", "Answers by route and status.")
        for (series, count) in state.requests.sorted(by: { $0.key < $1.key }) {
            text += """
                storefront_http_requests_total{method="\(series.method)",route="\(series.route)",\
                status="\(series.status)"} \(count)\n
                """
        }
        head("storefront_http_request_duration_seconds", "histogram", "Time to the answer by route.")
        for (route, durations) in state.durations.sorted(by: { $0.key < $1.key }) {
            let name = "storefront_http_request_duration_seconds"
            var sum = 0
            for (bound, count) in zip(ServerMetrics.bounds.map { "\($0)" } + ["+Inf"], durations.buckets) {
                sum += count
                text += "\(name)_bucket{route=\"\(route)\",le=\"\(bound)\"} \(sum)\n"
            }
            text += "\(name)_sum{route=\"\(route)\"} \(durations.sum)\n"
            text += "\(name)_count{route=\"\(route)\"} \(durations.count)\n"
        }
        head("storefront_http_requests_in_flight", "gauge", "Requests being answered.")
        text += "storefront_http_requests_in_flight \(state.inFlight)\n"
        head("storefront_passwords_in_progress", "gauge", "Passwords being worked out or waiting for it.")
        text += "storefront_passwords_in_progress \(passwordGate.count)\n"
        return text
    }
}

extension ServerMetrics.Series: Comparable {
    static func < (left: Self, right: Self) -> Bool {
        (left.route, left.method, left.status) < (right.route, right.method, right.status)
    }
}
