/// The countries' rules as they are in force in 2026.
extension CountryPreset {
    public init(_ country: Country) {
        self =
            switch country {
            case .us: Self.unitedStates
            case .de:
                Self.euro(
                    .de, [.standard("19"), .rated("reduced", "7"), .zero], number: "USt-IdNr.",
                    zone: "Europe/Berlin")
            case .at: Self.austria
            case .ch: Self.switzerland
            case .fr: Self.france
            case .gb: Self.unitedKingdom
            case .nl:
                Self.euro(
                    .nl, [.standard("21"), .rated("reduced", "9"), .zero], rounding: CashRounding(step: 5),
                    name: "BTW", number: "Btw-nummer", zone: "Europe/Amsterdam")
            case .au: Self.australia
            case .nz: Self.newZealand
            case .ca: Self.canada
            case .se: Self.sweden
            case .dk: Self.denmark
            case .jp: Self.japan
            }
    }

    private static let unitedStates = CountryPreset(
        country: .us, currency: .usd, taxMode: .added, taxBase: .afterDiscount, taxClasses: [],
        cashRounding: .none, taxName: "Sales tax", taxNumberName: "Seller\u{2019}s permit", marksRates: false,
        timeZone: "America/New_York",
        advice:
            "Sales tax differs by state, county and city: set tax.rate, and shop.timezone to the shop\u{2019}s"
    )

    // Basic food goes from 10 to 4.9 % at midnight of 1 July 2026 in Vienna.
    private static let austria = euro(
        .at,
        [
            .standard("20"), .rated("reduced", "10"), .rated("reduced-13", "13"),
            .rated("basic-food", "10", then: [("4.9", Timestamp(seconds: 1_782_856_800))]), .zero,
        ], number: "UID", zone: "Europe/Vienna",
        advice: "Shops above the limits of the law need a signing unit for receipts, which this is not")

    private static let switzerland = CountryPreset(
        country: .ch, currency: .chf, taxMode: .included, taxBase: .afterDiscount,
        taxClasses: [.standard("8.1"), .rated("reduced", "2.6"), .rated("lodging", "3.8"), .zero],
        cashRounding: CashRounding(step: 5), taxName: "MWST", taxNumberName: "MWST-Nr.", marksRates: true,
        timeZone: "Europe/Zurich", advice: nil)

    private static let france = euro(
        .fr,
        [
            .standard("20"), .rated("intermediate", "10"), .rated("reduced", "5.5"),
            .rated("super-reduced", "2.1"), .zero,
        ], name: "TVA", number: "N\u{B0} TVA", zone: "Europe/Paris",
        advice: "The law asks for a certified till, or the maker\u{2019}s attestation; this has none")

    private static let unitedKingdom = CountryPreset(
        country: .gb, currency: .gbp, taxMode: .included, taxBase: .afterDiscount,
        taxClasses: [.standard("20"), .rated("reduced", "5"), .zero], cashRounding: .none, taxName: "VAT",
        taxNumberName: "VAT No", marksRates: true, timeZone: "Europe/London", advice: nil)

    private static let australia = CountryPreset(
        country: .au, currency: .aud, taxMode: .included, taxBase: .afterDiscount,
        taxClasses: [.standard("10"), .zero], cashRounding: CashRounding(step: 5), taxName: "GST",
        taxNumberName: "ABN", marksRates: true, timeZone: "Australia/Sydney",
        advice:
            "Paper for 82.50 or more has to say Tax invoice: set receipt.header; and set shop.timezone to the shop\u{2019}s"
    )

    private static let newZealand = CountryPreset(
        country: .nz, currency: .nzd, taxMode: .included, taxBase: .afterDiscount,
        taxClasses: [.standard("15"), .zero], cashRounding: CashRounding(step: 10, tiesGoDown: true),
        taxName: "GST", taxNumberName: "GST No", marksRates: false, timeZone: "Pacific/Auckland", advice: nil)

    private static let canada = CountryPreset(
        country: .ca, currency: .cad, taxMode: .added, taxBase: .afterDiscount,
        taxClasses: [.standard("5"), .zero], cashRounding: CashRounding(step: 5), taxName: "GST/HST",
        taxNumberName: "GST/HST No", marksRates: false, timeZone: "America/Toronto",
        advice:
            "Provinces add their own: set tax.rate to 13 in Ontario, 14 in Nova Scotia, 15 in the other Atlantic provinces, or to GST and PST together; and shop.timezone to the shop\u{2019}s"
    )

    // Food is at 6 % from 1 April 2026 until the end of 2027, by the clocks of Stockholm.
    private static let sweden = CountryPreset(
        country: .se, currency: .sek, taxMode: .included, taxBase: .afterDiscount,
        taxClasses: [
            .standard("25"), .rated("reduced", "12"),
            .rated(
                "food", "12",
                then: [("6", Timestamp(seconds: 1_774_994_400)), ("12", Timestamp(seconds: 1_830_294_000))]),
            .rated("low", "6"), .zero,
        ], cashRounding: CashRounding(step: 100), taxName: "Moms", taxNumberName: "Org.nr", marksRates: false,
        timeZone: "Europe/Stockholm",
        advice: "The law asks for a certified cash register with a control unit, which this is not")

    private static let denmark = CountryPreset(
        country: .dk, currency: .dkk, taxMode: .included, taxBase: .afterDiscount,
        taxClasses: [.standard("25"), .zero], cashRounding: CashRounding(step: 50), taxName: "Moms",
        taxNumberName: "CVR", marksRates: false, timeZone: "Europe/Copenhagen", advice: nil)

    // Lines at the reduced rate have to be told from the others.
    private static let japan = CountryPreset(
        country: .jp, currency: .jpy, taxMode: .included, taxBase: .afterDiscount,
        taxClasses: [.standard("10"), .rated("reduced", "8"), .zero], cashRounding: .none,
        taxName: "Consumption tax", taxNumberName: "Reg. No", marksRates: true, timeZone: "Asia/Tokyo",
        advice: nil)

    /// A country of the euro whose prices include tax.
    private static func euro(
        _ country: Country, _ classes: [TaxTable.Class], rounding: CashRounding = .none,
        name: String = "MwSt.",
        number: String, zone: String, advice: String? = nil
    ) -> CountryPreset {
        CountryPreset(
            country: country, currency: .eur, taxMode: .included, taxBase: .afterDiscount,
            taxClasses: classes,
            cashRounding: rounding, taxName: name, taxNumberName: number, marksRates: true, timeZone: zone,
            advice: advice)
    }
}

extension TaxTable.Class {
    fileprivate static func standard(_ percent: String) -> TaxTable.Class { .rated("standard", percent) }
    fileprivate static var zero: TaxTable.Class { .rated("zero", "0") }

    /// - Parameter later: what the rate becomes, each from a moment on.
    fileprivate static func rated(
        _ id: String, _ percent: String, then later: [(percent: String, from: Timestamp)] = []
    ) -> TaxTable.Class {
        TaxTable.Class(
            id: id, name: name(of: id),
            rates: [TaxTable.Period(rate: Rate(percentText: percent) ?? .zero)]
                + later.map { TaxTable.Period(from: $0.from, rate: Rate(percentText: $0.percent) ?? .zero) })
    }

    /// "Basic food" for `basic-food`.
    static func name(of id: String) -> String {
        let words = id.split(separator: "-").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
