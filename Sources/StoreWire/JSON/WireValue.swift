import StoreDomain

/// Something that is read from the contract's JSON.
public protocol WireReadable {
    init(_ json: WireReader) throws(WireProblem)
}

/// Something that the contract writes and reads.
public typealias WireValue = WireReadable & WireWritable

/// A value that is an answer under its own name, alone or in a list.
public protocol WireNamed: WireWritable, WireReadable {
    /// The member of an answer that is one value, such as `shift`.
    static var wireName: StaticString { get }
    /// The member of an answer that is a list, such as `shifts`.
    static var wirePlural: StaticString { get }
}

/// An answer that is one value under its name: `{"shift": {…}}`.
public struct One<Value: WireNamed & Sendable>: WireWritable, WireReadable, Sendable {
    public let value: Value

    public init(_ value: Value) { self.value = value }

    public init(_ json: WireReader) throws(WireProblem) {
        value = try Value(json.member("\(Value.wireName)"))
    }

    public func write(to json: inout JSONWriter) { json.object { $0.member(Value.wireName, value) } }
}

/// An answer that is one value or null under its name.
public struct Perhaps<Value: WireNamed & Sendable>: WireWritable, WireReadable, Sendable {
    public let value: Value?

    public init(_ value: Value?) { self.value = value }

    public init(_ json: WireReader) throws(WireProblem) {
        value = try json.optionalValue("\(Value.wireName)")
    }

    public func write(to json: inout JSONWriter) { json.object { $0.member(Value.wireName, value) } }
}

/// An answer that is a list under the name of its values: `{"shifts": […]}`.
public struct Many<Value: WireNamed & Sendable>: WireWritable, WireReadable, Sendable {
    public let values: [Value]

    public init(_ values: [Value]) { self.values = values }

    public init(_ json: WireReader) throws(WireProblem) {
        values = try json.member("\(Value.wirePlural)").list(Value.init)
    }

    public func write(to json: inout JSONWriter) { json.object { $0.member(Value.wirePlural, values) } }
}

// MARK: - Reading

extension WireReader {
    func value<Value: WireReadable>(_ name: String) throws(WireProblem) -> Value {
        try Value(member(name))
    }

    func optionalValue<Value: WireReadable>(_ name: String) throws(WireProblem) -> Value? {
        guard let json = try optional(name) else { return nil }
        return try Value(json)
    }

    /// None where there is no such member.
    func values<Value: WireReadable>(_ name: String) throws(WireProblem) -> [Value] {
        try optional(name)?.list(Value.init) ?? []
    }

    /// One of the words of an enum.
    func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type = Word.self) throws(WireProblem)
        -> Word where Word.RawValue == String
    {
        guard let word = Word(rawValue: try text()) else {
            let all = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw problem("must be one of \(all)")
        }
        return word
    }

    /// A percentage of 0 to 1,000.
    func rate() throws(WireProblem) -> Rate {
        guard let rate = Rate(percentText: try number()) else { throw problem("must be a percentage") }
        return rate
    }

    func optionalRate(_ name: String) throws(WireProblem) -> Rate? { try optional(name)?.rate() }

    /// What the domain makes of values that were read; what breaks one of its rules is a problem here.
    func checked<Value>(_ make: () throws(StoreError) -> Value) throws(WireProblem) -> Value {
        do throws(StoreError) { return try make() } catch {
            guard case .invalid(let problems) = error, let first = problems.first else {
                throw problem("breaks a rule")
            }
            let place = path.isEmpty ? first.field : "\(path).\(first.field)"
            throw .invalid(path: place, reason: first.reason)
        }
    }
}

// MARK: - Writing

extension JSONWriter {
    /// A percentage, exact up to 6 decimals.
    mutating func member(_ name: StaticString, _ rate: Rate) {
        self.name(name)
        value(JSON.number(rate.percentDigits))
    }

    /// An amount in minor units, with the two decimals that every currency of the contract has.
    mutating func member(_ name: StaticString, minor: Int64) { member(name, Money(minorUnits: minor)) }

    /// null when there is none.
    mutating func member(_ name: StaticString, _ number: Int64?) {
        self.name(name)
        if let number { value(number) } else { null() }
    }

    /// null when there is none.
    mutating func member(_ name: StaticString, _ money: Money?) {
        self.name(name)
        if let money { value(money) } else { null() }
    }

    /// null when there is none.
    mutating func member(_ name: StaticString, _ time: Timestamp?) {
        self.name(name)
        if let time { value(time) } else { null() }
    }

    /// null when there is none.
    mutating func member(_ name: StaticString, _ rate: Rate?) {
        self.name(name)
        if let rate { value(JSON.number(rate.percentDigits)) } else { null() }
    }

    /// null when there is none.
    mutating func member<Value: WireWritable>(_ name: StaticString, _ value: Value?) {
        self.name(name)
        if let value { value.write(to: &self) } else { null() }
    }
}
