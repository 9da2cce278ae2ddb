// What the manual pages of both programs have: the command line and the table of settings.
extension Roff {
    /// - Parameters:
    ///   - tree: the program.
    ///   - section: of the manual: 1 for what people run, 8 for what their machines do.
    package init(_ tree: CommandTree, section: Int, version: String, summary: String) {
        self.init(title: tree.commandName, section: section, version: "\(tree.commandName) \(version)")
        heading("Name")
        paragraph("\(tree.commandName) - \(summary)")
        heading("Synopsis")
        paragraph(tree.synopsis(after: ""))
        paragraph("\(tree.commandName) subcommand [options]")
        heading("Description")
        paragraph(tree.discussion ?? "")
        heading("Options")
        for argument in tree.ownArguments { item(argument.spelling, argument.abstract ?? "") }
        item("-h, --help", "Show help; help subcommand shows that of a subcommand.")
        item("--version", "Show the version.")
        heading("Subcommands")
        for child in tree.children { describe(child, after: tree.commandName) }
    }

    private mutating func describe(_ command: CommandTree, after path: String) {
        if command.children.isEmpty {
            subheading(command.synopsis(after: path))
            paragraph(command.abstract ?? "")
            if let discussion = command.discussion { paragraph(discussion) }
            for argument in command.ownArguments { item(argument.spelling, argument.abstract ?? "") }
        }
        for child in command.children { describe(child, after: "\(path) \(command.commandName)") }
    }

    package mutating func settings(_ table: [any AnySetting]) {
        heading("Settings")
        paragraph(
            "Flags count before the environment, the environment before .env in the current directory, that "
                + "before the configuration file, and all before the defaults.")
        for setting in table where !setting.isHidden {
            let fallback = setting.fallbackText.isEmpty ? "" : " Default: \(setting.fallbackText)."
            let names = [setting.key, setting.environmentName] + setting.alsoNamed
            item(names.joined(separator: ", "), "\(setting.help): \(setting.allowed).\(fallback)")
        }
    }

    package mutating func exitStatus(_ more: [(String, String)] = []) {
        heading("Exit status")
        item("0", "All went well.")
        item("1", "It could not be done; a sentence on standard error says why.")
        item("64", "The arguments are wrong.")
        for (term, words) in more { item(term, words) }
    }
}
