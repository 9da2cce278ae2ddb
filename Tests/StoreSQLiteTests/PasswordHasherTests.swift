import StoreDomain
import Testing

@testable import StoreCrypto

@Suite("Passwords are hashed by bcrypt, whole or not at all", .serialized)
struct PasswordHasherTests {
    private let hasher = PasswordHasher(cost: 4)

    /// From Openwall's crypt_blowfish (`wrapper.c`) and OpenBSD's tests.
    static let vectors: [(password: String, hash: String)] = [
        ("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        ("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
        ("U*U*U", "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"),
        ("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy"),
        (
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui"
        ),
        ("a", "$2a$04$5DCebwootqWMCp59ISrMJ.l4WvgHIVg17ZawDIrDM2IjlE64GDNQS"),
        ("a", "$2b$04$5DCebwootqWMCp59ISrMJ.l4WvgHIVg17ZawDIrDM2IjlE64GDNQS"),
        ("a", "$2y$04$5DCebwootqWMCp59ISrMJ.l4WvgHIVg17ZawDIrDM2IjlE64GDNQS"),
    ]

    @Test("A known hash of each kind is verified, and no other password is", arguments: vectors)
    func vector(_ vector: (password: String, hash: String)) async {
        #expect(await hasher.verify(Secret(vector.password), against: vector.hash))
        #expect(await !hasher.verify(Secret(vector.password + "x"), against: vector.hash))
        #expect(await !hasher.verify(Secret("X" + vector.password.dropFirst()), against: vector.hash))
    }

    @Test("A new hash is $2b$ of the set cost, salted, and verifies")
    func roundTrip() async throws {
        let first = try await hasher.hash(Secret("correct horse"))
        let second = try await hasher.hash(Secret("correct horse"))
        #expect(first.hasPrefix("$2b$04$") && first.utf8.count == 60)
        #expect(first != second)
        #expect(await hasher.verify(Secret("correct horse"), against: first))
        #expect(await !hasher.verify(Secret("correct horsf"), against: first))
        #expect(!hasher.shouldRenew(first))
    }

    @Test("72 bytes count to the last; 73 bytes and NUL are refused, never cut")
    func limits() async throws {
        let longest = String(repeating: "é", count: 35) + "ab"
        let hash = try await hasher.hash(Secret(longest))
        #expect(await hasher.verify(Secret(longest), against: hash))
        #expect(await !hasher.verify(Secret(longest.dropLast() + "c"), against: hash))
        #expect(await !hasher.verify(Secret(longest + "c"), against: hash))
        for refused in [longest + "c", "has\0nul inside"] {
            await #expect(throws: StoreError.self) { try await hasher.hash(Secret(refused)) }
        }
        let cut = try await hasher.hash(Secret("has"))
        #expect(await !hasher.verify(Secret("has\0nul inside"), against: cut))
    }

    @Test(
        "What is not bcrypt's verifies nothing",
        arguments: [
            "", "*0", "storefront", "$1$salt$hash",
            "$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        ])
    func foreign(hash: String) async {
        #expect(await !hasher.verify(Secret("storefront"), against: hash))
        #expect(hasher.shouldRenew(hash))
    }

    @Test("Other costs and older kinds are to be renewed")
    func renewal() {
        #expect(hasher.shouldRenew("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
        #expect(hasher.shouldRenew("$2a$04$5DCebwootqWMCp59ISrMJ.l4WvgHIVg17ZawDIrDM2IjlE64GDNQS"))
        #expect(!hasher.shouldRenew("$2b$04$5DCebwootqWMCp59ISrMJ.l4WvgHIVg17ZawDIrDM2IjlE64GDNQS"))
    }

    @Test("SHA-256 of a text is what the standard says")
    func sha256() {
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(Fingerprint.hex(of: "abc") == digest)
        #expect(
            Fingerprint.bytes(of: "abc").map { $0 >> 4 }
                == digest.enumerated().compactMap { index, digit in
                    index.isMultiple(of: 2) ? digit.hexDigitValue.map(UInt8.init) : nil
                })
    }

    @Test("Random keys are 32 hexadecimal digits and never the same")
    func keys() {
        let keys = Set((0..<1000).map { _ in RandomSource().idempotencyKey().text })
        #expect(keys.count == 1000)
        #expect(keys.allSatisfy { $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit) })
    }
}
