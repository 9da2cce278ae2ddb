import Hummingbird
import StoreDomain
import StoreWire

struct PaymentController: Sendable {
    let payments: any PaymentService
    let answering: any AnsweringService
    let ids: any IDSource

    func calculate(_ request: APIRequest) async throws -> Response {
        let body = try QuoteRequestBody(request.body)
        guard (0...Product.maximumPriceMinor).contains(body.subtotal.minorUnits) else {
            throw StoreError.invalid([FieldProblem("subtotal", "must be 0.00 to 99999999.99")])
        }
        let line = PricedLine(name: "", unitPrice: body.subtotal, quantity: 1)
        let prices = try await payments.quote(
            [line], discountCode: body.discountCode, as: request.principal)
        return .json(QuoteBody(prices))
    }

    func checkout(_ request: APIRequest) async throws -> Response {
        let body = try CheckoutBody(request.body)
        let answer = try await answering.pay(
            body.orderID, PaymentRequest(methodID: nil),
            key: request.idempotencyKey() ?? ids.idempotencyKey(), as: request.principal
        ) { order in
            OrderBody(order: order, message: "Payment processed successfully").wireBytes
        }
        return .kept(answer, status: .ok)
    }
}
