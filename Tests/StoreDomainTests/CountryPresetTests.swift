import StoreContracts
import StoreDomain
import Testing

/// The countries' rules against a plain list, and one basket in each of them to the cent.
@Suite("Country presets")
struct CountryPresetTests {
    /// In the middle of November 2026.
    private static let now = Timestamp(seconds: 1_794_700_000)

    private static let list = """
        US USD added    after-discount standard=8.5 1 up Sales tax
        DE EUR included after-discount standard=19; reduced=7; zero=0 1 up MwSt.
        AT EUR included after-discount standard=20; reduced=10; reduced-13=13; basic-food=4.9; zero=0 1 up MwSt.
        CH CHF included after-discount standard=8.1; reduced=2.6; lodging=3.8; zero=0 5 up MWST
        FR EUR included after-discount standard=20; intermediate=10; reduced=5.5; super-reduced=2.1; zero=0 1 up TVA
        GB GBP included after-discount standard=20; reduced=5; zero=0 1 up VAT
        NL EUR included after-discount standard=21; reduced=9; zero=0 5 up BTW
        AU AUD included after-discount standard=10; zero=0 5 up GST
        NZ NZD included after-discount standard=15; zero=0 10 down GST
        CA CAD added    after-discount standard=5; zero=0 5 up GST/HST
        SE SEK included after-discount standard=25; reduced=12; food=6; low=6; zero=0 100 up Moms
        DK DKK included after-discount standard=25; zero=0 50 up Moms
        JP JPY included after-discount standard=10; reduced=8; zero=0 1 up Consumption tax
        """

    @Test("Each country's rules of today are those of the list")
    func table() throws {
        let told = try Country.allCases.map { country in
            let policy = try CountryPreset(country).newPolicy()
            let classes = policy.taxes.classes.map { "\($0.id)=\($0.rate(at: Self.now).percentDigits)" }
            let mode = policy.taxMode == .added ? "added   " : "included"
            return [
                country.rawValue, policy.currency.code, mode, policy.taxBase.rawValue,
                classes.joined(separator: "; "), String(policy.cashRounding.step),
                policy.cashRounding.tiesGoDown ? "down" : "up", policy.taxName,
            ].joined(separator: " ")
        }
        #expect(told.joined(separator: "\n") == Self.list)
    }

    /// Three at 19.99 of the standard class, two at 4.49 of the next one, 10 % off all.
    @Test(
        "One basket in each country",
        arguments: [
            (.us, [527], 6732, 6732), (.de, [862, 53], 6205, 6205), (.at, [900, 73], 6205, 6205),
            (.ch, [404, 20], 6205, 6205), (.fr, [900, 73], 6205, 6205), (.gb, [900, 38], 6205, 6205),
            (.nl, [937, 67], 6205, 6205), (.au, [491, 0], 6205, 6205), (.nz, [704, 0], 6205, 6200),
            (.ca, [270, 0], 6475, 6475), (.se, [1079, 87], 6205, 6200), (.dk, [1079, 0], 6205, 6200),
            (.jp, [491, 60], 6205, 6205),
        ] as [(Country, [Int64], Int64, Int64)])
    func basket(country: Country, taxes: [Int64], total: Int64, cash: Int64) throws {
        let preset = CountryPreset(country)
        let policy = try preset.newPolicy()
        func line(_ minor: Int64, _ quantity: Int, _ taxClass: String?) -> SaleLine {
            SaleLine(
                productID: minor, name: "Item", quantity: quantity,
                unitPrice: Money(minorUnits: minor, currency: policy.currency), taxClass: taxClass)
        }
        let sale = PricedSale(
            [line(1999, 3, nil), line(449, 2, preset.taxClasses.dropFirst().first?.id)],
            discount: .byHand(.percent(try #require(Rate(percentText: "10")))), policy: policy, at: Self.now)
        #expect(sale.taxes.map(\.tax.minorUnits) == taxes)
        #expect(sale.total.minorUnits == total)
        #expect(CashDue(sale.total, policy).amount.minorUnits == cash)
    }

    @Test("A rate that the law changes on a day changes at its midnight there")
    func dates() throws {
        func rate(_ country: Country, _ id: String, _ time: String) throws -> String {
            let policy = try CountryPreset(country).newPolicy()
            return try policy.taxes.taxClass(id).rate(at: #require(Timestamp(rfc3339: time))).percentDigits
        }
        #expect(try rate(.at, "basic-food", "2026-06-30T23:59:59+02:00") == "10")
        #expect(try rate(.at, "basic-food", "2026-07-01T00:00:00+02:00") == "4.9")
        #expect(try rate(.se, "food", "2026-03-31T23:59:59+02:00") == "12")
        #expect(try rate(.se, "food", "2026-04-01T00:00:00+02:00") == "6")
        #expect(try rate(.se, "food", "2027-12-31T23:59:59+01:00") == "6")
        #expect(try rate(.se, "food", "2028-01-01T00:00:00+01:00") == "12")
    }

    @Test("A country's zone is one that machines know", arguments: Country.allCases)
    func zone(country: Country) {
        #expect(TestZones().zone(named: CountryPreset(country).timeZone) != nil)
    }

    @Test("What no law says of stays, what was paid for in another currency cannot be")
    func applied() throws {
        var shop = ShopPolicy(shopName: "Corner Shop", currency: .eur, lowStock: 9, receiptFooter: ["Danke"])
        shop.belowZero = .refuse
        let german = try CountryPreset(.de).applied(to: shop)
        #expect(german.shopName == "Corner Shop" && german.lowStock == 9 && german.receiptFooter == ["Danke"])
        #expect(german.belowZero == .refuse && german.taxMode == .included)
        #expect(throws: StoreError.self) { try CountryPreset(.ch).applied(to: shop) }
        // Sales tax is the place's own.
        let place = ShopPolicy(taxes: TaxTable(standardRate: try #require(Rate(percentText: "7.25"))))
        #expect(try CountryPreset(.us).applied(to: place).taxes == place.taxes)
        #expect(CountryPreset(.de).open(in: german).count == 1)
        #expect(throws: StoreError.self) { try Country.named("XX") }
        #expect(try Country.named(" de ") == .de)
    }
}

@Suite("Tax classes as text")
struct TaxTableTextTests {
    private let before = TaxTable.standard

    @Test("What is written is read back, with the classes of every country", arguments: Country.allCases)
    func roundTrip(country: Country) throws {
        let taxes = try CountryPreset(country).newPolicy().taxes
        #expect(TaxTable(taxes.text, before: taxes, zone: .utc) == taxes)
    }

    @Test("A day is its midnight in the shop's zone")
    func days() throws {
        let zone = try #require(TestZones().zone(named: "Europe/Vienna"))
        let taxes = try #require(TaxTable("standard=20; food=10,4.9@2026-07-01", before: before, zone: zone))
        #expect(taxes.taxClass("food").rates.last?.from == Timestamp(rfc3339: "2026-06-30T22:00:00Z"))
        #expect(taxes.classes.map(\.name) == ["Standard", "Food"])
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "standard", "standard=", "standard=x", "=19", "Standard=19", "standard=19;standard=7",
            "standard=19@2026-01-01", "standard=19,7", "standard=19,7@never",
            "standard=19,7@2026-02-01,8@2026-01-01",
        ])
    func refused(text: String) {
        #expect(TaxTable(text, before: before, zone: .utc) == nil)
    }
}

@Suite("Finding customers")
struct CustomerWordsTests {
    @Test(
        "A customer is meant by the beginnings of names, a part of the e-mail, or the number",
        arguments: [
            ("emi", true), ("Émile", true), ("zola emi", true), ("ile", false), ("zola@ex", true),
            ("example", true), ("emile bovary", false), ("#17", true), ("17", true), ("18", false),
        ])
    func means(text: String, isMeant: Bool) throws {
        let words = try CustomerWords(text)
        #expect(words.mean(id: 17, name: "Émile Zola", email: "zola@example.com") == isMeant)
    }

    @Test("Nobody sees a list of all of them", arguments: ["", " ", "a", "é", "#", "a b"])
    func tooShort(text: String) {
        #expect(throws: StoreError.self) { try CustomerWords(text) }
    }
}
