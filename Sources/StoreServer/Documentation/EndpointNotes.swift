import StoreWire

/// What the documentation says of a route beyond the table.
struct EndpointNotes {
    let summary: String
    var parameters: [Parameter] = []
    /// The schema of the request's JSON.
    var request: String?
    var answers: [Answer]

    struct Parameter {
        enum Place: String { case path, query, header }

        let name: String
        let place: Place
        var isRequired = false
        let schema: JSON
        let note: String

        var json: JSON {
            [
                "name": .string(name), "in": .string(place.rawValue), "required": .bool(isRequired),
                "schema": schema, "description": .string(note),
            ]
        }
    }

    struct Answer {
        let status: Int
        let note: String
        /// The schema of its JSON; nil for no body or another type.
        var schema: String?
        /// The type of a body that is not JSON.
        var type: String?

        var statusText: String { String(status) }

        var json: JSON {
            var members: [(name: String, value: JSON)] = [("description", .string(note))]
            if let schema {
                members.append(("content", ["application/json": ["schema": .ref(schema)]]))
            } else if let type {
                let schema: JSON = ["schema": ["type": "string"]]
                members.append(("content", .object([(type, schema)])))
            }
            return .object(members)
        }

        static func refusal(_ status: Int, _ note: String) -> Answer {
            Answer(status: status, note: note, schema: "Error")
        }
    }

    /// Its own answers, and those that follow from what it takes.
    func allAnswers(of endpoint: Endpoint) -> [Answer] {
        var all = answers
        func add(_ status: Int, _ note: String) {
            if !all.contains(where: { $0.status == status }) { all.append(.refusal(status, note)) }
        }
        if !parameters.filter({ $0.place == .query }).isEmpty {
            add(400, "A parameter is not what it should be")
        }
        if endpoint.access != .anyone { add(401, "No token, or one that does not count") }
        if endpoint.access == .staff { add(403, "Not for this role") }
        if request != nil {
            add(400, "The body is no JSON, or not what it should be")
            add(413, "The body is too large")
            add(415, "The body is of another type")
        }
        if endpoint.takesIdempotencyKey {
            add(409, "The same request is still under way")
            add(422, "The key was used for something else")
        }
        add(503, "Busy; try again")
        return all.sorted { $0.status < $1.status }
    }
}

extension Endpoint {
    var notes: EndpointNotes {
        switch self {
        case .register:
            EndpointNotes(
                summary: "Make an account and sign in", request: "Registration",
                answers: [
                    .init(status: 201, note: "Made", schema: "Session"),
                    .refusal(409, "The e-mail address is taken"),
                ])
        case .logIn:
            EndpointNotes(
                summary: "Sign in", request: "Credentials",
                answers: [
                    .init(status: 200, note: "Signed in", schema: "Session"),
                    .refusal(401, "Wrong e-mail address or password"),
                    .refusal(429, "Too many failures; Retry-After says how long to wait"),
                ])
        case .me:
            EndpointNotes(
                summary: "Who is signed in",
                answers: [.init(status: 200, note: "The account", schema: "UserAnswer")])
        case .logOut:
            EndpointNotes(
                summary: "Sign out for good",
                answers: [.init(status: 200, note: "The token no longer counts", schema: "Message")])
        case .products:
            EndpointNotes(
                summary: "List products, newest first unless sorted",
                parameters: [.page, .perPage(20), .category, .sort],
                answers: [.init(status: 200, note: "A page", schema: "ProductPage")])
        case .searchProducts:
            EndpointNotes(
                summary: "Search products, best match first",
                parameters: [
                    .init(
                        name: "q", place: .query, isRequired: true,
                        schema: ["type": "string", "minLength": 1],
                        note: "Words to find in name, description, SKU and barcode"), .page, .perPage(100),
                ],
                answers: [.init(status: 200, note: "A page; count is that of all matches", schema: "Search")])
        case .product:
            EndpointNotes(summary: "One product", parameters: [.id], answers: [.product, .noProduct])
        case .addProduct:
            EndpointNotes(
                summary: "Add a product", request: "NewProduct",
                answers: [.init(status: 201, note: "Added", schema: "ProductAnswer")])
        case .editProduct:
            EndpointNotes(
                summary: "Change a product", parameters: [.id], request: "ProductChange",
                answers: [.product, .noProduct])
        case .removeProduct:
            EndpointNotes(
                summary: "Take a product off sale; orders that name it stay", parameters: [.id],
                answers: [.init(status: 204, note: "Gone"), .noProduct])
        case .categories:
            EndpointNotes(
                summary: "Categories that have products",
                answers: [.init(status: 200, note: "By name", schema: "Categories")])
        case .orders:
            EndpointNotes(
                summary: "Own orders, newest first", parameters: [.page, .perPage(100)],
                answers: [.init(status: 200, note: "A page; count is that of all", schema: "OrderPage")])
        case .order:
            EndpointNotes(summary: "One order", parameters: [.id], answers: [.order(200), .noOrder])
        case .placeOrder:
            EndpointNotes(
                summary: "Place an order; takes the stock of all its lines or none", parameters: [.key],
                request: "NewOrder", answers: [.order(201), .refusal(404, "There is no such product")])
        case .cancelOrder:
            EndpointNotes(
                summary: "Cancel a pending order and give its stock back", parameters: [.id],
                answers: [.order(200), .refusal(400, "It is not pending"), .noOrder])
        case .calculate:
            EndpointNotes(
                summary: "What a subtotal comes to with tax and discount", request: "QuoteRequest",
                answers: [.init(status: 200, note: "The figures", schema: "Quote")])
        case .checkout:
            EndpointNotes(
                summary: "Pay a pending order", parameters: [.key], request: "Checkout",
                answers: [.order(200), .noOrder])
        case .health:
            EndpointNotes(
                summary: "Whether the server is alive",
                answers: [.init(status: 200, note: "It is", schema: "Status")])
        case .ready:
            EndpointNotes(
                summary: "Whether the store can be read",
                answers: [.init(status: 200, note: "It can", schema: "Status")])
        case .metrics:
            EndpointNotes(
                summary: "Figures for Prometheus",
                answers: [.init(status: 200, note: "Text format 0.0.4", type: "text/plain")])
        case .openAPI:
            EndpointNotes(
                summary: "This document",
                answers: [.init(status: 200, note: "OpenAPI 3.1", schema: "Anything")])
        case .docs:
            EndpointNotes(
                summary: "This document as a page",
                answers: [.init(status: 200, note: "HTML", type: "text/html")])
        }
    }
}

extension EndpointNotes.Answer {
    static let product = Self(status: 200, note: "The product", schema: "ProductAnswer")
    static let noProduct = refusal(404, "Product not found")
    static let noOrder = refusal(404, "Order not found, or another's")
    static func order(_ status: Int) -> Self {
        Self(status: status, note: "The order", schema: "OrderAnswer")
    }
}

extension EndpointNotes.Parameter {
    static let id = Self(
        name: "id", place: .path, isRequired: true, schema: ["type": "integer", "format": "int64"],
        note: "The product's or order's number")
    static let page = Self(
        name: "page", place: .query, schema: ["type": "integer", "minimum": 1, "default": 1],
        note: "Counted from 1; one beyond the last is empty")
    static let category = Self(
        name: "category", place: .query, schema: ["type": "string"], note: "Only of this category")
    static let sort = Self(
        name: "sort", place: .query,
        schema: ["type": "string", "enum": ["newest", "name", "price", "-price"], "default": "newest"],
        note: "The order; -price is the dearest first")
    static let key = Self(
        name: WireHeader.idempotencyKey, place: .header,
        schema: ["type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"],
        note: "Names one attempt: repeated, it has its effect once and gets the same answer")

    static func perPage(_ fallback: Int) -> Self {
        Self(
            name: "per_page", place: .query,
            schema: ["type": "integer", "minimum": 1, "default": .number(String(fallback))],
            note: "How many; more than the most there may be is the most")
    }
}
