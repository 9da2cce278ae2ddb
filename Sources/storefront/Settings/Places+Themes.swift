import Glibc
import ProgramKit
import TerminalKit

extension Places {
    var receipts: String { "\(data)/receipts" }

    /// What the terminal says of its background; nil for nothing.
    var background: TerminalBackground? {
        environment["COLORFGBG"].flatMap { TerminalBackground(colorFGBG: $0) }
    }

    /// Where theme files are looked for: the user's own, those beside the program, those of the system.
    var themeDirectories: [String] {
        ["\(directory("XDG_CONFIG_HOME", ".config"))/themes"] + sharedThemeDirectories
    }

    /// Those that are nobody's own.
    var sharedThemeDirectories: [String] { besideProgram + ["/usr/share/storefront/themes"] }

    /// A program in PREFIX/bin has its themes in PREFIX/share; one in .build/release has them in ./themes.
    private var besideProgram: [String] {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return [] }
        let program = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var parts = program.split(separator: "/").dropLast()
        guard let folder = parts.popLast() else { return [] }
        let prefix = "/" + parts.joined(separator: "/")
        if folder == "bin" { return ["\(prefix)/share/storefront/themes"] }
        guard let build = parts.lastIndex(where: { $0.hasPrefix(".build") }) else { return [] }
        return ["/" + parts[..<build].joined(separator: "/") + "/themes"]
    }
}
