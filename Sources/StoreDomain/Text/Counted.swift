/// Numbers and what they count, as people read them.
extension Int {
    /// With commas between thousands: `1,234`.
    public var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (self < 0 ? "-" : "") + text
    }

    /// The number with the word for what it counts: "1 piece", "1,234 pieces".
    ///
    /// - Parameter plural: where the word takes more than an s.
    public func counted(_ word: String, plural: String? = nil) -> String {
        "\(grouped) \(self == 1 ? word : plural ?? word + "s")"
    }
}
