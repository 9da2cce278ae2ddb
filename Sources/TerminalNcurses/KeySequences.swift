/// What the terminal sends for its keys, by its description: finds them among bytes.
struct KeySequences {
    enum Match: Hashable {
        /// No key begins so.
        case none
        /// A key by ncurses' name, and how many bytes were sent for it.
        case key(String, length: Int)
        /// More may follow; `so far` is the key that it is without.
        case unfinished(soFar: KeyEnd?)
    }

    struct KeyEnd: Hashable {
        let name: String
        let length: Int
    }

    private struct Node {
        var next: [UInt8: Int] = [:]
        var name: String?
    }

    private var nodes = [Node()]
    /// The bytes with which keys begin: most bytes are none of them.
    private var begins = [Bool](repeating: false, count: 256)

    /// - Parameter keys: what is sent for each name; the first of equal ones counts.
    init(_ keys: [(bytes: [UInt8], name: String)]) {
        for (bytes, name) in keys where !bytes.isEmpty {
            begins[Int(bytes[0])] = true
            var node = 0
            for byte in bytes {
                if let next = nodes[node].next[byte] {
                    node = next
                } else {
                    nodes.append(Node())
                    nodes[node].next[byte] = nodes.count - 1
                    node = nodes.count - 1
                }
            }
            if nodes[node].name == nil { nodes[node].name = name }
        }
    }

    /// The longest key with which the bytes begin.
    func match(_ bytes: ArraySlice<UInt8>) -> Match {
        guard let first = bytes.first, begins[Int(first)] else { return .none }
        var node = 0
        var found: KeyEnd?
        for (length, byte) in zip(1..., bytes) {
            guard let next = nodes[node].next[byte] else { return Self.match(found) }
            node = next
            if let name = nodes[node].name { found = KeyEnd(name: name, length: length) }
            if nodes[node].next.isEmpty { return Self.match(found) }
        }
        return .unfinished(soFar: found)
    }

    private static func match(_ found: KeyEnd?) -> Match {
        found.map { .key($0.name, length: $0.length) } ?? .none
    }
}
