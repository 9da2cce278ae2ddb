import StoreDomain
import Testing

@testable import StoreTransfer

/// Catalogues as shops have them; they lie beside the project, or are absent.
@Suite struct RealFilesTests {
    @Test(
        "bicycles: 226 products shown and 58 not, 1,121 variants in all",
        .enabled(if: SharedData.has(bicycles)))
    func readsBicycles() throws {
        let shown = try SharedData.read(bicycles)
        #expect(shown.format == .shopify)
        #expect(shown.products.count == 950)
        #expect(productCount(shown) == 226)
        #expect(shown.leftOut.mapValues(\.count) == [.unpublished: 171])
        #expect(
            shown.warnings.mapValues(\.count) == [
                .untracked: 14, .negativeStock: 2, .repeatedSKU: 11, .repeatedBarcode: 31,
            ])

        let all = try SharedData.read(bicycles, includeUnpublished: true)
        #expect(all.products.count == 1121)
        #expect(productCount(all) == 284)
        #expect(all.leftOut.isEmpty)
        // Taking the hidden ones too moves no code away from one that is shown.
        let byHandle = Dictionary(uniqueKeysWithValues: all.products.map { ($0.handle, $0.draft) })
        #expect(shown.products.allSatisfy { byHandle[$0.handle] == $0.draft })
    }

    @Test(.enabled(if: SharedData.has(bicycles)))
    func bicycleTextsAreReadable() throws {
        let file = try SharedData.read(bicycles)
        let wrench = try #require(file.products.first { $0.handle == "shopify:15mm-combo-wrench" })
        #expect(wrench.draft.name == "15mm Combo Wrench")
        #expect(wrench.draft.category == "Tools")
        #expect(wrench.draft.description.contains("open-ended, 15mm pedal wrench & 14x15mm sockets"))
        for product in file.products {
            #expect(!product.draft.description.contains("</"))
            #expect(product.draft.barcode?.hasPrefix("'") != true)
        }
    }

    @Test(.enabled(if: SharedData.has(homeAndGarden)))
    func readsHomeAndGarden() throws {
        let file = try SharedData.read(homeAndGarden)
        #expect(file.products.count == 21)
        #expect(file.leftOut.isEmpty && file.warnings.mapValues(\.count) == [.untracked: 20])
        let pot = try #require(file.products.first { $0.row == 3 })
        #expect(pot.handle == "shopify:clay-plant-pot/Large")
        #expect(pot.draft.name == "Clay Plant Pot – Large")
        #expect(pot.draft.description == "Classic blown clay pot for plants")
        #expect(pot.draft.price == Money(minorUnits: 1599))
        #expect(pot.draft.stock == .untracked)
        #expect(file.products.first { $0.row == 4 }?.draft.name == "Copper Light")
    }

    @Test(.enabled(if: SharedData.has(jewelery)))
    func readsJewelery() throws {
        let file = try SharedData.read(jewelery)
        #expect(file.products.count == 23)
        #expect(productCount(file) == 20)
        #expect(file.leftOut.isEmpty && file.warnings.mapValues(\.count) == [.untracked: 23])
    }

    @Test(.enabled(if: SharedData.has(woocommerce)))
    func readsWooCommerce() throws {
        let file = try SharedData.read(woocommerce)
        #expect(file.format == .woocommerce)
        #expect(file.products.count == 20)
        #expect(file.leftOut.mapValues(\.count) == [.grouped: 1, .external: 1])
        #expect(file.warnings.mapValues(\.count) == [.untracked: 20])
        #expect(file.products.allSatisfy { $0.draft.stock == .untracked && $0.keeps.contains(.stock) })
        let hoodie = try #require(file.products.first { $0.draft.sku == "cc-hoodie-red" })
        #expect(hoodie.draft.name == "Hoodie – Red / Logo: No")
        #expect(hoodie.draft.category == "Clothing > Hoodies")
        #expect(hoodie.draft.price == Money(minorUnits: 4200))
        #expect(!hoodie.draft.description.isEmpty)
        #expect(file.products.first { $0.draft.sku == "cc-beanie" }?.draft.price == Money(minorUnits: 1800))
    }

    private func productCount(_ file: CatalogFile) -> Int {
        Set(file.products.map { $0.handle.split(separator: "/").first }).count
    }
}

private let bicycles = "shopify/bicycles.csv"
private let homeAndGarden = "shopify/home-and-garden.csv"
private let jewelery = "shopify/jewelery.csv"
private let woocommerce = "woocommerce/sample_products.csv"
