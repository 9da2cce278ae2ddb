import Glibc
import StoreDomain

/// Gets a password without showing it: typed twice on a terminal, else the first line of standard input.
package enum PasswordPrompt {
    /// One that is there already: typed once.
    package static func password() throws -> Secret {
        isatty(STDIN_FILENO) == 1 ? try ask("Password: ") : try firstLine()
    }

    package static func newPassword() throws -> Secret {
        guard isatty(STDIN_FILENO) == 1 else { return try firstLine() }
        let password = try ask("Password: ")
        let problems = PasswordRule.problems(of: password)
        guard problems.isEmpty else { throw StoreError.invalid(problems) }
        guard try ask("Repeat password: ") == password else {
            throw ProgramFailure("the two passwords differ")
        }
        return password
    }

    /// A PIN, typed twice on a terminal.
    package static func newPIN() throws -> Secret {
        guard isatty(STDIN_FILENO) == 1 else { return try firstLine("PIN") }
        let pin = try ask("PIN: ")
        _ = try PIN(pin)
        guard try ask("Repeat PIN: ") == pin else { throw ProgramFailure("the two PINs differ") }
        return pin
    }

    private static func firstLine(_ what: String = "password") throws -> Secret {
        guard let line = readLine(strippingNewline: true) else {
            throw ProgramFailure("the \(what) is expected on standard input, which is empty")
        }
        return Secret(line)
    }

    /// Reads a line key by key, so that the terminal is as before even after Ctrl-C.
    private static func ask(_ prompt: String) throws -> Secret {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else {
            throw ProgramFailure("this terminal does not let its echo be turned off")
        }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            show("\n")
        }
        show(prompt)
        var line: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { throw ProgramFailure("no password was given") }
            switch byte {
            case 0x0A, 0x0D: return Secret(String(decoding: line, as: UTF8.self))
            case 0x03, 0x1C: throw ProgramFailure("given up; nothing was changed")
            case 0x04 where line.isEmpty: throw ProgramFailure("no password was given")
            case 0x15: line.removeAll()
            case 0x08, 0x7F: line = Array(String(decoding: line, as: UTF8.self).dropLast().utf8)
            default: line.append(byte)
            }
        }
    }

    private static func show(_ text: String) {
        _ = text.utf8CString.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
    }
}
