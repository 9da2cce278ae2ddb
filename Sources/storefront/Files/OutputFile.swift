import Glibc

/// Writes a new file whole or not at all; the name is free, and stays so when anything fails.
final class OutputFile {
    private let path: String
    private let draftPath: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var isFinished = false

    /// - Throws: `CommandFailure` when there is a file of that name already, or none can be made.
    init(_ path: String) throws {
        guard access(path, F_OK) != 0 else {
            throw CommandFailure("\(path) exists already; name another file or take it away first")
        }
        self.path = path
        draftPath = "\(path).\(getpid())-new"
        descriptor = open(draftPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CommandFailure("\(path) cannot be made: \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(draftPath) }
    }

    func write(_ text: String) throws { try write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 18 { try flush() }
    }

    /// Puts the whole file in its place.
    func finish() throws {
        try flush()
        // A link, unlike a rename, never takes the place of a file; not every file system has links.
        guard fsync(descriptor) == 0,
            link(draftPath, path) == 0 || (errno != EEXIST && rename(draftPath, path) == 0)
        else { throw failure }
        unlink(draftPath)
        isFinished = true
    }

    private func flush() throws {
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw failure }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private var failure: CommandFailure {
        CommandFailure("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}
