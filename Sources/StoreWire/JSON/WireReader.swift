import StoreDomain

/// A place in a JSON answer or request, read with the contract's tolerance: unknown members are passed over,
/// whatever else is wrong is one `WireProblem` that names the place.
public struct WireReader: Sendable {
    /// Who wrote it, and with it how much is forgiven.
    public enum Source: Sendable {
        /// Another server: numbers may be text, in money and elsewhere.
        case server
        /// A client: types are as the contract says.
        case client
    }

    let json: JSON
    let path: String
    /// The currency of the shop, which amounts do not name.
    let currency: Currency
    let source: Source

    public init(_ json: JSON, currency: Currency, from source: Source) {
        self.init(json: json, path: "", currency: currency, source: source)
    }

    private init(json: JSON, path: String, currency: Currency, source: Source) {
        self.json = json
        self.path = path
        self.currency = currency
        self.source = source
    }

    func problem(_ reason: String) -> WireProblem { .invalid(path: path, reason: reason) }

    // MARK: Members

    /// The value of a member; nil when it is missing or null.
    ///
    /// - Throws: when this is no object.
    public func optional(_ name: String) throws(WireProblem) -> WireReader? {
        guard case .object(let members) = json else {
            throw problem("must be an object, not \(json.kind)")
        }
        guard let member = members.last(where: { $0.name == name }) else { return nil }
        if case .null = member.value { return nil }
        return WireReader(
            json: member.value, path: path.isEmpty ? name : "\(path).\(name)", currency: currency,
            source: source)
    }

    public func member(_ name: String) throws(WireProblem) -> WireReader {
        guard let reader = try optional(name) else {
            throw .invalid(path: path.isEmpty ? name : "\(path).\(name)", reason: "is missing")
        }
        return reader
    }

    /// - Throws: `missing` when any of these is not there, null or an empty text.
    func require(_ names: [String]) throws(WireProblem) {
        var absent: [String] = []
        for name in names {
            if let reader = try optional(name) {
                if case .string("") = reader.json { absent.append(name) }
            } else {
                absent.append(name)
            }
        }
        guard absent.isEmpty else { throw .missing(absent, of: names) }
    }

    // MARK: Values

    public func text() throws(WireProblem) -> String {
        guard case .string(let text) = json else { throw problem("must be a text, not \(json.kind)") }
        return text
    }

    public func integer(in range: ClosedRange<Int64> = .min ... .max) throws(WireProblem) -> Int64 {
        let digits = try number()
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.dropFirst().allSatisfy({ $0.allSatisfy { $0 == "0" } }),
            let value = Int64(whole)
        else { throw problem("must be a whole number") }
        guard range.contains(value) else { throw problem("is out of range") }
        return value
    }

    public func int(in range: ClosedRange<Int> = .min ... .max) throws(WireProblem) -> Int {
        Int(try integer(in: Int64(range.lowerBound)...Int64(range.upperBound)))
    }

    /// Rounded to the minor unit, half away from zero.
    public func money() throws(WireProblem) -> Money {
        guard let money = Money(rounding: try number(), currency: currency) else {
            throw problem("must be an amount")
        }
        // Far beyond any sum of a shop; sums of such amounts still fit.
        guard money.minorUnits.magnitude <= 1_000_000_000_000_000_000 else {
            throw problem("is out of range")
        }
        return money
    }

    public func time() throws(WireProblem) -> Timestamp {
        guard let time = WireDate.parse(try text()) else { throw problem("must be a time") }
        return time
    }

    public func flag() throws(WireProblem) -> Bool {
        guard case .bool(let flag) = json else { throw problem("must be true or false, not \(json.kind)") }
        return flag
    }

    /// One value of each element.
    public func list<Element>(_ read: (WireReader) throws(WireProblem) -> Element) throws(WireProblem)
        -> [Element]
    {
        guard case .array(let elements) = json else { throw problem("must be a list, not \(json.kind)") }
        var values: [Element] = []
        values.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            values.append(
                try read(
                    WireReader(
                        json: element, path: "\(path)[\(index)]", currency: currency, source: source)))
        }
        return values
    }

    /// The digits of a number.
    func number() throws(WireProblem) -> String {
        switch (json, source) {
        case (.number(let digits), _): digits
        case (.string(let text), .server): text.trimmedText
        case (.string, .client), (.bool, _), (.null, _), (.array, _), (.object, _):
            throw problem("must be a number, not \(json.kind)")
        }
    }
}

// MARK: - Members that may be missing

extension WireReader {
    func optionalText(_ name: String) throws(WireProblem) -> String? { try optional(name)?.text() }

    func optionalTime(_ name: String) throws(WireProblem) -> Timestamp? { try optional(name)?.time() }

    func optionalMoney(_ name: String) throws(WireProblem) -> Money? { try optional(name)?.money() }
}
