import Hummingbird
import HTTPTypes
import StoreDomain
import StoreWire

/// The contract's table with what answers each line.
struct Routes: Sendable {
    let auth: AuthController
    let products: ProductController
    let orders: OrderController
    let payments: PaymentController
    let system: SystemController
    let gatekeeper: Gatekeeper
    let bodies: RequestBodyReading

    typealias Action = @Sendable (APIRequest) async throws -> Response

    private func action(_ endpoint: Endpoint) -> Action {
        switch endpoint {
        case .register: auth.register
        case .logIn: auth.logIn
        case .me: auth.me
        case .logOut: auth.logOut

        case .products: products.list
        case .product: products.product
        case .searchProducts: products.search
        case .addProduct: products.add
        case .editProduct: products.edit
        case .removeProduct: products.remove
        case .categories: products.categories

        case .orders: orders.list
        case .order: orders.order
        case .placeOrder: orders.place
        case .cancelOrder: orders.cancel

        case .calculate: payments.calculate
        case .checkout: payments.checkout

        case .health: system.health
        case .ready: system.ready
        case .metrics: system.metrics
        case .openAPI: system.openAPI
        case .docs: system.docs
        }
    }

    func add(to router: Router<APIContext>) {
        for endpoint in Endpoint.allCases {
            let action = action(endpoint)
            router.on(RouterPath(endpoint.template), method: endpoint.httpMethod) { request, context in
                try await action(
                    APIRequest(
                        endpoint: endpoint, pathID: context.parameters.get("id").map { $0[...] },
                        query: Query(request.uri.query ?? ""),
                        // Who may not call is told so before the body is looked at.
                        session: gatekeeper.session(of: request, for: endpoint.access),
                        body: bodies.read(request), headers: request.headers))
            }
        }
    }
}

extension Endpoint {
    fileprivate var httpMethod: HTTPRequest.Method {
        switch method {
        case .get: .get
        case .post: .post
        case .patch: .patch
        case .delete: .delete
        }
    }
}
