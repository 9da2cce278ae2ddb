/// What an sshd would do for a visitor, as `sshd -T -C user=…` tells it: the configuration with its defaults.
struct SSHDSettings: Sendable {
    private let values: [String: [String]]

    /// - Parameter text: a line a value, the key in lower case before it.
    init(_ text: String) {
        var values: [String: [String]] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            values[String(words[0]).lowercased(), default: []].append(words.count > 1 ? String(words[1]) : "")
        }
        self.values = values
    }

    subscript(key: String) -> [String] { values[key] ?? [] }

    /// What lets any key in, and nothing with it but a terminal.
    static let anyKey = "/bin/echo restrict,pty %t %k"

    /// A sentence for each thing that would let a visitor do more than shop.
    var findings: [String] {
        func expect(_ key: String, _ wanted: String, _ why: String) -> String? {
            self[key] == [wanted]
                ? nil : "sshd's \(key) is \(self[key].first ?? "not set") and must be \(wanted): \(why)"
        }
        func forbid(_ key: String, _ why: String) -> String? {
            self[key].isEmpty ? nil : "sshd's \(key) must not be set: \(why)"
        }
        var findings = [
            expect("permitrootlogin", "no", "only visitors come in here"),
            expect("passwordauthentication", "no", "a password would be tried for ever"),
            expect("authorizedkeysfile", "none", "the account's own files decide nothing"),
            expect("disableforwarding", "yes", "forwarding leads into the host's network"),
            expect("permituserrc", "no", "it runs a command of the account's home"),
            expect("permituserenvironment", "no", "it takes settings from the account's home"),
            expect("maxsessions", "1", "a connection is one visitor"),
            forbid("acceptenv", "the client would choose the session's environment"),
            forbid("subsystem", "sftp reads the host's files"),
        ].compactMap { $0 }
        let takesKeys = self["pubkeyauthentication"]
        if takesKeys != ["no"], takesKeys != ["yes"] {
            findings.append("sshd's pubkeyauthentication must be yes or no, so that it is known what keys do")
        }
        if takesKeys.contains("yes") {
            findings += [
                expect(
                    "authenticationmethods", "publickey keyboard-interactive",
                    "any key lets in, and so does none"),
                expect("authorizedkeyscommand", Self.anyKey, "it lets any key in, and lets it do no more"),
                expect("authorizedkeyscommanduser", "nobody", "the command needs no rights"),
                expect("exposeauthinfo", "yes", "the session is told by it which key it was"),
                expect("trustedusercakeys", "none", "a certificate is nobody's key"),
            ].compactMap { $0 }
        }
        if program == nil {
            findings.append("sshd's forcecommand must be exec and the path of storefront and kiosk")
        }
        if account == nil { findings.append("sshd's allowusers must name one account, the visitors'") }
        return findings
    }

    /// The one account that is let in; nil where it is not just one.
    var account: String? { self["allowusers"].count == 1 ? self["allowusers"][0] : nil }

    /// The program that every visitor gets; nil where that is not a storefront's kiosk.
    var program: String? {
        let words = self["forcecommand"].first?.split(separator: " ") ?? []
        return words.count == 3 && words[0] == "exec" && words[2] == "kiosk" ? String(words[1]) : nil
    }
}
