import ArgumentParser

/// `storefront kiosk`: the shop as one visitor has it, and what its owner does about it.
struct KioskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kiosk", abstract: "The shop for anybody: over SSH, or on a counter.",
        subcommands: [KioskSetup.self, KioskCheck.self])
}
