import StoreDomain
import StorefrontCore
import StorefrontTUI

/// Writes values as `TapeCoder` does, with stand-ins for texts that tell of people. Every text is replaced that is not
/// known to tell of goods, of the shop's rules, or to be one of a fixed number of words: what is new is hidden until
/// somebody says that it need not be.
enum MaskingCoder {
    static func text(of value: some Encodable) -> String {
        let slot = Slot()
        do { try MaskingEncoder(slot, type(of: value)).encode(value) } catch { return "null" }
        var text = ""
        slot.write(to: &text)
        return text
    }

    /// The value with stand-ins; nil for one that means nothing with them.
    static func masked<Value: Codable>(_ value: Value) -> Value? {
        TapeCoder.value(Value.self, of: text(of: value))
    }

    /// The texts of these types tell of goods and of how the shop works.
    private static let ofGoods: Set<String> = [
        "Product", "ProductDraft", "ProductPatch", "CategoryCount", "CartLine", "OrderItem", "SaleLine",
        "PricedLine", "Category", "PaymentMethod", "Class", "Period", "TaxTable", "TaxFigure", "Currency",
        "ShopZone", "ScaleLabelFormat", "NumberSeries", "LowStock", "PriceLine", "PriceBatch", "ShopDay",
        "QAItem", "Discount", "Role", "UnknownKey", "DocumentNumber",
    ]
    /// Texts of those types that people have written in their own words.
    private static let ofPeople: Set<String> = [
        "OrderItem.overrideReason", "SaleLine.overrideReason",
    ]
    /// Texts of other types that tell of nobody.
    private static let ofNobody: Set<String> = [
        "AppContext.theme", "AppContext.themes", "AppContext.till", "AppContext.version", "AppContext.commit",
        "AppContext.toolchain", "AppContext.drawerMethods", "ShopPolicy.timeZone", "ShopPolicy.zone",
        "Desk.theme", "Order.till", "Shift.till", "Timestamp.", "Command.", "IdempotencyKey.",
    ]

    /// Whether a text of a value of this type stays as it is.
    ///
    /// - Parameter key: under which it stands there; empty where it is all of the value.
    fileprivate static func keeps(_ owner: Any.Type, _ key: String) -> Bool {
        if key.isEmpty, owner is any RawRepresentable.Type { return true }
        let name = String(describing: owner)
        let text = "\(name).\(key)"
        return !ofPeople.contains(text) && (ofGoods.contains(name) || ofNobody.contains(text))
    }
}

/// A place in what is being written.
private final class Slot {
    enum Content {
        case none
        case plain(String)
        case text(String)
        case list([Slot])
        case table([(key: String, slot: Slot)])
    }

    var content = Content.none

    func next() -> Slot {
        let slot = Slot()
        if case .list(var list) = content {
            content = .none
            list.append(slot)
            content = .list(list)
        } else {
            content = .list([slot])
        }
        return slot
    }

    func at(_ key: String) -> Slot {
        let slot = Slot()
        if case .table(var table) = content {
            if let known = table.first(where: { $0.key == key }) { return known.slot }
            content = .none
            table.append((key, slot))
            content = .table(table)
        } else {
            content = .table([(key, slot)])
        }
        return slot
    }

    func write(to text: inout String) {
        switch content {
        case .none: text += "{}"
        case .plain(let plain): text += plain
        case .text(let string): text += TapeCoder.text(of: string)
        case .list(let list):
            text += "["
            for (index, slot) in list.enumerated() {
                if index > 0 { text += "," }
                slot.write(to: &text)
            }
            text += "]"
        case .table(let table):
            text += "{"
            for (index, entry) in table.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { text += "," }
                text += TapeCoder.text(of: entry.key) + ":"
                entry.slot.write(to: &text)
            }
            text += "}"
        }
    }
}

/// Writes one value into a slot.
private struct MaskingEncoder: Encoder {
    let slot: Slot
    /// Whose value is written, and under which of its keys.
    let owner: Any.Type
    let key: String
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ slot: Slot, _ owner: Any.Type, _ key: String = "") {
        self.slot = slot
        self.owner = owner
        self.key = key
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .table = slot.content {} else { slot.content = .table([]) }
        return KeyedEncodingContainer(Table<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.content = .list([])
        return List(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    func encode(_ value: some Encodable) throws {
        switch value {
        case let text as String:
            slot.content = .text(MaskingCoder.keeps(owner, key) ? text : StandIn.text(of: text))
        case let flag as Bool: slot.content = .plain(flag ? "true" : "false")
        case let number as any FixedWidthInteger: slot.content = .plain("\(number)")
        case let number as Double: slot.content = .plain(TapeCoder.text(of: number))
        case let number as Float: slot.content = .plain(TapeCoder.text(of: number))
        default:
            // Of lists and of what may be missing the owner is whose they are.
            let isPart = value is any Sequence
            try value.encode(
                to: isPart ? MaskingEncoder(slot, owner, key) : MaskingEncoder(slot, type(of: value)))
        }
    }

    private struct Table<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let encoder: MaskingEncoder
        var codingPath: [any CodingKey] { [] }

        private func part(_ key: any CodingKey) -> MaskingEncoder {
            MaskingEncoder(encoder.slot.at(key.stringValue), encoder.owner, key.stringValue)
        }

        func encodeNil(forKey key: Key) { encoder.slot.at(key.stringValue).content = .plain("null") }
        func encode(_ value: some Encodable, forKey key: Key) throws { try part(key).encode(value) }
        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
            -> KeyedEncodingContainer<Nested>
        { part(key).container(keyedBy: type) }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            part(key).unkeyedContainer()
        }
        func superEncoder() -> any Encoder { encoder }
        func superEncoder(forKey key: Key) -> any Encoder { part(key) }
    }

    private struct List: UnkeyedEncodingContainer {
        let encoder: MaskingEncoder
        var codingPath: [any CodingKey] { [] }
        var count: Int { if case .list(let list) = encoder.slot.content { list.count } else { 0 } }

        private func part() -> MaskingEncoder {
            MaskingEncoder(encoder.slot.next(), encoder.owner, encoder.key)
        }

        func encodeNil() { encoder.slot.next().content = .plain("null") }
        func encode(_ value: some Encodable) throws { try part().encode(value) }
        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
            part().container(keyedBy: type)
        }
        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { part().unkeyedContainer() }
        func superEncoder() -> any Encoder { encoder }
    }

    private struct Single: SingleValueEncodingContainer {
        let encoder: MaskingEncoder
        var codingPath: [any CodingKey] { [] }

        func encodeNil() { encoder.slot.content = .plain("null") }
        func encode(_ value: some Encodable) throws {
            // What is all of a value is that value's own.
            try MaskingEncoder(encoder.slot, encoder.owner, encoder.key).encode(value)
        }
    }
}
