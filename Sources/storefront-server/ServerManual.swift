import ArgumentParser
import BuildFacts
import ProgramKit

/// `storefront-server manual`: storefront-server(8), made from the command line and the table of settings.
struct ServerManual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page, or install it with the shells' completions.")

    @OptionGroup var manual: ManualOptions

    func run() throws {
        let page = try Self.page()
        guard manual.install else { return ServerConsole.line(page) }
        try ManualFiles(StorefrontServer.self, page: page, section: 8).install(
            below: manual.share(.current())
        ) {
            ServerConsole.line("wrote \($0)")
        }
    }

    private static func page() throws -> String {
        var page = Roff(
            try CommandTree.whole(StorefrontServer.self), section: 8, version: Build.version,
            summary: "the REST API of a shop")
        page.settings(ServerTable.all)
        page.heading("Files")
        page.item("/etc/storefront/server.env", "Settings and secrets of the systemd units.")
        page.item("$XDG_CONFIG_HOME/storefront/config.yaml", "Settings.")
        page.item("$XDG_DATA_HOME/storefront/store.db", "The store, where no other is named.")
        page.exitStatus()
        return page.text
    }
}
