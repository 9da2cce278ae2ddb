import StoreDomain
import StoreWire

/// What `--json` prints of a value that the API knows: the same JSON.
enum WireText {
    static func line(_ value: some WireWritable) -> String {
        String(decoding: JSONWriter.bytes { value.write(to: &$0) }, as: UTF8.self) + "\n"
    }

    /// `{"shifts": […], "count": 2}`
    static func list(_ name: String, _ values: [some WireWritable]) -> String {
        let bytes = JSONWriter.bytes { json in
            json.object { json in
                json.name(name)
                json.list(values) { $1.write(to: &$0) }
                json.name("count")
                json.value(Int64(values.count))
            }
        }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }
}
