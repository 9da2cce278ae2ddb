import StoreDomain
import Testing

@testable import StoreTransfer

@Suite struct OrderTableTests {
    @Test func oneRowAnOrderAndNoFormulas() {
        let total = Money(minorUnits: 1_050)
        let at = Timestamp(seconds: 1_795_356_309)
        let order = Order(
            id: 7, userID: 1, userName: "=Ann, \"A\"", status: .pending,
            items: [
                OrderItem(
                    id: 1, orderID: 7, productID: 1, productName: "Pen", quantity: 3,
                    unitPrice: Money(minorUnits: 350), total: total)
            ],
            subtotal: total, discount: Money(minorUnits: 0), tax: Money(minorUnits: 0), total: total,
            createdAt: at, updatedAt: at)
        let rows = OrderTable.text([order, order]).split(separator: "\n")
        #expect(rows.count == 3 && rows[1] == rows[2])
        #expect(
            rows[0]
                == "order,receipt,placed_utc,status,customer,pieces,subtotal,discount,discount_code,tax,total,refunded,currency,paid_utc,paid_by"
        )
        let placed = ShopZone.utc.minuteText(at)
        #expect(
            rows[1] == "7,,\(placed),pending,\"'=Ann, \"\"A\"\"\",3,10.50,0.00,,0.00,10.50,0.00,USD,,")
    }
}
