import Foundation
import ProgramKit
import StoreDomain
import StorefrontTape
import TerminalKit

/// Reads tapes for the commands that play them.
enum TapeFile {
    /// - Throws: `CommandFailure` for a file that cannot be read or is no tape.
    static func read(_ path: String) throws -> Tape {
        var bytes: [UInt8] = []
        try InputFile.read(path) { bytes += $0 }
        do {
            return try Tape(String(decoding: bytes, as: UTF8.self))
        } catch {
            throw CommandFailure("\(path): \(error.description)")
        }
    }

    /// Reads a tape to do anew what was done on it.
    ///
    /// - Throws: `CommandFailure` for what is no tape, and for one whose shop is not here.
    static func readForProof(_ path: String) throws -> Tape {
        let tape = try read(path)
        try requireShop(of: tape.header, named: path)
        return tape
    }

    /// A masked tape was recorded in a shop of somebody's own: in any other one all that it asks for is answered
    /// otherwise.
    ///
    /// - Throws: `CommandFailure` for a masked tape.
    static func requireShop(of header: TapeHeader, named name: String) throws {
        guard header.facts.isMasked == true else { return }
        throw CommandFailure(
            "\(name) was recorded in a shop that is not here, so that nothing on it can be done anew; "
                + "storefront qa play shows it")
    }

    /// - Throws: `CommandFailure` for a tape whose state another build has written.
    static func film(_ tape: Tape) throws -> Film { try film(tape, in: nil) }

    /// - Parameters:
    ///   - theme: in which all of it shows; nil for those of the tape.
    ///   - size: of the screen; nil for those of the tape.
    /// - Throws: `CommandFailure` for a tape whose state another build has written.
    static func film(_ tape: Tape, in theme: String?, size: Size? = nil) throws -> Film {
        do {
            guard let theme else {
                return try Film(
                    tape, zones: TapeZones(tape.header), size: size,
                    themes: tape.header.themes(else: Self.theme))
            }
            return try Film(tape, zones: TapeZones(tape.header), size: size) { _ in
                Self.theme(named: theme)
            }
        } catch {
            throw CommandFailure(error.description)
        }
    }

    /// The tape itself, or those in a folder by name.
    static func paths(in path: String) throws -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return [path] }
        let tapes = names.filter { $0.hasSuffix(".tape") }.sorted().map { "\(path)/\($0)" }
        guard !tapes.isEmpty else { throw CommandFailure("\(path) has no files that end in .tape") }
        return tapes
    }

    /// The names of the themes there are.
    static func themes() -> [String] {
        ThemeCatalog(directories: Places.current().themeDirectories).entries().map(\.name)
    }

    static func theme(named name: String) -> Theme? {
        try? ThemeCatalog(directories: Places.current().themeDirectories).theme(named: name)
    }
}

/// The zones of this machine, seen from the one on which a tape was recorded.
struct TapeZones: ZoneSource {
    let machine: ShopZone

    init(_ header: TapeHeader) {
        machine = SystemZones.shared.zone(named: header.facts.zone) ?? SystemZones.shared.machine
    }

    func zone(named name: String) -> ShopZone? { SystemZones.shared.zone(named: name) }
}
