/// The classes of a tax table as a person types them: `standard=20; reduced=10; food=10,4.9@2026-07-01`.
extension TaxTable {
    /// Each class with its rates, those that come later behind the moment from which they count.
    public var text: String {
        classes.map { taxClass in
            let rates = taxClass.rates.map { period in
                period.rate.percentDigits + (period.from.map { "@\($0.rfc3339)" } ?? "")
            }
            return "\(taxClass.id)=\(rates.joined(separator: ","))"
        }.joined(separator: "; ")
    }

    /// Reads what `text` writes; a day stands for its beginning in `zone`. A class that the table before had keeps
    /// its name.
    ///
    /// - Returns: nil for anything else.
    public init?(_ text: String, before: TaxTable, zone: ShopZone?) {
        var classes: [Class] = []
        for part in text.split(separator: ";") {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(\.trimmed)
            guard sides.count == 2, Self.isID(sides[0]),
                let rates = Self.rates(sides[1], zone), rates.first?.from == nil
            else { return nil }
            let id = String(sides[0])
            let name = before.classes.first { $0.id == id }?.name ?? Class.name(of: id)
            classes.append(Class(id: id, name: name, rates: rates))
        }
        guard classes.count <= 20, let table = try? TaxTable(classes: classes) else { return nil }
        self = table
    }

    private static func isID(_ text: Substring) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0.isDigit || $0 == 0x2D }
    }

    /// By time; nil where one is no rate, or no later than the one before it.
    private static func rates(_ text: Substring, _ zone: ShopZone?) -> [Period]? {
        var periods: [Period] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "@", maxSplits: 1).map(\.trimmed)
            guard let first = sides.first, let rate = Rate(percentText: first) else { return nil }
            var from: Timestamp?
            if sides.count > 1 {
                guard let moment = zone?.startOfDay(sides[1]) ?? Timestamp(rfc3339: String(sides[1])) else {
                    return nil
                }
                from = moment
            }
            if let last = periods.last {
                guard let from, last.from.map({ $0 < from }) ?? true else { return nil }
            }
            periods.append(Period(from: from, rate: rate))
        }
        return periods
    }
}
