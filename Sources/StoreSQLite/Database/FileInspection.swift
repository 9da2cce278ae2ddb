import Foundation

/// What can be told of a file before SQLite opens it, without touching it.
enum FileInspection: Equatable {
    case missing
    case directory
    case notSQLite
    /// An SQLite file with these marks in its header.
    case sqlite(applicationID: Int32, version: Int)

    /// - Throws: `POSIXError` when the file is there but cannot be read.
    init(path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw POSIXError.current }
            self = .missing
            return
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw POSIXError.current }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            self = .directory
            return
        }
        var header = [UInt8](repeating: 0, count: 100)
        let length = read(descriptor, &header, header.count)
        guard length >= 0 else { throw POSIXError.current }
        guard length == header.count, header.starts(with: Array("SQLite format 3\0".utf8)) else {
            self = .notSQLite
            return
        }
        func word(_ offset: Int) -> UInt32 { header[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        self = .sqlite(applicationID: Int32(bitPattern: word(68)), version: Int(word(60)))
    }
}
