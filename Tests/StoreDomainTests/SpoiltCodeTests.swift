import Testing

@testable import StoreDomain

@Suite("Codes that a spreadsheet has spoilt")
struct SpoiltCodeTests {
    private func product(sku: String?, barcode: String?) -> Product {
        Product(
            id: 1, sku: sku, barcode: barcode, name: "Pen", price: Money(minorUnits: 100), stock: 9,
            createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0))
    }

    private func row(
        sku: String? = nil, barcode: String? = nil, damaged: [ImportedField: String] = [:]
    ) throws -> ImportedProduct {
        ImportedProduct(
            handle: "plain:x",
            draft: try ProductDraft(
                name: "Pen", price: Money(minorUnits: 100), stock: 9, sku: sku, barcode: barcode),
            row: 2, keeps: Set(damaged.keys), damaged: damaged)
    }

    @Test(
        "A product keeps the code that a spreadsheet shows so",
        arguments: [
            ("4006381333931", "4.00638E+12"), ("4006381333931", "4,00638E+12"),
            ("5901234123457", "5.90123E+12"),
            ("1E5", "1.00E+05"), ("100000", "1.00E+05"), ("3-12", "12-Mar"), ("12/3", "12-Mar"),
            ("MAR12", "Mar-12"), ("3-04", "04-Mar"),
        ])
    func kept(code: String, written: String) throws {
        for field in [ImportedField.sku, .barcode] {
            let known = product(sku: code, barcode: code)
            let resolved = try row(
                sku: field == .sku ? nil : code, barcode: field == .barcode ? nil : code,
                damaged: [field: written]
            ).resolved(against: known)
            #expect(resolved.draft?.sku == code && resolved.draft?.barcode == code)
            #expect(resolved.kept == [KeptCode(row: 2, field: field, written: written, kept: code)])
        }
    }

    @Test(
        "Another code is not taken for it",
        arguments: [
            ("4006391333931", "4.00638E+12"), ("400638133393", "4.00638E+12"), ("ABC", "1.00E+05"),
            ("3-11", "12-Mar"), (nil, "4.00638E+12"),
        ])
    func lost(code: String?, written: String) throws {
        let resolved = try row(sku: "A", damaged: [.barcode: written]).resolved(
            against: product(sku: "A", barcode: code))
        #expect(resolved.draft == nil)
        #expect(resolved.refused == [RefusedRow(row: 2, reason: .lost(.barcode, written: written))])
    }

    @Test("Without a product nothing tells what it was")
    func unknown() throws {
        let spoilt = try row(damaged: [.sku: "12-Mar", .barcode: "5.90123E+12"])
        #expect(try spoilt.resolved(against: nil).refused.count == 2)
        #expect(ImportResult(ofNew: [spoilt]).refused.count == 2)
    }

    @Test("A code that is just so is no damage")
    func asItIs() throws {
        let resolved = try row(damaged: [.sku: "12-Mar"]).resolved(
            against: product(sku: "12-Mar", barcode: nil))
        #expect(resolved.draft?.sku == "12-Mar")
        #expect(resolved.kept.isEmpty)
    }

    @Test("Zeros in front come back")
    func zeros() throws {
        let known = product(sku: "00123", barcode: "036000291452")
        let resolved = try row(sku: "123", barcode: "36000291452").resolved(against: known)
        #expect(resolved.draft?.sku == "00123" && resolved.draft?.barcode == "036000291452")
        #expect(resolved.kept.count == 2)
        let renamed = try row(sku: "124", barcode: "36000291453").resolved(against: known)
        #expect(renamed.draft?.sku == "124" && renamed.draft?.barcode == "36000291453")
    }

    @Test("Most is more than half")
    func soldOut() {
        #expect(ImportResult(added: 3, soldOut: 2).leavesMostSoldOut)
        #expect(!ImportResult(added: 2, unchanged: 2, soldOut: 2).leavesMostSoldOut)
        #expect(!ImportResult().leavesMostSoldOut)
    }
}
