import Hummingbird
import StoreDomain
import StoreWire

struct PaymentController: Sendable {
    let payments: any PaymentService
    let catalog: any CatalogService
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

    /// What lines cost, for guests too.
    func quote(_ request: APIRequest) async throws -> Response {
        let body = try LinesBody(request.body)
        let ids = body.lines.filter { $0.unitPrice == nil || $0.name.isEmpty }.compactMap(\.productID)
        let found = ids.isEmpty ? [] : try await catalog.products(ids)
        let products = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        var lines: [PricedLine] = []
        for line in body.lines {
            let product = line.productID.flatMap { products[$0] }
            guard let price = line.unitPrice ?? product?.price else {
                throw StoreError.notFound(.product(line.productID ?? 0))
            }
            lines.append(
                PricedLine(
                    productID: line.productID, name: line.name.isEmpty ? product?.name ?? "" : line.name,
                    unitPrice: price, quantity: line.quantity))
        }
        return .json(
            One(
                try await payments.quote(lines, discountCode: body.discountCode, as: request.principal)))
    }

    func methods(_ request: APIRequest) async throws -> Response {
        .json(Many(try await payments.methods(as: request.principal)))
    }

    func keepOpen(_ request: APIRequest) async throws -> Response {
        try await payments.keepOpen(request.id ?? 0, as: request.principal)
        return Response(status: .noContent)
    }

    func stranded(_ request: APIRequest) async throws -> Response {
        .json(Many(try await payments.stranded(as: request.principal)))
    }

    func checkout(_ request: APIRequest) async throws -> Response {
        let body = try CheckoutBody(request.body)
        let answer = try await answering.pay(
            body.orderID, body.tenders,
            key: request.idempotencyKey() ?? ids.idempotencyKey(), as: request.principal
        ) { order in
            OrderBody(order: order, message: "Payment processed successfully").wireBytes
        }
        return .kept(answer, status: .ok)
    }
}
