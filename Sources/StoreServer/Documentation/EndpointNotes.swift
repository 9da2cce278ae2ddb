import StoreDomain
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
        switch endpoint.access {
        case .anyone: break
        case .signedIn: add(401, "No token, or one that does not count")
        case .permitted(let permission):
            add(401, "No token, or one that does not count")
            add(403, "The account's role may not \(permission.verb)")
        }
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

extension EndpointNotes.Answer {
    static let product = Self(status: 200, note: "The product", schema: "ProductAnswer")
    static let noProduct = refusal(404, "Product not found")
    static let changedMeanwhile = refusal(
        412, "The product is another one than was seen; params.product is what it is now")
    static let notModified = Self(status: 304, note: "It is what the tag stands for; there is no body")
    static let approval = Self(status: 200, note: "The approval", schema: "ApprovalAnswer")
    static let noApproval = refusal(404, "Approval not found, or none of the caller's business")
    static let noCustomer = refusal(404, "No customer has the number")
    static let noOrder = refusal(404, "Order not found, or another's")

    static func order(_ status: Int) -> Self {
        Self(status: status, note: "The order", schema: "OrderAnswer")
    }

    static func ok(_ note: String, _ schema: String) -> Self {
        Self(status: 200, note: note, schema: schema)
    }

    static func created(_ note: String, _ schema: String) -> Self {
        Self(status: 201, note: note, schema: schema)
    }

    static func done(_ note: String) -> Self { Self(status: 204, note: note) }
}

extension EndpointNotes.Parameter {
    static let id = path("id", ["type": "integer", "format": "int64"], "Its number")
    static let ifMatch = Self(
        name: WireHeader.ifMatch, place: .header, schema: ["type": "string"],
        note:
            "The ETag of the product as it was seen: a change that would overwrite something else is refused. "
            + "What sales took is no other product, unless the change says the stock")
    static let ifNoneMatch = Self(
        name: WireHeader.ifNoneMatch, place: .header, schema: ["type": "string"],
        note: "The ETag of an earlier answer, which is not sent again while it holds")
    static let page = Self(
        name: "page", place: .query, schema: ["type": "integer", "minimum": 1, "default": 1],
        note: "Counted from 1; one beyond the last is empty")
    static let category = Self(
        name: "category", place: .query, schema: ["type": "string"], note: "Only of this category")
    static let sort = Self(
        name: "sort", place: .query,
        schema: ["type": "string", "enum": ["newest", "name", "price", "-price"], "default": "newest"],
        note: "The order; -price is the dearest first")
    static let ids = Self(
        name: "ids", place: .query, schema: ["type": "string"],
        note: "Those of these numbers that are on sale, as in 1,2,3; all else is passed over then")
    static let returnNumber = path("number", ["type": "string"], "Such as F1-000012")
    static let cardText = Self(
        name: "text", place: .query, schema: ["type": "string"],
        note: "Those whose code ends so, or whose name begins so")
    static let withBalance = Self(
        name: "with_balance", place: .query, schema: ["type": "boolean", "default": false],
        note: "Only those with something left on them")
    static let till = Self(
        name: "till", place: .query, schema: ["type": "string", "default": .string(Till.standard)],
        note: "The till's name")
    static let email = Self(
        name: "email", place: .query, schema: ["type": "string"], note: "The whole e-mail, in any case")
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

    static let format = Self(
        name: "format", place: .query, schema: Schemas.words(TableForm.allCases),
        note: "json without it; csv gives a table for spreadsheets")

    static let mostRows = Self(
        name: "limit", place: .query, schema: ["type": "integer", "minimum": 1],
        note: "How many at most; all of them without it")

    static func limit(_ most: Int) -> Self {
        Self(
            name: "limit", place: .query,
            schema: ["type": "integer", "minimum": 1, "default": 100],
            note: "How many, at most \(most)")
    }

    static func path(_ name: String, _ schema: JSON, _ note: String) -> Self {
        Self(name: name, place: .path, isRequired: true, schema: schema, note: note)
    }

    static func words(_ name: String, _ words: [String], _ note: String) -> Self {
        Self(
            name: name, place: .query,
            schema: ["type": "string", "enum": .array(words.map { .string($0) })], note: note)
    }
}
