import ArgumentParser

/// Where a kiosk's sshd listens: a port, of every address of the host or of one.
struct ListenAddress: Hashable, Sendable, ExpressibleByArgument, CustomStringConvertible {
    /// An IPv4 address, or an IPv6 address without its brackets; nil for all.
    let address: String?
    let port: UInt16

    /// A port of every address.
    init(port: UInt16) { (address, self.port) = (nil, port) }

    /// - Parameter text: `PORT`, `ADDRESS:PORT` or `[IPV6]:PORT`; nil for anything else, and for names, which
    ///   could mean another address tomorrow.
    init?(argument text: String) {
        let host: Substring
        let digits: Substring
        if text.hasPrefix("["), let end = text.range(of: "]:") {
            host = text[text.index(after: text.startIndex)..<end.lowerBound]
            digits = text[end.upperBound...]
            guard host.contains(":") else { return nil }
        } else if let colon = text.lastIndex(of: ":") {
            host = text[..<colon]
            digits = text[text.index(after: colon)...]
            guard !host.contains(":"), !host.isEmpty else { return nil }
        } else {
            (host, digits) = ("", text[...])
        }
        guard let port = UInt16(digits), port > 0, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return nil
        }
        guard host.isEmpty || IPAddress(String(host)) != nil else { return nil }
        address = host.isEmpty ? nil : String(host)
        self.port = port
    }

    /// As sshd's `ListenAddress` and systemd's `ListenStream` take it; nil for every address.
    var bound: String? {
        address.map { $0.contains(":") ? "[\($0)]:\(port)" : "\($0):\(port)" }
    }

    var description: String { bound ?? "\(port)" }

    /// The address at which the host itself reaches the kiosk.
    var localHost: String {
        switch address {
        case nil, "0.0.0.0": "127.0.0.1"
        case "::": "::1"
        case .some(let address): address
        }
    }
}
