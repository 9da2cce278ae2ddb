import Foundation
import HTTPTypes

/// Speaks to a server with a connection for each request, as the Flask service's workers want it.
struct ClosingClient: Sendable {
    let port: Int

    func get(_ target: String, token: String? = nil) async throws -> Client.Reply {
        try await call("GET", target, "", token)
    }

    func post(_ target: String, _ body: String, token: String? = nil) async throws -> Client.Reply {
        try await call("POST", target, body, token)
    }

    func patch(_ target: String, _ body: String, token: String? = nil) async throws -> Client.Reply {
        try await call("PATCH", target, body, token)
    }

    /// Registers somebody and gives their token.
    func register(_ email: String) async throws -> String {
        let reply = try await post(
            "/api/auth/register", #"{"email":"\#(email)","password":"long enough","name":"Somebody"}"#)
        guard reply.status == 201, let token = reply["access_token"] else {
            throw ServerProcess.StartFailure(output: reply.text)
        }
        return token
    }

    private func call(_ method: String, _ target: String, _ body: String, _ token: String?) async throws
        -> Client.Reply
    {
        let connection = try RawConnection(port: port)
        let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        await connection.send(
            "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\(authorization)"
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        let answer = await connection.readToEnd()
        guard let end = answer.range(of: "\r\n\r\n"),
            let status = answer.split(separator: " ").dropFirst().first
        else { throw ServerProcess.StartFailure(output: answer) }
        return Client.Reply(status: Int(status) ?? 0, text: String(answer[end.upperBound...]), headers: [:])
    }
}
