/// Takes a value apart into what its coding writes: a text for each path, such as `desk.basket.version`. The case of an
/// enumeration with data stands at the path of the value. Secrets come as dots, as everywhere.
struct StateLeaves {
    struct Leaf: Hashable, Sendable {
        let path: [String]
        let text: String

        var name: String { path.pathText }
    }

    /// In the order in which they are written.
    let all: [Leaf]

    init(of value: some Encodable) {
        let writer = Writer()
        // What a state is made of writes texts, numbers and lists: nothing refuses.
        try? value.encode(to: LeafEncoder(writer, []))
        all = writer.leaves
    }

    fileprivate final class Writer {
        var leaves: [Leaf] = []

        func write(_ text: String, _ path: [String]) { leaves.append(Leaf(path: path, text: text)) }
    }
}

extension [String] {
    fileprivate var pathText: String {
        reduce(into: "") { $0 += $0.isEmpty || $1.hasPrefix("[") ? $1 : ".\($1)" }
    }
}

private struct LeafEncoder: Encoder {
    let writer: StateLeaves.Writer
    let path: [String]
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    init(_ writer: StateLeaves.Writer, _ path: [String]) {
        self.writer = writer
        self.path = path
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Keyed(writer: writer, path: path))
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { Row(writer: writer, path: path) }
    func singleValueContainer() -> any SingleValueEncodingContainer { Single(writer: writer, path: path) }

    /// Writes what has no parts, and goes into the rest.
    static func write(_ value: some Encodable, _ writer: StateLeaves.Writer, _ path: [String]) throws {
        switch value {
        case let text as String: writer.write("\"\(text)\"", path)
        case let flag as Bool: writer.write(flag ? "yes" : "no", path)
        case let number as any BinaryInteger: writer.write("\(number)", path)
        case let number as any BinaryFloatingPoint: writer.write("\(number)", path)
        default: try value.encode(to: LeafEncoder(writer, path))
        }
    }

    private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let writer: StateLeaves.Writer
        let path: [String]
        let codingPath: [any CodingKey] = []

        /// The data of a case have no names of their own.
        private func below(_ key: Key) -> [String] {
            key.stringValue == "_0" ? path : path + [key.stringValue]
        }

        mutating func encodeNil(forKey key: Key) throws { writer.write("nothing", below(key)) }
        mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
            try LeafEncoder.write(value, writer, below(key))
        }
        /// Only cases of enumerations open one.
        mutating func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type, forKey key: Key)
            -> KeyedEncodingContainer<Nested>
        {
            writer.write(key.stringValue, path)
            return KeyedEncodingContainer(Keyed<Nested>(writer: writer, path: below(key)))
        }
        mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            Row(writer: writer, path: below(key))
        }
        mutating func superEncoder() -> any Encoder { LeafEncoder(writer, path) }
        mutating func superEncoder(forKey key: Key) -> any Encoder { LeafEncoder(writer, below(key)) }
    }

    private struct Row: UnkeyedEncodingContainer {
        let writer: StateLeaves.Writer
        let path: [String]
        let codingPath: [any CodingKey] = []
        var count = 0

        init(writer: StateLeaves.Writer, path: [String]) {
            self.writer = writer
            self.path = path
        }

        private mutating func next() -> [String] {
            defer { count += 1 }
            return path + ["[\(count)]"]
        }

        mutating func encodeNil() throws { writer.write("nothing", next()) }
        mutating func encode<Value: Encodable>(_ value: Value) throws {
            try LeafEncoder.write(value, writer, next())
        }
        mutating func nestedContainer<Nested: CodingKey>(keyedBy keyType: Nested.Type)
            -> KeyedEncodingContainer<Nested>
        { KeyedEncodingContainer(Keyed<Nested>(writer: writer, path: next())) }
        mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
            Row(writer: writer, path: next())
        }
        mutating func superEncoder() -> any Encoder { LeafEncoder(writer, next()) }
    }

    private struct Single: SingleValueEncodingContainer {
        let writer: StateLeaves.Writer
        let path: [String]
        let codingPath: [any CodingKey] = []

        mutating func encodeNil() throws { writer.write("nothing", path) }
        mutating func encode<Value: Encodable>(_ value: Value) throws {
            try LeafEncoder.write(value, writer, path)
        }
    }
}
