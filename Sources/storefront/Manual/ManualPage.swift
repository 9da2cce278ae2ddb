import BuildFacts
import ProgramKit
import StorefrontTUI

/// storefront(1), made from the command line, the table of settings and the registry of commands.
enum ManualPage {
    /// - Throws: when ArgumentParser's description of the command line cannot be read.
    static func roff() throws -> String {
        let tree = try CommandTree.whole()
        var page = Roff(title: tree.commandName, section: 1, version: "\(tree.commandName) \(Build.version)")
        page.heading("Name")
        page.paragraph("\(tree.commandName) - a shop in your terminal")
        page.heading("Synopsis")
        page.paragraph(tree.synopsis(after: ""))
        page.paragraph("\(tree.commandName) subcommand [options]")
        page.heading("Description")
        page.paragraph(tree.discussion ?? "")
        page.heading("Options")
        for argument in tree.ownArguments { page.item(argument.spelling, argument.abstract ?? "") }
        page.item("-h, --help", "Show help; help subcommand shows that of a subcommand.")
        page.item("--version", "Show the version.")
        page.heading("Subcommands")
        for child in tree.children { describe(child, after: tree.commandName, in: &page) }
        page.heading("Settings")
        page.paragraph(
            "Flags count before the environment, the environment before .env in the current directory, that "
                + "before the configuration file, and all before the defaults.")
        for setting in SettingTable.all where !setting.isHidden {
            let fallback = setting.fallbackText.isEmpty ? "" : " Default: \(setting.fallbackText)."
            page.item(
                "\(setting.key), \(setting.environmentName)",
                "\(setting.help): \(setting.allowed).\(fallback)")
        }
        keys(in: &page)
        closing(in: &page)
        return page.text
    }

    private static func describe(_ command: CommandTree, after path: String, in page: inout Roff) {
        if command.children.isEmpty {
            page.subheading(command.synopsis(after: path))
            page.paragraph(command.abstract ?? "")
            if let discussion = command.discussion { page.paragraph(discussion) }
            for argument in command.ownArguments { page.item(argument.spelling, argument.abstract ?? "") }
        }
        for child in command.children { describe(child, after: "\(path) \(command.commandName)", in: &page) }
    }

    private static func keys(in page: inout Roff) {
        page.heading("Keys")
        page.paragraph(
            "The section keys of the configuration file binds others: the name in brackets, and a key, a list of "
                + "keys, or none.")
        for section in HelpText.allSections(keyMap: .standard, ascii: true) {
            page.subheading(section.title)
            for row in section.rows {
                let name = row.name.map { " [\($0)]" } ?? ""
                page.item(row.keys.isEmpty ? "by name" : row.keys, "\(row.title): \(row.help)\(name)")
            }
        }
    }

    private static func closing(in page: inout Roff) {
        page.heading("Files")
        page.item("$XDG_CONFIG_HOME/storefront/config.yaml", "Settings and keys.")
        page.item("$XDG_CONFIG_HOME/storefront/themes", "Themes of one's own.")
        page.item("$XDG_DATA_HOME/storefront/store.db", "The store.")
        page.item(
            "$XDG_STATE_HOME/storefront/state.db",
            "Carts that are under way or left behind, unfinished checkouts, and the e-mail that signed in last."
        )
        page.item(
            "$XDG_STATE_HOME/storefront/crash-*.txt", "Reports of crashes, without anything that was typed.")
        page.heading("Exit status")
        page.item("0", "All went well.")
        page.item("1", "It could not be done; a sentence on standard error says why.")
        page.item("64", "The arguments are wrong.")
        page.item("128 and more", "A signal of that number above 128 ended the program.")
    }
}
