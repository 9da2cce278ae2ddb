import StoreDomain
import StoreWire

/// The values of the contract, read from anything.
enum FuzzedWire {
    private typealias Reading = @Sendable (WireReader) throws -> [UInt8]

    private static let readings: [Reading] = [
        reading(Product.self), reading(Order.self), reading(Refund.self), reading(Discount.self),
        reading(Cart.self),
        reading(GiftCardHistory.self), reading(Approval.self), reading(ParkedSale.self), reading(Shift.self),
        reading(ShiftReport.self), reading(JournalRecord.self), reading(PolicyVersion.self),
        reading(Role.self),
        reading(User.self), reading(PricedSale.self), reading(LooseReturn.self), reading(PriceBatch.self),
        reading(StockExplanation.self), reading(PaymentRequest.self), reading(PolicyChangeBody.self),
        reading(RoleChangeBody.self), reading(ShiftClosingBody.self), reading(CountBody.self),
        reading(ParkingBody.self),
    ]

    /// - Throws: `FuzzFinding` when a value that was read cannot be written and read again.
    static func read(_ bytes: [UInt8]) throws {
        guard let json = try? JSONParser.parse(bytes) else { return }
        for (reader, readings) in readers(json) {
            for reading in readings {
                guard let written = try? reading(reader) else { continue }
                guard let again = try? JSONParser.parse(written),
                    let twice = try? reading(WireReader(again, currency: .usd, from: .server)),
                    twice == written
                else {
                    throw FuzzFinding(
                        "what was read is written as another: \(String(decoding: written, as: UTF8.self))")
                }
            }
        }
    }

    /// As it is, and of a list each element, where it is an answer with one.
    private static func readers(_ json: JSON) -> [(WireReader, [Reading])] {
        var values = [json]
        if case .object(let members) = json {
            for member in members {
                values.append(member.value)
                if case .array(let elements) = member.value { values += elements.prefix(2) }
            }
        }
        return values.prefix(8).flatMap { value in
            [WireReader.Source.server, .client].map {
                (WireReader(value, currency: .usd, from: $0), readings)
            }
        }
    }

    private static func reading<Value: WireReadable & WireWritable & SendableMetatype>(_ type: Value.Type)
        -> Reading
    {
        { reader in
            let value = try Value(reader)
            return JSONWriter.bytes { value.write(to: &$0) }
        }
    }
}
