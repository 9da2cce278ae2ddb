import JWTKit
import StoreDomain
import StoreWire
import Synchronization

/// What an access token says, once it has been found to be ours and still good.
struct AccessToken: Sendable {
    let userID: Int64
    /// Tells it from every other.
    let id: String
    let issuedAt: Timestamp
    let expiresAt: Timestamp
}

/// Makes and reads access tokens: JWT, HS256 and nothing else.
public struct TokenAuthority: Sendable {
    /// How long a token counts, in seconds.
    public static let lifetime = TokenLifetime.seconds
    /// The shortest secret there may be, in bytes: as long as what HS256 makes of it.
    public static let minimumSecretBytes = 32
    static let issuer = "storefront"

    private let keys: JWTKeyCollection
    private let clock: any StoreClock
    private let ids: any IDSource
    private let known = KnownTokens()

    /// - Parameter secret: `minimumSecretBytes` or more.
    public init(secret: Secret, clock: any StoreClock, ids: any IDSource) async {
        keys = await JWTKeyCollection().add(
            hmac: HMACKey(from: Array(secret.revealed.utf8)), digestAlgorithm: .sha256)
        self.clock = clock
        self.ids = ids
    }

    func issue(for user: User) async throws -> Secret {
        let instant = clock.now()
        let now = instant.milliseconds / 1000
        let claims = Claims(
            sub: String(user.id), iat: now, iatMilliseconds: instant.milliseconds,
            exp: now + TokenAuthority.lifetime,
            jti: ids.idempotencyKey().text, iss: TokenAuthority.issuer)
        return Secret(try await keys.sign(claims))
    }

    /// What the token says; nil for one that is not ours, was changed or has run out.
    func read(_ token: String) async -> AccessToken? {
        if let known = known[token] { return isCurrent(known) ? known : nil }
        guard let read = await verified(token) else { return nil }
        known.keep(read, as: token, at: clock.now())
        return read
    }

    private func verified(_ token: String) async -> AccessToken? {
        guard TokenAuthority.algorithm(of: token) == "HS256",
            let claims = try? await keys.verify(token, as: Claims.self),
            claims.iss == TokenAuthority.issuer, let userID = Int64(claims.sub),
            clock.now() < Timestamp(seconds: claims.exp)
        else { return nil }
        return AccessToken(
            userID: userID, id: claims.jti,
            issuedAt: claims.iatMilliseconds.map { Timestamp(milliseconds: $0) }
                ?? Timestamp(seconds: claims.iat),
            expiresAt: Timestamp(seconds: claims.exp))
    }

    /// Whether it has not run out.
    func isCurrent(_ token: AccessToken) -> Bool { clock.now() < token.expiresAt }

    /// The `alg` of the token's header. The signature is checked as HS256 whatever stands there.
    private static func algorithm(of token: String) -> String? {
        let header = Array(token.utf8.prefix { $0 != UInt8(ascii: ".") })
        guard let bytes = Base64URL.decode(header), case .object(let members)? = try? JSONParser.parse(bytes),
            case .string(let algorithm)? = members.last(where: { $0.name == "alg" })?.value
        else { return nil }
        return algorithm
    }

    /// Under the names that JWT gives them; times in seconds since 1970.
    private struct Claims: JWTPayload {
        let sub: String
        let iat: Int64
        /// Exactly; nil in a token of an earlier version. What is signed out everywhere was issued before an instant.
        let iatMilliseconds: Int64?
        let exp: Int64
        let jti: String
        let iss: String

        /// `read` compares the times with the server's own clock.
        func verify(using algorithm: some JWTAlgorithm) {}
    }
}

/// What tokens say whose signature was found good: it stays good, and who comes with one comes with it again and again.
private final class KnownTokens: Sendable {
    /// So many are kept at most; beyond, those that have run out go, or else all of them.
    private static let limit = 1_024

    private let tokens = Mutex<[String: AccessToken]>([:])

    subscript(text: String) -> AccessToken? { tokens.withLock { $0[text] } }

    func keep(_ token: AccessToken, as text: String, at now: Timestamp) {
        tokens.withLock { tokens in
            if tokens.count >= Self.limit { tokens = tokens.filter { now < $0.value.expiresAt } }
            if tokens.count >= Self.limit { tokens = [:] }
            tokens[text] = token
        }
    }
}

/// The base 64 of tokens: `-` and `_`, no padding.
enum Base64URL {
    static func decode(_ text: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (bits, count): (UInt32, Int) = (0, 0)
        for byte in text {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - 0x41
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - 0x61 + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - 0x30 + 52
            case UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "_"): value = 63
            default: return nil
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
