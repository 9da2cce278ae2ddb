import StoreDomain

/// Where a server of the contract is: scheme, host, port, and what stands before `/api`.
public struct ServerAddress: Hashable, Sendable {
    /// `https://shop.example.com:8443`, lower case, the usual port left out.
    public let origin: String
    /// Empty, or begins with `/` and does not end with one.
    public let prefix: String
    /// As the header shows it: host and, unless it is the usual one, port.
    public let host: String

    /// The same text for the same server: whose cart and token something is.
    public var text: String { origin + prefix }

    /// Reads `http://` and `https://` addresses; without a scheme, `http` for this machine, else `https`.
    ///
    /// - Throws: `invalid` for anything else, for a user or password in it, and for a query.
    public init(_ text: String) throws(StoreError) {
        var rest = text.trimmedText[...]
        var scheme: String?
        if let mark = rest.range(of: "://") {
            scheme = rest[..<mark.lowerBound].lowercased()
            rest = rest[mark.upperBound...]
        }
        let authority = rest.prefix { $0 != "/" }
        var path = rest.dropFirst(authority.count)
        while path.hasSuffix("/") { path = path.dropLast() }
        guard let (name, port) = Self.split(authority),
            scheme == nil || scheme == "http" || scheme == "https",
            text.utf8.count <= 2000, path.utf8.allSatisfy({ Self.pathBytes.contains($0) })
        else {
            throw .invalid([
                FieldProblem("remote", "must be an address such as https://shop.example.com")
            ])
        }
        let isLoopback = name == "localhost" || name == "[::1]" || name.hasPrefix("127.")
        let used = scheme ?? (isLoopback ? "http" : "https")
        let isUsualPort = port == nil || port == (used == "http" ? 80 : 443)
        host = isUsualPort ? name : "\(name):\(port ?? 0)"
        origin = "\(used)://\(host)"
        prefix = String(path)
    }

    private static let pathBytes = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-._~%".utf8)
    private static let nameBytes = Set("abcdefghijklmnopqrstuvwxyz0123456789-._".utf8)

    private static func split(_ authority: Substring) -> (name: String, port: Int?)? {
        let lower = authority.lowercased()
        var name = lower[...]
        var port: Int?
        if let colon = lower.lastIndex(of: ":"), !lower[colon...].contains("]") {
            guard let number = Int(lower[lower.index(after: colon)...]), (1...65_535).contains(number) else {
                return nil
            }
            port = number
            name = lower[..<colon]
        }
        if name.hasPrefix("["), name.hasSuffix("]") {
            let inner = name.dropFirst().dropLast()
            guard inner.contains(":"), inner.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
                return nil
            }
        } else {
            guard !name.isEmpty, name.utf8.allSatisfy({ nameBytes.contains($0) }) else { return nil }
        }
        return (String(name), port)
    }

    /// Where a redirect leads, when that is the same path with or without its last slash on this server.
    ///
    /// - Parameter target: path and query of the request as they were sent, the prefix included.
    func redirect(of target: String, to location: String) -> String? {
        let moved: Substring
        if location.hasPrefix("/"), !location.hasPrefix("//") {
            moved = location[...]
        } else {
            guard location.lowercased().hasPrefix(origin),
                location.dropFirst(origin.count).first == "/"
            else { return nil }
            moved = location.dropFirst(origin.count)
        }
        func bare(_ target: some StringProtocol) -> String {
            var path = target.prefix { $0 != "?" }
            while path.hasSuffix("/") { path = path.dropLast() }
            return String(path)
        }
        return moved != target[...] && bare(moved) == bare(target) ? String(moved) : nil
    }
}

extension Substring {
    /// The first place at which `text` stands.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
