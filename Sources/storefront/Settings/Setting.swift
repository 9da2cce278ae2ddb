/// One setting: what it is called everywhere, what it may be, and what it is for.
struct Setting<Value: Sendable>: Sendable {
    /// As in the configuration file, with dots between the levels: `tax.rate`.
    let key: String
    let help: String
    /// Completes "must be …".
    let allowed: String
    let fallback: Value
    let parse: @Sendable (String) -> Value?
    /// The value as it would be written.
    let show: @Sendable (Value) -> String
    /// For tests and QA: left out of the manual.
    let isHidden: Bool

    init(
        _ key: String, _ help: String, allowed: String, default fallback: Value, isHidden: Bool = false,
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
    }
}

/// A setting without its type, as doctor and the manual read it.
protocol AnySetting: Sendable {
    var key: String { get }
    var help: String { get }
    var allowed: String { get }
    var isHidden: Bool { get }
    var fallbackText: String { get }
    /// The value that a text stands for; nil when it stands for none.
    func value(of text: String) -> (any Sendable)?
}

extension Setting: AnySetting {
    var fallbackText: String { show(fallback) }
    func value(of text: String) -> (any Sendable)? { parse(text) }
}

extension AnySetting {
    /// `STOREFRONT_TAX_RATE` for `tax.rate`, `STOREFRONT_ORDERS_PENDING_MINUTES` for
    /// `orders.pendingMinutes`.
    var environmentName: String {
        var name = "STOREFRONT_"
        for character in key {
            if character.isUppercase { name.append("_") }
            name.append(character == "." ? "_" : Character(character.uppercased()))
        }
        return name
    }
}

extension Setting where Value == Bool {
    init(_ key: String, _ help: String, default fallback: Bool) {
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
    init(_ key: String, _ help: String, in range: ClosedRange<Int>, default fallback: Int) {
        self.init(
            key, help, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            default: fallback,
            parse: { text in Int(text).flatMap { range.contains($0) ? $0 : nil } })
    }
}
