import StoreContracts
import StoreDomain
import Testing

@Suite("Money is exact")
struct MoneyTests {
    @Test(
        "Other programs' text is rounded half away from zero",
        arguments: [
            ("29.990000000000002", 2999), ("4.245", 425), ("4.2449999", 424), ("-4.245", -425),
            ("-0.005", -1),
            ("0.005", 1), ("0.0049", 0), ("1e-3", 0), ("2.999e1", 2999), ("92233720368547758.071", Int64.max),
        ])
    func rounds(text: String, minor: Int64) {
        #expect(Money(rounding: text)?.minorUnits == minor)
        #expect(Money(rounding: "92233720368547758.075") == nil)
        #expect(Money(rounding: "1,234.50") == nil)
    }

    @Test(
        "Amounts read as people write them",
        arguments: [
            (123_450, "1234.50", "$1,234.50"), (-5, "-0.05", "-$0.05"), (0, "0.00", "$0.00"),
            (100_000_000, "1000000.00", "$1,000,000.00"), (99_999, "999.99", "$999.99"),
            (Int64.min, "-92233720368547758.08", "-$92,233,720,368,547,758.08"),
        ])
    func writes(minor: Int64, decimal: String, display: String) {
        let money = Money(minorUnits: minor)
        #expect(money.decimalText == decimal)
        #expect(money.displayText == display)
    }

    @Test("Whatever is written is read back as it was", arguments: [0x4D6F_6E65_79] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<10_000 {
            let shift = Int64.random(in: 0...62, using: &random)
            let minor = Int64.random(in: .min ... .max, using: &random) >> shift
            for currency in Currency.all {
                let money = Money(minorUnits: minor, currency: currency)
                #expect(try Money(typed: money.decimalText, currency: currency) == money)
                #expect(try Money(typed: money.displayText, currency: currency) == money)
                #expect(Money(rounding: money.decimalText, currency: currency) == money)
            }
        }
    }

    @Test("Sums and differences are those of the minor units")
    func arithmetic() {
        let (left, right) = (Money(minorUnits: 250), Money(minorUnits: 99))
        #expect((left + right).minorUnits == 349)
        #expect((right - left).minorUnits == -151)
        #expect((right * 3).minorUnits == 297)
        #expect(right < left)
        #expect(Money.sum([left, right, left], currency: .usd).minorUnits == 599)
        #expect(Money.sum([], currency: .eur) == .zero(.eur))
        #expect(Currency(code: "eur") == .eur)
        #expect(Currency(code: "XXX") == nil)
    }
}

@Suite("Rates are exact fractions, rounded once")
struct RateTests {
    @Test(
        "A percentage is read to the digit",
        arguments: [
            ("8.5", 17, 200, "8.5 %"), ("8.875", 71, 800, "8.875 %"), ("20", 1, 5, "20 %"),
            ("0", 0, 1, "0 %"),
            ("100", 1, 1, "100 %"), ("0.000001", 1, 100_000_000, "0.000001 %"), ("1000", 10, 1, "1000 %"),
        ])
    func percent(text: String, numerator: Int64, denominator: Int64, written: String) throws {
        let rate = try #require(Rate(percentText: text))
        #expect(rate.numerator == numerator && rate.denominator == denominator)
        #expect(rate.percentText == written)
        #expect(Rate(percentText: rate.percentDigits) == rate)
        #expect(try Rate(typedPercent: rate.percentText) == rate)
    }

    @Test(
        "A percentage is typed with comma or point, with its sign or without",
        arguments: [
            ("8,5", "8.5"), ("8.875 %", "8.875"), ("8,875%", "8.875"), ("% 20", "20"),
            ("0,000001", "0.000001"),
            ("7.\u{202F}%", "7"),
        ])
    func typed(text: String, percent: String) throws {
        #expect(try Rate(typedPercent: text) == Rate(percentText: percent))
    }

    @Test("A percentage that can be two is refused with both")
    func twoPercentages() {
        #expect(throws: AmountProblem("1,000 %", .twoReadings("1.000", "1000"))) {
            try Rate(typedPercent: "1,000 %")
        }
        #expect(throws: AmountProblem("1000,1", .outOfRange)) { try Rate(typedPercent: "1000,1") }
        #expect(throws: AmountProblem("", .notANumber)) { try Rate(typedPercent: "") }
    }

    @Test(
        "What is no percentage is not read",
        arguments: ["", "%", "20%", "-1", "1000.1", "8,5", "8.0000001", "eight", "8 % %"])
    func refused(text: String) {
        #expect(Rate(percentText: text) == nil)
    }

    @Test("Fractions are kept in lowest terms; nonsense is none")
    func terms() {
        #expect(Rate(numerator: 50, denominator: 100) == Rate(numerator: 1, denominator: 2))
        #expect(Rate(numerator: 1, denominator: 0) == nil)
        #expect(Rate(numerator: -1, denominator: 2) == nil)
        #expect(Rate(numerator: 1, denominator: -2) == nil)
    }

    @Test(
        "A share is at most half a minor unit from the exact one, and halves go away from zero",
        arguments: [0x5261_7465] as [UInt64])
    func share(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<10_000 {
            let numerator = Int64.random(in: 0...2_000_000, using: &random)
            let denominator = Int64.random(in: 1...2_000_000, using: &random)
            let amount = Int64.random(in: -1_000_000_000...1_000_000_000, using: &random)
            let rate = try #require(Rate(numerator: numerator, denominator: denominator))
            let share = rate.share(of: Money(minorUnits: amount)).minorUnits
            let distance = Int128(share) * Int128(denominator) - Int128(amount) * Int128(numerator)
            #expect(2 * distance.magnitude <= UInt128(denominator))
            if 2 * distance.magnitude == UInt128(denominator) {
                #expect(
                    share.magnitude
                        > UInt64(Int128(amount).magnitude * UInt128(numerator) / UInt128(denominator)))
            }
        }
        #expect(Rate.seedTax.share(of: Money(minorUnits: .max)).minorUnits == 783_986_623_132_655_944)
    }
}
