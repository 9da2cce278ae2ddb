import Hummingbird
import HTTPTypes
import NIOCore
import StoreWire

extension Response {
    static func json(
        _ body: some WireWritable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        .json(bytes: body.wireBytes, status: status, headers: headers)
    }

    /// - Parameter bytes: JSON in UTF-8.
    static func json(
        bytes: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        .json(body: ByteBuffer(bytes: bytes), status: status, headers: headers)
    }

    /// - Parameter body: JSON in UTF-8.
    static func json(
        body: ByteBuffer, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}

extension HTTPField.Name {
    static let idempotencyKey = name(WireHeader.idempotencyKey)
    static let idempotencyReplayed = name(WireHeader.idempotencyReplayed)
    static let requestID = name(WireHeader.requestID)
    static let ifMatch = name(WireHeader.ifMatch)

    /// Of a name that is known to be one.
    static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else {
            fatalError("\(text) is spelled like no header field's name")
        }
        return name
    }
}
