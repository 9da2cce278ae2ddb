/// Arguments as libpq takes them.
struct PostgresArguments {
    /// All of them in a row, texts with a NUL behind.
    private var bytes: [UInt8] = []
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ values: [(any PostgresWritable)?]) {
        for value in values {
            switch value?.postgresValue ?? .null {
            case .null: append(nil, isBinary: false)
            case .text(let text): append(Array(text.utf8), isBinary: false)
            case .bytes(let content): append(content, isBinary: true)
            }
        }
    }

    private mutating func append(_ content: [UInt8]?, isBinary: Bool) {
        starts.append(content == nil ? nil : bytes.count)
        lengths.append(Int32(content?.count ?? 0))
        formats.append(isBinary ? 1 : 0)
        if let content { bytes += content + [0] }
    }

    var count: Int32 { Int32(starts.count) }

    func with<T>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) throws -> T
    ) rethrows -> T {
        try bytes.withUnsafeBytes { bytes in
            let start = bytes.bindMemory(to: CChar.self).baseAddress
            let pointers = starts.map { offset -> UnsafePointer<CChar>? in
                guard let offset, let start else { return nil }
                return start + offset
            }
            return try pointers.withUnsafeBufferPointer { pointers in
                try lengths.withUnsafeBufferPointer { lengths in
                    try formats.withUnsafeBufferPointer { formats in
                        try body(pointers.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}
