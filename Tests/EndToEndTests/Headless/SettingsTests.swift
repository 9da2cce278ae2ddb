import Foundation
import ProgramKit
import StoreDomain
import Testing

@testable import storefront

@Suite struct SettingsTests {
    @Test func higherSourcesWin() throws {
        let program = try Program()
        try program.home.file(
            "config/storefront/config.yaml",
            """
            shop:
              name: From YAML
            tax:
              rate: 8.875
            stock:
              low: 7
            orders:
              pendingMinutes: 30
            """)
        try program.home.file(
            ".env",
            "# comment\nSTOREFRONT_TAX_RATE=\"19 %\"\nSTOREFRONT_STOCK_LOW=8\nSTOREFRONT_ORDERS_PENDING_MINUTES=40\n"
        )
        let settings = try Self.settings(
            program.run(
                "doctor", "--json", "--db", "elsewhere.db",
                environment: [
                    "STOREFRONT_STOCK_LOW": "9", "STOREFRONT_DB": "there.db", "STOREFRONT_THEME": "",
                ]))
        let yaml = program.home.path("config/storefront/config.yaml")
        #expect(settings["shop.name"] == ["From YAML", yaml])
        #expect(settings["tax.rate"] == ["19 %", ".env"])
        #expect(settings["orders.pendingMinutes"] == ["40", ".env"])
        #expect(settings["stock.low"] == ["9", "STOREFRONT_STOCK_LOW"])
        #expect(settings["db"] == ["elsewhere.db", "--db"])
        #expect(settings["theme"] == ["default", "default"])
        #expect(settings["fixed.clock"] == nil)
    }

    @Test(arguments: [
        ("STOREFRONT_TAX_RATE", "lots", "a percentage from 0 to 1000, such as 8.875"),
        ("STOREFRONT_SHOP_CURRENCY", "XXX", "USD, EUR, GBP, CHF, CAD, AUD, NZD, SEK, DKK or JPY"),
        ("STOREFRONT_STOCK_LOW", "-1", "a whole number from 0 to 1000000"),
        ("STOREFRONT_MOUSE", "perhaps", "on or off"),
        ("STOREFRONT_FIXED_CLOCK", "today", "a time such as 2026-11-22T14:05:09Z"),
    ])
    func wrongValuesAreNamed(variable: String, value: String, allowed: String) throws {
        let program = try Program()
        let run = try program.run("product", "list", environment: [variable: value])
        #expect(run.code == 1)
        #expect(run.complaints.count == 1)
        #expect(run.errors.hasSuffix(" in \(variable) is \"\(value)\"; it must be \(allowed)\n"))
        #expect(!program.home.exists("data"))

        let doctor = try program.run("doctor", environment: [variable: value])
        #expect(doctor.code == 1)
        #expect(doctor.output.contains(variable))
        #expect(doctor.complaints == run.complaints)
    }

    @Test func brokenFilesAreNamed() throws {
        let program = try Program()
        try program.home.file("config/storefront/config.yaml", "shop: [unclosed\nname: x")
        let run = try program.run("product", "list")
        #expect(run.code == 1)
        #expect(run.complaints.count == 1)
        #expect(run.errors.contains("config/storefront/config.yaml cannot be read: "))
    }

    @Test func doctorNamesVariablesThatMeanNothing() throws {
        let run = try Program().run("doctor", environment: ["STOREFRONT_TAXRATE": "1"])
        #expect(run.code == 1)
        #expect(
            run.complaints
                == [
                    "storefront: STOREFRONT_TAXRATE in the environment is no setting; STOREFRONT_TAX_RATE is one"
                ])
    }

    @Test func doctorNamesSettingsThatMeanNothing() throws {
        let program = try Program()
        try program.home.file(
            "config/storefront/config.yaml",
            """
            # what it looks like
            them: dark
            shop:
              name: Corner Shop
              nmae: Corner Shop
            stok:
              low: 3
            tax: 5
            mouse:
              wheel: on
            tls.key: kept for the server
            keys:
              addOne: b
            """)
        try program.home.file(".env", "# no setting\nPATH_TO=x\n\nSTOREFRONT_THEM=dark\n")
        let path = program.home.path("config/storefront/config.yaml")
        let run = try program.run("doctor")
        #expect(run.code == 1)
        #expect(
            run.complaints == [
                "storefront: .env, line 4: STOREFRONT_THEM is no setting; STOREFRONT_THEME is one",
                "storefront: \(path), line 2: them is no setting; theme is one",
                "storefront: \(path), line 5: shop.nmae is no setting; shop.name is one",
                "storefront: \(path), line 6: stok is no setting",
                "storefront: \(path), line 8: tax is a section, of tax.classes, tax.rate, tax.mode, tax.base, tax.name, tax.numberName or tax.number",
                "storefront: \(path), line 9: mouse is a single value, not a section",
            ])
        #expect(
            try program.run("doctor", "--json").json()["problems"] as? [String]
                == run.complaints.map { String($0.dropFirst(12)) })
        // Only what was meant is missing: nothing else stops.
        #expect(try program.run("product", "list", "--db", program.home.path("no.db")).complaints.count == 1)
    }

    @Test(arguments: [
        ("them", "theme"), ("Theme", "theme"), ("tehme", "theme"), ("mouze", "mouse"), ("x", nil),
        ("thm", nil),
        ("colour", "color"), ("nothing like it", nil), ("db", "db"), ("dd", nil),
    ])
    func nearNamesAreFound(text: String, name: String?) {
        #expect(NearName.find(text, in: SettingTable.all.map(\.key)) == name)
    }

    @Test func everySettingTakesItsOwnDefault() {
        for setting in SettingTable.all where !setting.fallbackText.isEmpty {
            #expect(setting.value(of: setting.fallbackText) != nil, "\(setting.key)")
        }
        #expect(Set(SettingTable.all.map(\.environmentName)).count == SettingTable.all.count)
    }

    @Test(
        arguments: [
            ("2026-11-22T14:05:09Z", 1_795_356_309_000), ("2026-11-22T14:05:09.25Z", 1_795_356_309_250),
            ("2026-11-22T15:05:09+01:00", 1_795_356_309_000), ("1970-01-01T00:00:00-00:30", 1_800_000),
        ] as [(String, Int64)])
    func readsTimes(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-22", "2026-11-22T14:05:09", "2026-13-22T14:05:09Z", "2026-11-22T14:05:09Zx",
    ])
    func refusesOtherTimes(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    private static func settings(_ run: Program.Run) throws -> [String: [String]] {
        let list = try #require(try run.json()["settings"] as? [[String: Any]])
        return list.reduce(into: [:]) { settings, entry in
            settings[entry["name"] as? String ?? ""] = [
                entry["value"] as? String ?? "", entry["source"] as? String ?? "",
            ]
        }
    }
}
