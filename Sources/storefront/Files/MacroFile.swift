import Glibc
import StoreDomain
import StorefrontCore
import StorefrontTUI

/// The file of the till's macros. Whoever can write it decides what a key sells, so that only its owner may.
struct MacroFile: Sendable {
    let path: String

    /// So many bytes at most.
    private static let largest = 65_536

    /// What is in the file. A file that cannot be used is a problem of the shelf and plays nothing.
    func shelf(_ currency: Currency, _ keyMap: KeyMap) -> MacroShelf {
        do throws(StoreError) {
            return book(try text() ?? "", currency, keyMap).shelf(of: path)
        } catch { return MacroShelf(problems: [error.message]) }
    }

    /// Adds a macro behind those that are there.
    ///
    /// - Throws: `invalid` for what breaks a rule of theirs, `device` for the file.
    func add(_ macro: TillMacro, _ currency: Currency, _ keyMap: KeyMap) throws(StoreError) -> MacroShelf {
        try change(currency, keyMap) { text, book throws(StoreError) in
            if let problem = book.problem(ofAdding: macro, keyProblem: keyMap.problem(ofMacroKey:)) {
                throw .invalid([problem])
            }
            let added = MacroBook(
                MacroBook.text(of: macro), currency: currency, keyProblem: keyMap.problem(ofMacroKey:))
            if let problem = added.problems.first {
                throw .invalid([FieldProblem("words", "\(problem)")])
            }
            let end = text.isEmpty || text.hasSuffix("\n\n") ? "" : text.hasSuffix("\n") ? "\n" : "\n\n"
            return text + end + MacroBook.text(of: macro)
        }
    }

    /// Takes the macro of that name away, with its lines.
    ///
    /// - Throws: `invalid` where there is none, `device` for the file.
    func remove(_ name: String, _ currency: Currency, _ keyMap: KeyMap) throws(StoreError) -> MacroShelf {
        try change(currency, keyMap) { text, _ throws(StoreError) in
            guard let rest = MacroBook.removing(name, from: text) else {
                throw .invalid([FieldProblem("name", "is that of no macro in \(path)")])
            }
            return rest
        }
    }

    private func book(_ text: String, _ currency: Currency, _ keyMap: KeyMap) -> MacroBook {
        MacroBook(text, currency: currency, keyProblem: keyMap.problem(ofMacroKey:))
    }

    /// Makes the file another one, while no other program does.
    private func change(
        _ currency: Currency, _ keyMap: KeyMap,
        _ body: (String, MacroBook) throws(StoreError) -> String
    ) throws(StoreError) -> MacroShelf {
        let folder = PathParts(target).folder
        try makeFolder(folder)
        let lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0, flock(lock, LOCK_EX) == 0 else { throw failure(folder) }
        defer { close(lock) }
        let before = try text() ?? ""
        let after = try body(before, book(before, currency, keyMap))
        guard after.utf8.count <= Self.largest else {
            throw .device("\(path) would be larger than \(Self.largest) bytes: take a macro away first")
        }
        try replace(with: after)
        return shelf(currency, keyMap)
    }

    /// nil where there is no file.
    private func text() throws(StoreError) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .device("\(path) is no file: move it away") }
        guard status.st_uid == geteuid() else {
            throw .device(
                "\(path) belongs to somebody else, so its macros are not played: chown it to yourself")
        }
        guard status.st_mode & 0o022 == 0 else {
            throw .device("\(path) can be written by others, so its macros are not played: chmod 600 \(path)")
        }
        guard status.st_size <= Self.largest else {
            throw .device("\(path) is larger than \(Self.largest) bytes: that is no file of macros")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes { buffer in
                read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if more == 0 { break }
            if more > 0 { count += more } else if errno != EINTR { throw failure(path) }
        }
        guard let text = String(validating: bytes.prefix(count), as: UTF8.self) else {
            throw .device("\(path) is no text in UTF-8: save it as such")
        }
        return text
    }

    /// The file itself where the path is a link to it.
    private var target: String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private func replace(with text: String) throws(StoreError) {
        let target = target
        let draft = "\(target).\(getpid())-new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                close(descriptor)
                unlink(draft)
                throw failure(path)
            }
        }
        let isSafe = fsync(descriptor) == 0
        close(descriptor)
        guard isSafe, rename(draft, target) == 0 else {
            unlink(draft)
            throw failure(path)
        }
    }

    private func makeFolder(_ folder: String) throws(StoreError) {
        if FileStatus.exists(folder) { return }
        let above = PathParts(folder).folder
        if above != folder { try makeFolder(above) }
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure(folder) }
    }

    private func failure(_ path: String) -> StoreError {
        .device("\(path) cannot be used: \(String(cString: strerror(errno)))")
    }
}
