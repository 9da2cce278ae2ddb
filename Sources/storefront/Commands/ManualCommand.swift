import ArgumentParser
import ProgramKit

struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page, or install it with the shells' completions.",
        discussion: """
            --install writes the manual page and the completions for bash, zsh and fish where the user's man \
            and shells look for them, below $XDG_DATA_HOME, or below PREFIX/share, and says what it wrote.
            """)

    @OptionGroup var manual: ManualOptions

    func run() throws {
        let page = try ManualPage.roff()
        guard manual.install else { return Console.write(page) }
        let share = manual.share(Places.current())
        try ManualFiles(Storefront.self, page: page, section: 1).install(below: share) {
            Console.line("wrote \($0)")
        }
        Console.line("zsh looks there once its fpath has \(share)/zsh/site-functions")
    }
}
