import StoreDomain
import StoreSQLite
import StoreTesting
@testable import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

/// An owner keeps the shop's products, by keys, on a real store.
@Suite(.serialized, .timeLimit(.minutes(20))) struct OfficeJourneys {
    private func open(_ journey: Journey) async {
        await journey.signIn(.admin)
        await journey.press(":")
        await journey.type("products")
        await journey.press(.enter)
    }

    @Test func twoPeopleEditOneProductAndNothingIsLost() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let catalog = store.services.catalog
        let lamp = try await catalog.add(
            ProductDraft(
                name: "Zebra lamp", price: Money(minorUnits: 4_990), stock: 3, category: "Light", sku: "ZL-1",
                barcode: "4006381333931"),
            as: .operatorOfStore)
        let journey = await Journey(store)
        await open(journey)
        journey.expect("On sale: 31")
        await journey.scan("4006381333931")
        journey.expect("Edit product", "49.90", "ZL-1")
        await journey.type("Zebra lamp, tall")
        await journey.press(.enter)
        await journey.type("59.90")
        _ = try await catalog.edit(
            lamp.id, ProductPatch(price: Money(minorUnits: 4_500), category: "Lamps"), as: .operatorOfStore)
        await journey.press(.control("s"))
        journey.expect("Changed meanwhile", "49.90", "45.00", "59.90", "Lamps")
        // Yours for the price, theirs for the category.
        await journey.press(.enter)
        await journey.press(.control("s"))
        journey.expect("Saved: Zebra lamp, tall")
        let saved = try await catalog.product(lamp.id)
        #expect(saved.price.minorUnits == 5_990 && saved.category == "Lamps")
        await journey.press("h")
        journey.expect("$49.90 to $45.00", "$45.00 to $59.90")
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func pricesChangeTogetherAndAreTakenBack() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let catalog = store.services.catalog
        let lamp = try await catalog.add(
            ProductDraft(name: "Zebra lamp", price: Money(minorUnits: 4_990), stock: 3), as: .operatorOfStore)
        let journey = await Journey(store)
        await open(journey)
        await journey.press("/")
        await journey.type("zebra")
        await journey.press(.enter)
        journey.expect("found by \u{201C}zebra\u{201D}: 1")
        await journey.press("p")
        await journey.type("-10%")
        await journey.press(.enter)
        await journey.type(".95")
        // Without days they hold at once, and until they are taken back.
        await journey.press(.enter, .enter, .enter)
        journey.expect("1 price would change", "$49.90", "$44.95")
        #expect(try await catalog.product(lamp.id).price.minorUnits == 4_990)
        await journey.press(.enter)
        journey.expect("1 price changed")
        #expect(try await catalog.product(lamp.id).price.minorUnits == 4_495)
        await journey.press("B")
        await journey.press(.enter)
        await journey.press("y")
        journey.expect("1 price taken back")
        #expect(try await catalog.product(lamp.id).price.minorUnits == 4_990)
        journey.abandon()
        try store.close()
    }

    @Test func labelsAreMadeOfTheSelectedProduct() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let lamp = try await store.services.catalog.add(
            ProductDraft(
                name: "Zebra lamp", price: Money(minorUnits: 4_990), stock: 3, barcode: "4006381333931"),
            as: .operatorOfStore)
        let journey = await Journey(store)
        await open(journey)
        await journey.press("/")
        await journey.type("zebra")
        await journey.press(.enter)
        await journey.press(.character("3"), .character("L"))
        journey.expect("3 labels printed")
        let label = try #require(journey.ports.printed.first)
        #expect(journey.ports.printed == [label, label, label])
        for words in ["Zebra lamp", "4006381333931", lamp.price.displayText] {
            #expect(label.ranges(of: words).count == 1, "\(label)")
        }
        // Without a printer they are written to a file.
        let outside = Outside(
            services: store.services, ids: CountedIDs(from: 1), ports: journey.ports, zones: OnlyUTC())
        let answer = await ProductsRequest.label(lamp, copies: 2, .standard, prints: false)
            .answered(by: outside, as: .operatorOfStore)
        #expect(answer == .labelled(copies: 2, .success("labels-\(lamp.id).txt")))
        #expect(journey.ports.reports["labels-\(lamp.id)"] == "\(label)\n\(label)")
        journey.abandon()
        try store.close()
    }

    @Test func inLinesAProductIsAddedEditedAndArchived() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = PlainJourney(store, start: .signIn)
        await journey.signIn(.admin)
        await journey.type("products", "new", "Zebra lamp", "49.90", ":save", "find zebra", "1")
        await journey.type("Zebra lamp, tall", ":save")
        let page = try await store.services.catalog.page(
            ProductQuery(text: "zebra"), at: .first, perPage: 9)
        #expect(page.products.map(\.name) == ["Zebra lamp, tall"])
        #expect(page.products.map(\.price.minorUnits) == [4_990])
        await journey.type("archive 1")
        #expect(
            try await store.services.catalog.page(ProductQuery(text: "zebra"), at: .first, perPage: 9)
                .products.isEmpty)
        _ = await journey.end()
        try store.close()
    }
}

/// A delivery and a count, by keys and scans, on a real store.
@Suite(.serialized, .timeLimit(.minutes(20))) struct StockJourneys {
    @Test func aDeliveryAndACountAreScannedBookedAndExplained() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let lamp = try await store.services.catalog.add(
            ProductDraft(
                name: "Zebra lamp", price: Money(minorUnits: 4_990), stock: 3, barcode: "4006381333931"),
            as: .operatorOfStore)
        let journey = await Journey(store)
        await journey.signIn(.admin)
        await journey.press(":")
        await journey.type("stock")
        await journey.press(.enter)
        journey.expect("or less left")
        await journey.press("i")
        await journey.scan("4006381333931")
        await journey.scan("4006381333931")
        journey.expect("Delivery: 1 product, 2 pieces")
        await journey.press("u")
        await journey.type("12.50")
        await journey.press(.enter)
        journey.expect("Delivery: 1 product, 2 pieces for $25.00")
        await journey.press("b")
        await journey.type("note 17")
        await journey.press(.enter)
        journey.expect("Booked: 1 product")
        #expect(try await store.services.catalog.product(lamp.id).stock == 5)
        await journey.press("C")
        await journey.scan("4006381333931")
        await journey.type("4")
        await journey.press(.enter)
        journey.expectNot("-1")
        await journey.press("b")
        journey.expect("-1")
        await journey.press(.enter)
        #expect(try await store.services.catalog.product(lamp.id).stock == 4)
        await journey.scan("4006381333931")
        journey.expect("4 in stock, average cost $12.50", "receiving", "note 17", "count", "At first  3")
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }
}
