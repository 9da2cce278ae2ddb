/// The sign, code or name of a currency, before or behind an amount.
enum CurrencySign {
    enum Taken {
        case number(String)
        /// Written in another currency: its sign or code.
        case other(String)
    }

    /// The number in `text`, without what stands for `currency`.
    static func taken(from text: String, of currency: Currency) -> Taken {
        // As nearly all of a file's amounts are.
        if text.utf8.allSatisfy({ $0.isDigit || (0x2C...0x2E).contains($0) }) { return .number(text) }
        var rest = Substring(text).trimmed
        // A minus may stand before the sign or behind it: -$5, $-5.
        var sign = ""
        if let first = rest.unicodeScalars.first, TypedNumber.minus.contains(first) {
            sign = "-"
            rest = Substring(rest.unicodeScalars.dropFirst()).trimmed
        }
        let longestFirst = currency.spellings.sorted { $0.count > $1.count }
        let folded = rest.lowercased()
        if let name = longestFirst.first(where: { folded.hasPrefix($0.lowercased()) }) {
            rest = rest.dropFirst(name.count).trimmed
        }
        let tail = rest.lowercased()
        if let name = longestFirst.first(where: { tail.hasSuffix($0.lowercased()) }) {
            rest = rest.dropLast(name.count).trimmed
        }
        return otherSign(in: rest, than: currency).map(Taken.other) ?? .number(sign + rest)
    }

    /// The sign, code or name of another currency around a number.
    private static func otherSign(in text: Substring, than own: Currency) -> String? {
        guard let first = text.firstIndex(where: isDigit), let last = text.lastIndex(where: isDigit) else {
            return nil
        }
        let around = [text[..<first], text[text.index(after: last)...]]
        func isSpelling(_ name: Substring, of currency: Currency) -> Bool {
            currency.spellings.contains { $0.lowercased() == name.lowercased() }
        }
        return around.lazy.map { $0.trimmed.trimmed(of: "-+.,") }.first { name in
            guard !isSpelling(name, of: own) else { return false }
            return name.unicodeScalars.contains { $0.properties.generalCategory == .currencySymbol }
                || name.count == 3 && name.allSatisfy { $0.isASCII && $0.isUppercase }
                || Currency.all.contains { isSpelling(name, of: $0) }
        }.map(String.init)
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}

extension Substring {
    fileprivate func trimmed(of characters: String) -> Substring {
        var rest = self
        while let first = rest.first, characters.contains(first) { rest = rest.dropFirst() }
        while let last = rest.last, characters.contains(last) { rest = rest.dropLast() }
        return rest.trimmed
    }
}
