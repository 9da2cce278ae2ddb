import ArgumentParser

/// `storefront kiosk`: the shop as one visitor has it, and what its owner does about it.
struct KioskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kiosk", abstract: "The shop for anybody: over SSH, or on a counter.",
        discussion: """
            Without a subcommand it is one visitor's session. Its only settings are those of \
            /etc/storefront/kiosk.yaml: nothing of the environment, of .env or of a home counts. What the visitor \
            does is kept in memory and forgotten at the end, but for accounts and orders of a real store.
            """,
        subcommands: [
            KioskSession.self, KioskSetup.self, KioskCheck.self, KioskStatus.self, KioskClose.self,
            KioskOpen.self, KioskEnd.self, KioskSay.self, KioskWatch.self, KioskWipe.self,
            KioskKeyCommand.self,
        ],
        defaultSubcommand: KioskSession.self)
}

/// Where the settings of a kiosk are.
struct KioskOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The settings' file.", valueName: "path"))
    var settings = KioskSettings.path
}
