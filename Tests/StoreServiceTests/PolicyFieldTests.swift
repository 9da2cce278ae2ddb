import StoreContracts
import StoreDomain
import Testing

@Suite("The policy's fields")
struct PolicyFieldTests {
    private let now = Timestamp(seconds: 1_000)

    @Test("What a field shows it takes back", arguments: PolicyField.allCases)
    func roundTrip(field: PolicyField) throws {
        let policy = ShopPolicy(
            shopName: "Corner Shop",
            taxes: try #require(
                TaxTable("standard=20; food=10,4.9@2026-07-01", before: .standard, zone: .utc)),
            taxName: "VAT", taxNumberName: "VAT No", taxNumber: "GB1", marksRates: true,
            cashRounding: CashRounding(step: 5, tiesGoDown: true), cashAskAbove: 25,
            belowZero: .refuse, shiftTolerance: Money(minorUnits: 150), timeZone: "Europe/Zurich",
            scaleLabels: ["20IIIIIPPPPPC", "21IIIIIWWWWWC"].compactMap(ScaleLabelFormat.init),
            receiptHeader: ["Main Street 1", "CHE-1"], receiptFooter: ["Thanks"])
        var copy = ShopPolicy()
        try field.set(field.text(in: policy, at: now), in: &copy, at: now, zones: TestZones())
        #expect(field.text(in: copy, at: now) == field.text(in: policy, at: now))
    }

    @Test(
        "What a field does not take is refused under its name",
        arguments: [
            (PolicyField.shopName, ""), (.shopName, String(repeating: "x", count: 61)), (.timeZone, "a b"),
            (.taxClasses, "standard"), (.taxName, ""), (.taxNumberName, String(repeating: "x", count: 21)),
            (.taxNumber, String(repeating: "x", count: 41)), (.belowZero, "never"), (.marksRates, "maybe"),
            (.taxRate, "-1"), (.taxRate, "1001"), (.taxMode, "net"), (.taxBase, "never"), (.cashStep, "0"),
            (.cashTies, "even"), (.cashAskAbove, "1001"), (.lowStock, "-1"), (.pendingMinutes, "1.5"),
            (.graceMinutes, "x"),
            (.shiftTolerance, "-1.00"), (.scaleLabels, "20IIIIIPPPPPC 20"),
            (.receiptHeader, String(repeating: "x", count: 81)),
        ])
    func refused(field: PolicyField, text: String) {
        var policy = ShopPolicy()
        let error = #expect(throws: StoreError.self) {
            try field.set(text, in: &policy, at: now, zones: TestZones())
        }
        guard case .invalid(let problems)? = error else {
            Issue.record("not invalid: \(String(describing: error))")
            return
        }
        #expect(problems.map(\.field) == [field.rawValue])
        #expect(policy == ShopPolicy())
    }

    @Test("A tax rate counts from the moment it is set; what was before keeps the old one")
    func rateOverTime() throws {
        var policy = ShopPolicy()
        try PolicyField.taxRate.set("7.7", in: &policy, at: now, zones: TestZones())
        try PolicyField.taxRate.set("8.1", in: &policy, at: now.advanced(bySeconds: 60), zones: TestZones())
        let rates = [0, 999, 1_000, 1_059, 1_060].map {
            policy.taxes.standardRate(at: Timestamp(seconds: $0)).percentDigits
        }
        #expect(rates == ["8.5", "8.5", "7.7", "7.7", "8.1"])
    }

    @Test("A shop that names no zone keeps the machine's by its name")
    func machinesZone() throws {
        var policy = ShopPolicy(timeZone: "Europe/Zurich")
        try PolicyField.timeZone.set("", in: &policy, at: now, zones: TestZones())
        #expect(policy.timeZone == ShopZone.utcName)
    }

    @Test("Prices that include tax leave no choice of the base")
    func base() throws {
        var policy = ShopPolicy()
        try PolicyField.taxMode.set("included", in: &policy, at: now, zones: TestZones())
        #expect(policy.taxBase == .afterDiscount)
        #expect(throws: StoreError.self) {
            try PolicyField.taxBase.set("before-discount", in: &policy, at: now, zones: TestZones())
        }
    }
}
