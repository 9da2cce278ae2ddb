import ArgumentParser
import Foundation

/// A program's manual page and its completions for bash, zsh and fish, where man and the shells look for them.
package struct ManualFiles {
    /// Paths below a directory `share`, and what is in them.
    private let files: [(path: String, text: String)]

    /// - Parameter section: of the manual.
    package init(_ program: (some ParsableCommand).Type, page: String, section: Int) {
        let name = program.configuration.commandName ?? ""
        files = [
            ("man/man\(section)/\(name).\(section)", page),
            ("bash-completion/completions/\(name)", program.completionScript(for: .bash)),
            ("zsh/site-functions/_\(name)", program.completionScript(for: .zsh)),
            ("fish/vendor_completions.d/\(name).fish", program.completionScript(for: .fish)),
        ]
    }

    /// - Parameter wrote: hears the path of each file.
    /// - Throws: `ProgramFailure` with the first that cannot be written.
    package func install(below share: String, wrote: (String) -> Void) throws(ProgramFailure) {
        for (path, text) in files {
            let file = URL(filePath: "\(share)/\(path)")
            do {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file, options: .atomic)
            } catch {
                throw ProgramFailure("\(file.path) cannot be written; --prefix names another place")
            }
            wrote(file.path)
        }
    }
}

/// What the command `manual` of both programs takes.
package struct ManualOptions: ParsableArguments {
    @Flag(help: "Install the page and the completions instead of printing.")
    package var install = false

    @Option(
        help: ArgumentHelp("Install below this directory's share, such as /usr/local.", valueName: "dir"))
    package var prefix: String?

    package init() {}

    package mutating func validate() throws {
        if prefix != nil, !install { throw ValidationError("--prefix is for --install") }
        if prefix?.isEmpty == true { throw ValidationError("--prefix needs a directory") }
    }

    /// The directory below which files go.
    package func share(_ places: Places) -> String { prefix.map { "\($0)/share" } ?? places.share }
}
