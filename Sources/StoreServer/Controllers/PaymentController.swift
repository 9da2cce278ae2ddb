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
        guard let lines = lines(comingTo: body.subtotal) else {
            throw StoreError.invalid([FieldProblem("subtotal", "must be what an order can come to")])
        }
        let prices = try await payments.quote(
            lines, discountCode: body.discountCode, as: request.principal)
        return .json(QuoteBody(prices))
    }

    /// Lines of one order that add up to a subtotal; nil for what no order comes to.
    private func lines(comingTo subtotal: Money) -> [PricedLine]? {
        guard !subtotal.isNegative else { return nil }
        let dearest = Money(minorUnits: Product.maximumPriceMinor, currency: subtotal.currency)
        let rest = subtotal.minorUnits % dearest.minorUnits
        var units = subtotal.minorUnits / dearest.minorUnits
        let last = Money(minorUnits: rest, currency: subtotal.currency)
        var lines = [PricedLine(name: "", unitPrice: last, quantity: 1)]
        while units > 0, lines.count <= Order.maximumLines {
            let count = min(units, Int64(Quantity.range.upperBound))
            lines.append(PricedLine(name: "", unitPrice: dearest, quantity: Int(count)))
            units -= count
        }
        return lines.count <= Order.maximumLines ? lines : nil
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
