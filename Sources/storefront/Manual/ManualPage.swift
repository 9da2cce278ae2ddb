import BuildFacts
import ProgramKit
import StorefrontTUI

/// storefront(1), made from the command line, the table of settings and the registry of commands.
enum ManualPage {
    /// - Throws: when ArgumentParser's description of the command line cannot be read.
    static func roff() throws -> String {
        var page = Roff(
            try CommandTree.whole(Storefront.self), section: 1, version: Build.version,
            summary: "a shop in your terminal")
        page.settings(SettingTable.all)
        keys(in: &page)
        closing(in: &page)
        return page.text
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
        page.exitStatus([("128 and more", "A signal of that number above 128 ended the program.")])
    }
}
