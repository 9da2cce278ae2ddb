import StoreDomain
import StoreWire

/// The contract for programs (OpenAPI 3.1) and for people (one page), both made of the table of routes.
struct OpenAPIDocument {
    let json: [UInt8]
    let page: String

    init(currency: Currency, limits: RequestLimits) {
        json = JSONWriter.bytes(reserving: 32_768) { $0.value(Self.document(currency, limits)) }
        page = DocumentationPage.html
    }

    private static func document(_ currency: Currency, _ limits: RequestLimits) -> JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Storefront", "version": "1",
                "description": .string(
                    """
                    The shop's REST API. Money is a JSON number of \(currency.code) with two decimals, times \
                    are RFC 3339 in UTC. A path works with and without a trailing slash. A body has at most \
                    \(limits.bodyBytes) bytes, a catalogue to import \(limits.catalogueBytes).
                    """),
            ],
            "paths": paths,
            "components": [
                "schemas": Schemas.all,
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer", "bearerFormat": "JWT"]],
            ],
        ]
    }

    private static var paths: JSON {
        var paths: [(name: String, value: JSON)] = []
        for endpoint in Endpoint.allCases where !paths.contains(where: { $0.name == endpoint.template }) {
            let methods = Endpoint.allCases.filter { $0.template == endpoint.template }
            paths.append(
                (
                    endpoint.template,
                    .object(methods.map { ($0.method.rawValue.lowercased(), operation($0)) })
                ))
        }
        return .object(paths)
    }

    private static func operation(_ endpoint: Endpoint) -> JSON {
        let notes = endpoint.notes
        var members: [(name: String, value: JSON)] = [
            ("operationId", .string(endpoint.rawValue)), ("summary", .string(notes.summary)),
        ]
        if endpoint.access != .anyone { members.append(("security", [["token": []]])) }
        let parameters = notes.parameters.map { $0.json }
        if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
        if let request = notes.request {
            members.append(
                (
                    "requestBody",
                    [
                        "required": .bool(endpoint != .editProduct),
                        "content": ["application/json": ["schema": .ref(request)]],
                    ]
                ))
        }
        members.append(
            ("responses", .object(notes.allAnswers(of: endpoint).map { ($0.statusText, $0.json) })))
        return .object(members)
    }
}

extension JSON {
    /// A reference to a schema of the document.
    static func ref(_ schema: String) -> JSON { ["$ref": .string("#/components/schemas/\(schema)")] }
}
