import StoreDomain

/// One setting: what it is called everywhere, what it may be, and what it is for.
package struct Setting<Value: Sendable>: Sendable {
    /// As in the configuration file, with dots between the levels: `tax.rate`.
    package let key: String
    package let help: String
    /// Completes "must be …".
    package let allowed: String
    package let fallback: Value
    package let parse: @Sendable (String) -> Value?
    /// The value as it would be written.
    package let show: @Sendable (Value) -> String
    /// For tests and QA: left out of the manual.
    package let isHidden: Bool
    /// Other names of it in the environment and in `.env`, the first to count first.
    package let alsoNamed: [String]

    package init(
        _ key: String, _ help: String, allowed: String, default fallback: Value, isHidden: Bool = false,
        alsoNamed: [String] = [],
        show: @escaping @Sendable (Value) -> String = { "\($0)" },
        parse: @escaping @Sendable (String) -> Value?
    ) {
        self.key = key
        self.help = help
        self.allowed = allowed
        self.fallback = fallback
        self.parse = parse
        self.show = show
        self.isHidden = isHidden
        self.alsoNamed = alsoNamed
    }
}

/// A setting without its type, as doctor and the manual read it.
package protocol AnySetting: Sendable {
    var key: String { get }
    var help: String { get }
    var allowed: String { get }
    var isHidden: Bool { get }
    var alsoNamed: [String] { get }
    /// Whether its value must not be seen.
    var isSecret: Bool { get }
    var fallbackText: String { get }
    /// The value that a text stands for; nil when it stands for none.
    func value(of text: String) -> (any Sendable)?
}

extension Setting: AnySetting {
    package var isSecret: Bool { Value.self == Secret.self }
    package var fallbackText: String { show(fallback) }
    package func value(of text: String) -> (any Sendable)? { parse(text) }
}

extension AnySetting {
    /// `STOREFRONT_TAX_RATE` for `tax.rate`, `STOREFRONT_ORDERS_PENDING_MINUTES` for
    /// `orders.pendingMinutes`.
    package var environmentName: String {
        var name = "STOREFRONT_"
        for character in key {
            if character.isUppercase { name.append("_") }
            name.append(character == "." ? "_" : Character(character.uppercased()))
        }
        return name
    }
}

extension Setting where Value == Bool {
    package init(_ key: String, _ help: String, default fallback: Bool) {
        self.init(
            key, help, allowed: "on or off", default: fallback, show: { $0 ? "on" : "off" },
            parse: { text in
                switch text.lowercased() {
                case "on", "yes", "true", "1": true
                case "off", "no", "false", "0": false
                default: nil
                }
            })
    }
}

extension Setting where Value == Int {
    package init(
        _ key: String, _ help: String, in range: ClosedRange<Int>, default fallback: Int,
        alsoNamed: [String] = []
    ) {
        self.init(
            key, help, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            default: fallback, alsoNamed: alsoNamed,
            parse: { text in Int(text).flatMap { range.contains($0) ? $0 : nil } })
    }
}

extension Setting where Value == String {
    /// A file or directory; empty for none.
    package static func path(_ key: String, _ help: String, alsoNamed: [String] = []) -> Setting<String> {
        Setting<String>(
            key, help, allowed: "a path", default: "", alsoNamed: alsoNamed, parse: { $0 })
    }
}

/// Words for what a setting may be.
package enum SettingText {
    /// "a, b or c"
    package static func names(_ names: [String]) -> String {
        let last = names.last ?? ""
        return names.count < 2 ? last : "\(names.dropLast().joined(separator: ", ")) or \(last)"
    }
}
