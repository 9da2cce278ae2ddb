/// What becomes of a discount code that there is.
public enum DiscountChange: Hashable, Sendable, Codable {
    /// It counts no longer.
    case end
    /// It counts again, within its days.
    case resume
    case days(ValidDays)
}

extension Discount {
    /// The same code as it is from then on.
    ///
    /// - Throws: `invalid`.
    public func changed(_ change: DiscountChange, in zone: ShopZone) throws(StoreError) -> Discount {
        switch change {
        case .end: try with(from: validFrom, until: validUntil, isActive: false)
        case .resume: try with(from: validFrom, until: validUntil, isActive: true)
        case .days(let days):
            try with(from: days.span(in: zone).from, until: days.span(in: zone).until, isActive: isActive)
        }
    }

    private func with(from: Timestamp?, until: Timestamp?, isActive: Bool) throws(StoreError) -> Discount {
        try Discount(
            code: code, kind: kind, validFrom: from, validUntil: until, minimumSubtotal: minimumSubtotal,
            usageLimit: usageLimit, timesUsed: timesUsed, isActive: isActive)
    }
}
