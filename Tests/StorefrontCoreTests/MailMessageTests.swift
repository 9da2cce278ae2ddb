import StoreDomain
import StorefrontCore
import Testing

@Suite struct MailMessageTests {
    private func message(
        to recipient: String = "emile@example.com", subject: String = "Receipt R1-000123",
        body: String = "TOTAL 9.66\n"
    ) throws -> MailMessage {
        MailMessage(
            sender: try Email("shop@example.com"), recipient: try Email(recipient), subject: subject,
            body: body, date: Timestamp(seconds: 1_796_010_096))
    }

    /// The headers, each on one line, and what stands below the first empty line.
    private func parts(_ message: MailMessage) -> (headers: [String], body: [String]) {
        var headers: [String] = []
        var lines = message.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[
            ...]
        while let line = lines.popFirst(), !line.isEmpty {
            if line.hasPrefix(" ") {
                headers[headers.count - 1] += line
            } else {
                headers.append(line)
            }
        }
        return (headers, Array(lines))
    }

    private func decoded(_ lines: [String]) -> String {
        var bytes: [UInt8] = []
        var text = Array(lines.joined(separator: "\n").utf8)[...]
        while let byte = text.popFirst() {
            guard byte == 0x3D else {
                bytes.append(byte)
                continue
            }
            let two = text.prefix(2)
            if two.first == 0x0A {
                text.removeFirst()
            } else {
                text.removeFirst(2)
                bytes.append(UInt8(String(decoding: two, as: UTF8.self), radix: 16) ?? 0)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func itHasWhatAMailNeeds() throws {
        let (headers, body) = parts(try message())
        #expect(headers.contains("From: <shop@example.com>"))
        #expect(headers.contains("To: <emile@example.com>"))
        #expect(headers.contains("Subject: Receipt R1-000123"))
        #expect(headers.contains("Date: Mon, 30 Nov 2026 03:41:36 +0000"))
        #expect(decoded(body) == "TOTAL 9.66\n")
    }

    /// Whatever the shop or the customer is called, there are as many headers as without it.
    @Test func nothingAddsAHeader() throws {
        let names = Set(parts(try message()).headers.map { $0.prefix { $0 != ":" } })
        for subject in [
            "A\nBcc: x@example.com", "A\r\n\r\nBody", "Émile\nBcc: x@example.com", "\u{2028}Bcc: x", "\u{85}",
            "=?UTF-8?Q?=0ABcc:_x?=", "",
        ] {
            let (headers, body) = parts(try message(subject: subject))
            #expect(Set(headers.map { $0.prefix { $0 != ":" } }) == names, "\(headers)")
            #expect(decoded(body) == "TOTAL 9.66\n")
        }
    }

    @Test func noAddressIsTwo() throws {
        for address in ["a>,<b@example.com", "\"a\"@example.com", "a,b@example.com", "a@ex>,<ample.com"] {
            guard let email = try? Email(address) else { continue }
            let message = MailMessage(
                sender: nil, recipient: email, subject: "", body: "", date: Timestamp(seconds: 0))
            let to = parts(message).headers.first { $0.hasPrefix("To: ") } ?? ""
            // Outside of quotes there is one pair of brackets and no comma.
            var isQuoted = false
            var isEscaped = false
            let bare = to.filter { character in
                if isEscaped {
                    isEscaped = false
                    return false
                }
                if character == "\\" { isEscaped = true }
                if character == "\"" { isQuoted.toggle() }
                return !isQuoted
            }
            #expect(bare.filter { "<>,".contains($0) } == "<>", "\(to)")
        }
    }

    @Test func linesAreShortAndPlainWhateverTheText() throws {
        let text =
            "Émile café  緑茶 = 5 €  \n.\nFrom here\n" + String(repeating: "long ", count: 60) + "\n\n end "
        let message = try message(subject: String(repeating: "Käse ", count: 30), body: text)
        for line in message.text.split(separator: "\n", omittingEmptySubsequences: false) {
            #expect(line.utf8.count <= 76, "\(line)")
            #expect(line.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(line)")
            #expect(line != "." && !line.hasPrefix("From "), "\(line)")
        }
        #expect(decoded(parts(message).body) == text)
    }
}
