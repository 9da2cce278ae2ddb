import StoreTesting
import Testing

@testable import storefront

@Suite struct ReadmeSettingsTests {
    /// The README's settings are the table's.
    @Test func readmeListsEverySetting() throws {
        var text = "\n| setting | what | values | default |\n| --- | --- | --- | --- |\n"
        for setting in SettingTable.all where !setting.isHidden {
            let fallback = setting.fallbackText.isEmpty ? "" : "`\(setting.fallbackText)`"
            text +=
                "| `\(setting.key)`, `\(setting.environmentName)` | \(setting.help) | \(setting.allowed) | \(fallback) |\n"
        }
        #expect(try ReadmeBlock.holds(text, as: "settings"), "UPDATE_README=1 swift test writes them anew")
    }
}
