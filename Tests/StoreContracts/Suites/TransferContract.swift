import StoreDomain
import Testing

/// What every store promises of whole catalogues in and out.
public enum TransferContract {
    public static let cases = [
        ContractCase("A catalogue adds what is new and changes what is known, as its rehearsal says") {
            shop in
            let (admin, transfer) = (try await shop.people().admin, try shop.counter().transfer)
            let rows = try [
                row(shop, "a", "Assam", sku: "A-1"), row(shop, "b", "Brew kettle"),
                row(shop, "c", "Cup", barcode: "123"),
            ]
            let expected = ImportResult(added: 3)
            #expect(try await transfer.rehearseImport(rows, as: admin) == expected)
            #expect(try await listed(shop).isEmpty)
            #expect(try await bring(rows, into: transfer, as: admin) == expected)
            #expect(try await bring(rows, into: transfer, as: admin) == ImportResult(unchanged: 3))
            let first = try await listed(shop)
            #expect(first.map(\.name) == ["Assam", "Brew kettle", "Cup"])

            let changed = try [
                row(shop, "other", "Assam", price: "2.50", sku: "a-1"),
                row(shop, "b", "Brewing kettle", stock: 1, keeps: [.category, .description]),
                row(shop, "c", "Cup", stock: 0, barcode: "123"), row(shop, "d", "Dipper", stock: .untracked),
            ]
            let then = ImportResult(added: 1, updated: 3, soldOut: 1)
            #expect(try await transfer.rehearseImport(changed, as: admin) == then)
            #expect(try await listed(shop) == first)
            #expect(try await bring(changed, into: transfer, as: admin) == then)
            let products = try await listed(shop)
            #expect(products.map(\.name) == ["Assam", "Brewing kettle", "Cup", "Dipper"])
            #expect(products.map(\.stock) == [3, 1, 0, .untracked])
            #expect(products.prefix(3).map(\.id) == first.map(\.id))
            #expect(products[0].price == (try shop.amount("2.50")))
            // A stock that is another one is booked.
            let moved = try await shop.counter().stock.movements(of: products[1].id, limit: 9, as: admin)
            #expect(moved.first?.quantity == -2)
        },
        ContractCase("A catalogue of which one row is refused changes nothing, and its rehearsal says which")
        {
            shop in
            let (admin, transfer) = (try await shop.people().admin, try shop.counter().transfer)
            _ = try await bring([try row(shop, "a", "Assam", barcode: "123")], into: transfer, as: admin)
            let before = try await listed(shop)
            let rows = try [
                row(shop, "z", "Zither"), row(shop, "b", "Bowl", barcode: "123", number: 7),
                row(shop, "n", "Net", damaged: [.sku: "1E+05"], number: 8),
            ]
            let rehearsal = try await transfer.rehearseImport(rows, as: admin)
            #expect(
                rehearsal.refused == [
                    RefusedRow(row: 7, reason: .taken(.barcode, "123")),
                    RefusedRow(row: 8, reason: .lost(.sku, written: "1E+05")),
                ])
            await #expect(throws: StoreError.self) { try await bring(rows, into: transfer, as: admin) }
            #expect(try await listed(shop) == before)
        },
        ContractCase("A code that a spreadsheet has spoilt stays what it is at a product that is known") {
            shop in
            let (admin, transfer) = (try await shop.people().admin, try shop.counter().transfer)
            let code = "0012345678905"
            _ = try await bring([try row(shop, "a", "Assam", barcode: code)], into: transfer, as: admin)
            let spoilt = try row(shop, "a", "Assam", price: "4.00", damaged: [.barcode: "1.23E+10"])
            let result = try await bring([spoilt], into: transfer, as: admin)
            #expect(
                result
                    == ImportResult(
                        updated: 1,
                        kept: [KeptCode(row: 2, field: .barcode, written: "1.23E+10", kept: code)]))
            #expect(try await listed(shop).map(\.barcode) == [code])
        },
        ContractCase("What goes out, page by page, comes back to the same products") { shop in
            let (admin, transfer) = (try await shop.people().admin, try shop.counter().transfer)
            _ = try await bring([try row(shop, "a", "Assam")], into: transfer, as: admin)
            for name in ["By hand", "Gone"] {
                _ = try await shop.product(name, price: "0.05", stock: 2, as: admin)
            }
            let gone = try #require(try await listed(shop).last)
            _ = try await shop.services.catalog.edit(
                gone.id, ProductPatch(isArchived: true), as: admin)
            var out: [ExportedProduct] = []
            while true {
                let page = try await transfer.exportProducts(
                    after: out.last?.product.id ?? 0, limit: 1, as: admin)
                guard !page.isEmpty else { break }
                out += page
            }
            #expect(out.map(\.product) == (try await listed(shop)) && out.map(\.handle).first == "a")
            let back = try out.map {
                ImportedProduct(
                    handle: $0.handle,
                    draft: try ProductPatch(name: $0.product.name + "!").applied(to: $0.product),
                    row: 2)
            }
            #expect(try await bring(back, into: transfer, as: admin) == ImportResult(updated: 2))
            #expect(try await listed(shop).map(\.name) == ["Assam!", "By hand!"])
            #expect(try await listed(shop).map(\.id) == out.map(\.product.id))
        },
        ContractCase("Only who may change products brings catalogues in or out") { shop in
            let (people, transfer) = (try await shop.people(), try shop.counter().transfer)
            let rows = [try row(shop, "a", "Assam")]
            for principal in [people.customer, .guest] {
                await #expect(throws: StoreError.self) {
                    try await bring(rows, into: transfer, as: principal)
                }
                await #expect(throws: StoreError.self) {
                    try await transfer.rehearseImport(rows, as: principal)
                }
                await #expect(throws: StoreError.self) {
                    try await transfer.exportProducts(after: 0, limit: 9, as: principal)
                }
            }
            #expect(try await listed(shop).isEmpty)
        },
    ]

    private static func row(
        _ shop: Shop, _ handle: String, _ name: String, price: String = "1.00", stock: Stock = 3,
        sku: String? = nil, barcode: String? = nil, keeps: Set<ImportedField> = [],
        damaged: [ImportedField: String] = [:], number: Int = 2
    ) throws -> ImportedProduct {
        let draft = try ProductDraft(
            name: name, description: "About \(name)", price: shop.amount(price), stock: stock,
            category: "Tea",
            sku: sku, barcode: barcode)
        return ImportedProduct(handle: handle, draft: draft, row: number, keeps: keeps, damaged: damaged)
    }

    @discardableResult
    private static func bring(
        _ rows: [ImportedProduct], into transfer: any CatalogTransferService, as principal: Principal
    ) async throws -> ImportResult {
        try await transfer.importProducts(rows, as: principal) { _ in }
    }

    private static func listed(_ shop: Shop) async throws -> [Product] {
        try await shop.services.catalog.page(ProductQuery(sort: .name), at: .first, perPage: 500).products
    }
}
