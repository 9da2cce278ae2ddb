import HTTPTypes
import Hummingbird
import NIOCore
import StoreDomain
import StoreTransfer
import StoreWire

/// Whole tables in and out. What goes out is written as it is read, page by page, so a shop of any size costs the
/// server one page of memory.
struct TransferController: Sendable {
    let counter: Counter
    let orders: any OrderService

    /// Rows that are read at once.
    private static let stride = 500
    /// A request that names no limit gets all there is.
    private static let everything = Int.max

    func exportProducts(_ request: APIRequest) async throws -> Response {
        let transfer = try counter.services().transfer
        let principal = request.principal
        let start = try start(request)
        return try await TableStream<ExportedProduct>(
            named: "products", csvHeader: PlainCatalog.header, csv: PlainCatalog.line, json: \.wireBytes
        ) { last, count in
            try await transfer.exportProducts(
                after: last?.product.id ?? start, limit: min(count, Self.stride), as: principal)
        }.response(try form(request), limit: try limit(request))
    }

    func exportOrders(_ request: APIRequest) async throws -> Response {
        let orders = orders
        let principal = request.principal
        let status: OrderStatus? = try request.query.word("status")
        return try await TableStream<Order>(
            named: "orders", csvHeader: OrderTable.header, csv: OrderTable.line, json: \.wireBytes
        ) { last, count in
            let query = OrderQuery(
                status: status, everybody: true, before: last?.id, perPage: min(count, Self.stride))
            return try await orders.orders(query, as: principal).orders
        }.response(try form(request), limit: try limit(request))
    }

    /// Refuses who may not before a catalogue is read.
    func mayImport(_ principal: Principal) async throws {
        _ = try await counter.services().transfer.rehearseImport([], as: principal)
    }

    func checkImport(_ request: APIRequest) async throws -> Response {
        let body = try ImportBody(request.body)
        return .json(
            One(
                try await counter.services().transfer.rehearseImport(
                    body.products, as: request.principal)))
    }

    func importProducts(_ request: APIRequest) async throws -> Response {
        let body = try ImportBody(request.body)
        return .json(
            One(
                try await counter.services().transfer.importProducts(
                    body.products, as: request.principal
                ) { _ in }))
    }

    /// The product behind which to begin.
    private func start(_ request: APIRequest) throws(StoreError) -> Int64 {
        guard let text = request.query.text("after") else { return 0 }
        guard let id = Int64(text), id >= 0 else {
            throw .invalid([FieldProblem("after", "must be a product's number, or 0")])
        }
        return id
    }

    private func form(_ request: APIRequest) throws(StoreError) -> TableForm {
        try request.query.word("format") ?? .json
    }

    private func limit(_ request: APIRequest) throws(StoreError) -> Int {
        try request.query.number("limit", default: Self.everything)
    }
}

/// How a table goes out.
enum TableForm: String, CaseIterable, Sendable { case json, csv }

/// A table that is written while it is read: as JSON one object with a list, as CSV one line a row.
private struct TableStream<Row: Sendable>: Sendable {
    let name: String
    let csvHeader: String
    let csv: @Sendable (Row) -> String
    let json: @Sendable (Row) -> [UInt8]
    /// The rows behind the last one, so many at most; none at the end.
    let next: @Sendable (Row?, Int) async throws -> [Row]

    init(
        named name: String, csvHeader: String, csv: @escaping @Sendable (Row) -> String,
        json: @escaping @Sendable (Row) -> [UInt8],
        next: @escaping @Sendable (Row?, Int) async throws -> [Row]
    ) {
        (self.name, self.csvHeader, self.csv, self.json, self.next) = (name, csvHeader, csv, json, next)
    }

    /// - Throws: what the first page throws, so that a refusal has its status. What goes wrong later cuts the answer
    ///   off, which HTTP lets the caller see.
    func response(_ form: TableForm, limit: Int) async throws -> Response {
        let first = try await next(nil, limit)
        let headers: HTTPFields =
            switch form {
            case .json: [.contentType: "application/json", .cacheControl: "no-store"]
            case .csv:
                [
                    .contentType: "text/csv; charset=utf-8; header=present", .cacheControl: "no-store",
                    .contentDisposition: "attachment; filename=\"\(name).csv\"",
                ]
            }
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                var (page, left, isFirst) = (first, limit, true)
                try await writer.write(ByteBuffer(string: form == .csv ? csvHeader : "{\"\(name)\":["))
                while let last = page.last {
                    var buffer = ByteBuffer()
                    for row in page {
                        switch form {
                        case .csv: buffer.writeString(csv(row))
                        case .json:
                            if !isFirst { buffer.writeString(",") }
                            buffer.writeBytes(json(row))
                        }
                        isFirst = false
                    }
                    try await writer.write(buffer)
                    left -= page.count
                    page = left > 0 ? try await next(last, left) : []
                }
                if form == .json { try await writer.write(ByteBuffer(string: "]}")) }
                try await writer.finish(nil)
            })
    }
}
