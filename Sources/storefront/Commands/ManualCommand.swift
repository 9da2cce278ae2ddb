import ArgumentParser
import Foundation
import ProgramKit

struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page, or install it with the shells' completions.",
        discussion: """
            --install writes the manual page and the completions for bash, zsh and fish where the user's man \
            and shells look for them, below $XDG_DATA_HOME, or below PREFIX/share, and says what it wrote.
            """)

    @Flag(help: "Install the page and the completions instead of printing.")
    var install = false

    @Option(
        help: ArgumentHelp("Install below this directory's share, such as /usr/local.", valueName: "dir"))
    var prefix: String?

    func validate() throws {
        if prefix != nil, !install { throw ValidationError("--prefix is for --install") }
        if prefix?.isEmpty == true { throw ValidationError("--prefix needs a directory") }
    }

    func run() throws {
        let page = try ManualPage.roff()
        guard install else { return Console.write(page) }
        let share = prefix.map { "\($0)/share" } ?? Places.current().share
        let files = [
            ("man/man1/storefront.1", page),
            ("bash-completion/completions/storefront", Storefront.completionScript(for: .bash)),
            ("zsh/site-functions/_storefront", Storefront.completionScript(for: .zsh)),
            ("fish/vendor_completions.d/storefront.fish", Storefront.completionScript(for: .fish)),
        ]
        for (name, text) in files {
            let file = URL(filePath: "\(share)/\(name)")
            do {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file, options: .atomic)
            } catch {
                throw CommandFailure("\(file.path) cannot be written; --prefix names another place")
            }
            Console.line("wrote \(file.path)")
        }
        Console.line("zsh looks there once its fpath has \(share)/zsh/site-functions")
    }
}
