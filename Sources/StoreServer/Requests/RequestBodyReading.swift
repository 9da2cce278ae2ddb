import Hummingbird
import HTTPTypes
import NIOCore
import StoreDomain
import StoreWire

/// Reads a request's JSON within the limits.
struct RequestBodyReading {
    let limits: RequestLimits
    let currency: Currency

    /// An empty object for a body that is not there.
    ///
    /// - Throws: `Refusal` of what is too large, of another type, or no JSON.
    func read(_ request: Request, isCatalogue: Bool) async throws -> WireReader {
        let maximumBytes = isCatalogue ? limits.catalogueBytes : limits.bodyBytes
        let tooLarge = Refusal(
            .contentTooLarge, .tooLarge, "The body must be at most \(maximumBytes) bytes")
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximumBytes {
            throw tooLarge
        }
        let buffer: ByteBuffer
        do { buffer = try await request.body.collect(upTo: maximumBytes) } catch is NIOTooManyBytesError {
            throw tooLarge
        }
        guard buffer.readableBytes > 0 else { return reader(.object([])) }
        if let type = request.headers[.contentType], !Self.isJSON(type) {
            throw Refusal(
                .unsupportedMediaType, .wrongContentType,
                "The body must be JSON (Content-Type: application/json)")
        }
        do { return reader(try JSONParser.parse(buffer.readableBytesView)) } catch {
            throw Refusal(.badRequest, .notJSON, "The body is not JSON: \(error)")
        }
    }

    private func reader(_ json: JSON) -> WireReader { WireReader(json, currency: currency, from: .client) }

    private static func isJSON(_ type: String) -> Bool {
        let media = type.prefix { $0 != ";" }.trimmedText.lowercased()
        return media == "application/json" || (media.hasPrefix("application/") && media.hasSuffix("+json"))
    }
}
