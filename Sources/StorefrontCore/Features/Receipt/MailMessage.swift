import StoreDomain

/// A mail of plain text, as mail programs take it on their standard input (RFC 5322). Nothing that it is made of can add a
/// header: line ends become blanks there, and what is not ASCII is encoded.
public struct MailMessage: Hashable, Sendable {
    /// Whom it comes from; nil leaves that to the mail program.
    public let sender: Email?
    public let recipient: Email
    public let subject: String
    /// Lines, each with its end.
    public let body: String
    public let date: Timestamp

    public init(sender: Email?, recipient: Email, subject: String, body: String, date: Timestamp) {
        self.sender = sender
        self.recipient = recipient
        self.subject = subject
        self.body = body
        self.date = date
    }

    /// The message, its lines ended as the system's programs expect it.
    public var text: String {
        var headers: [String] = []
        if let sender { headers.append("From: \(Self.address(sender))") }
        headers += [
            "To: \(Self.address(recipient))",
            "Subject: \(Self.encodedWords(subject))",
            "Date: \(Self.date(date))",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            // So that no holiday's answer comes back.
            "Auto-Submitted: auto-generated",
        ]
        return (headers + ["", Self.quotedPrintable(body)]).joined(separator: "\n")
    }

    /// An address was looked at when it became one; what could end it or begin another is quoted all the same.
    private static func address(_ email: Email) -> String {
        let scalars = email.address.unicodeScalars.filter { $0.value >= 0x21 && $0.value != 0x7F }
        let address = String(String.UnicodeScalarView(scalars))
        guard let at = address.lastIndex(of: "@") else { return "" }
        let local = address[..<at]
        let isAtom = local.unicodeScalars.allSatisfy { scalar in
            !scalar.isASCII || scalar.properties.isAlphabetic
                || "0123456789.!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
        }
        // What a host is made of cannot end the address.
        let host = address[at...].filter { !"<>,;:\"()[]\\".contains($0) }
        guard !isAtom else { return "<\(local)\(host)>" }
        let quoted = local.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "<\"\(String(quoted))\"\(host)>"
    }

    /// A header's text in one line; encoded (RFC 2047) where it is not ASCII.
    private static func encodedWords(_ text: String) -> String {
        let seen = text.unicodeScalars.prefix(200).map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: " "
            default: scalar
            }
        }
        let text = String(String.UnicodeScalarView(seen)).cleanText
        guard !text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) || text.contains("=?") else {
            return text
        }
        var words: [String] = []
        var word: [UInt8] = []
        for scalar in text.unicodeScalars {
            // Lines with such words have at most 76 characters, and no character is in two words.
            if word.count + UTF8.width(scalar) > 39 {
                words.append(encodedWord(word))
                word = []
            }
            word += Array(String(scalar).utf8)
        }
        words.append(encodedWord(word))
        return words.joined(separator: "\n ")
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String {
        "=?UTF-8?B?\(base64(bytes))?="
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var value = 0
            for byte in group { value = value << 8 | Int(byte) }
            value <<= 8 * (3 - group.count)
            for place in 0..<4 {
                text.append(place <= group.count ? digits[value >> (18 - 6 * place) & 0x3F] : "=")
            }
        }
        return text
    }

    /// Lines of at most 76 characters that are ASCII whatever the text is.
    private static func quotedPrintable(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var lines = ""
            var width = 0
            let bytes = Array(line.utf8)
            for (offset, byte) in bytes.enumerated() {
                let isLast = offset == bytes.count - 1
                let isPlain =
                    (0x21...0x7E).contains(byte) && byte != 0x3D || byte == 0x20 && !isLast
                // Some programs take a line that begins with a full stop, or with From, for one of their own.
                let isTaken = offset == 0 && (byte == 0x2E || bytes.starts(with: "From ".utf8))
                let piece = isPlain && !isTaken ? String(Unicode.Scalar(byte)) : escaped(byte)
                if width + piece.utf8.count > 75 {
                    lines += "=\n"
                    width = 0
                }
                lines += piece
                width += piece.utf8.count
            }
            return lines
        }.joined(separator: "\n")
    }

    private static func escaped(_ byte: UInt8) -> String {
        "=" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    /// `Mon, 30 Nov 2026 03:41:36 +0000`
    private static func date(_ instant: Timestamp) -> String {
        let time = CivilTime(utc: instant)
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let number = instant.milliseconds / 86_400_000 - (instant.milliseconds % 86_400_000 < 0 ? 1 : 0)
        let day = days[Int((number % 7 + 7) % 7)]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(day), \(time.day) \(months[time.month - 1]) \(time.year) "
            + "\(two(time.hour)):\(two(time.minute)):\(two(time.second)) +0000"
    }
}

extension Order {
    /// What a mail with its receipt is called.
    public func mailSubject(_ style: ReceiptStyle) -> String {
        let document = invoice.map { "Invoice \($0.number.text)" }
        return "\(document ?? "Receipt \(number?.text ?? "of order \(id)")"), \(style.shopName)"
    }
}
