import Hummingbird
import HTTPTypes
import NIOCore
import StoreDomain
import StoreWire

/// How the server is, and what it offers.
struct SystemController: Sendable {
    let auth: any AuthService
    let metrics: ServerMetrics
    let openAPI: [UInt8]
    let docs: String

    func health(_ request: APIRequest) async throws -> Response { .json(StatusBody("ok")) }

    /// Ready while the store can be read.
    func ready(_ request: APIRequest) async throws -> Response {
        do {
            _ = try await auth.isEmpty()
            return .json(StatusBody("ready"))
        } catch {
            throw Refusal(.serviceUnavailable, .storage, "The store cannot be read just now")
        }
    }

    func metrics(_ request: APIRequest) async throws -> Response {
        text(metrics.prometheusText, type: "text/plain; version=0.0.4; charset=utf-8")
    }

    func openAPI(_ request: APIRequest) async throws -> Response { .json(bytes: openAPI) }

    func docs(_ request: APIRequest) async throws -> Response {
        var response = text(docs, type: "text/html; charset=utf-8")
        response.headers[.contentSecurityPolicy] = "default-src 'none'; style-src 'unsafe-inline'"
        return response
    }

    private func text(_ text: String, type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private struct StatusBody: WireWritable {
        let status: String

        init(_ status: String) { self.status = status }

        func write(to json: inout JSONWriter) { json.object { $0.member("status", status) } }
    }
}
