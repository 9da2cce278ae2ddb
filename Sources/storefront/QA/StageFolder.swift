import Foundation
import ProgramKit
import StorefrontTape

/// The stages that a tester keeps: tapes by name, among the program's own files.
struct StageFolder: Sendable {
    private let path: String

    init(_ places: Places) { path = "\(places.data)/stages" }

    /// Their names, sorted.
    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
            .filter { $0.hasSuffix(Self.ending) }.map { String($0.dropLast(Self.ending.count)) }
            .filter(Self.isName).sorted()
    }

    /// - Throws: `CommandFailure` where there is none of this name, with those that there are.
    func tape(of name: String) throws -> String {
        let file = file(of: name)
        guard Self.isName(name), FileStatus.exists(file) else {
            let all = Stage.allCases.map(\.rawValue) + names
            throw CommandFailure("There is no stage \(name); there are \(all.joined(separator: ", "))")
        }
        return file
    }

    /// Keeps a tape under a name.
    ///
    /// - Throws: `CommandFailure` for a name that is none or is taken, and where nothing can be written.
    func save(_ tape: Tape, as name: String) throws {
        guard Self.isName(name) else {
            throw CommandFailure("\(name) is no name for a stage: small letters, digits and -, 40 at most")
        }
        guard Stage(rawValue: name) == nil else {
            throw CommandFailure("\(name) is a stage of the program's own; name another one")
        }
        guard !names.contains(name) else {
            throw CommandFailure("There is a stage \(name) already; storefront qa stage remove takes it away")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure("\(path) cannot be made: \(error.localizedDescription)")
        }
        let new = try OutputFile(file(of: name))
        try new.write(tape.text)
        try new.finish()
    }

    func remove(_ name: String) throws {
        let file = try tape(of: name)
        guard unlink(file) == 0 else {
            throw CommandFailure("\(file) cannot be removed: \(String(cString: strerror(errno)))")
        }
    }

    private static let ending = ".tape"

    private func file(of name: String) -> String { "\(path)/\(name)\(Self.ending)" }

    private static func isName(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
            }
    }
}
