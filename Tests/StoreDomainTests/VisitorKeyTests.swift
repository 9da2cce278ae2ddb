import StoreDomain
import Testing

@Suite struct VisitorKeyTests {
    /// As `ssh-keygen -l` and `base64` write it.
    @Test func aFingerprintIsWrittenAsKeysAreListed() {
        let zeros = KeyFingerprint(sha256: [UInt8](repeating: 0, count: 32))
        #expect(zeros?.text == "SHA256:" + String(repeating: "A", count: 43))
        let ones = KeyFingerprint(sha256: [UInt8](repeating: 255, count: 32))
        #expect(ones?.text == "SHA256:" + String(repeating: "/", count: 42) + "8")
        let counted = KeyFingerprint(sha256: Array(0..<32))
        #expect(counted?.text == "SHA256:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
        #expect(counted.flatMap { KeyFingerprint($0.text) } == counted)
    }

    @Test(
        "What is no fingerprint",
        arguments: [
            "", "SHA256:", "MD5:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
            "SHA256:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "SHA256:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh\u{e9}",
        ])
    func noFingerprint(text: String) {
        #expect(KeyFingerprint(text) == nil)
        #expect(KeyFingerprint(sha256: Array(text.utf8)) == nil)
    }

    @Test func aCodeIsTypedAsItIsRead() throws {
        let code = VisitorCode.text(of: IdempotencyKey(random: 7, 0x1234_5678_9ABC_DEF0))
        #expect(code.count == 8 && VisitorCode.text(typed: code) == code)
        #expect(VisitorCode.text(typed: "o1il-abcd") == "0111ABCD")
        for wrong in ["", "1234567", "123456789", "ABCD EFGU", "ABCD-EFG\u{301}H"] {
            #expect(VisitorCode.text(typed: wrong) == nil, "\(wrong)")
        }
    }
}
