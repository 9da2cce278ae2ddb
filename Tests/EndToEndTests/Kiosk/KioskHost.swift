import Foundation
import Glibc
import PtyTesting
import Testing

/// A host of the test's own: this machine's files, of which what it changes is seen by nobody else, and processes of its
/// own. All of it is gone when the test ends.
///
/// The kiosk on it is a real sshd on the loopback interface.
final class KioskHost {
    enum Kind: CaseIterable {
        /// Without systemd; `/etc`, `/run`, `/var/lib` and `/usr/local/bin` are copies or empty.
        case plain
        /// A systemd that is booted over this machine's files, with a network of its own.
        case systemd

        /// Those that this machine lets a test make.
        static var possible: [Kind] {
            allCases.filter { kind in
                switch kind {
                case .plain: isPossible
                case .systemd: isPossible && access("/usr/bin/systemd-nspawn", X_OK) == 0
                }
            }
        }
    }

    struct Run {
        let code: Int32
        let output: String
        let errors: String
    }

    let port: Int
    let home: TemporaryHome
    private let keeper = Process()
    /// Ends with the tests.
    private let life = Pipe()
    /// The first process of the host, as this machine counts.
    private var first: pid_t = 0

    /// Whether this machine lets a host be made and has an sshd.
    static var isPossible: Bool {
        geteuid() == 0 && access("/usr/sbin/sshd", X_OK) == 0 && access("/usr/bin/unshare", X_OK) == 0
    }

    init(_ kind: Kind = .plain) throws {
        home = try TemporaryHome()
        port = try Self.freePort()
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let program = tests.deletingLastPathComponent().appendingPathComponent("storefront").path
        keeper.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
        let spaces =
            switch kind {
            case .plain: ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
            case .systemd: ["--mount", "--fork", "--kill-child"]
            }
        keeper.arguments = spaces + ["/bin/sh", "-euc", Self.script(kind), "sh", home.url.path, program]
        keeper.standardInput = life
        keeper.standardOutput = FileHandle.nullDevice
        keeper.standardError = try FileHandle(forWritingTo: try home.file("boot", ""))
        try keeper.run()
        let deadline = ContinuousClock.now + PtySession.limit
        while true {
            let process = Self.lastDescendant(of: keeper.processIdentifier)
            if let process, try isReady(kind, process) {
                first = process
                return
            }
            try #require(keeper.isRunning && ContinuousClock.now < deadline, "the host was not made")
            usleep(50_000)
        }
    }

    /// A script's own child is the host's first process, and keeps being it: it starts nothing before it is ready.
    private static func lastDescendant(of process: pid_t) -> pid_t? {
        let path = "/proc/\(process)/task/\(process)/children"
        guard let child = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: " ").first,
            let number = pid_t(child)
        else { return nil }
        let name = (try? String(contentsOfFile: "/proc/\(number)/comm", encoding: .utf8)) ?? ""
        return ["sh\n", "systemd\n"].contains(name) ? number : lastDescendant(of: number)
    }

    private func isReady(_ kind: Kind, _ process: pid_t) throws -> Bool {
        let question =
            switch kind {
            case .plain: ["test", "-e", "/run/ready"]
            case .systemd: ["systemctl", "--quiet", "is-system-running"]
            }
        return try run(Self.words(question, in: process)).code == 0
    }

    deinit {
        // With a host's first process all others end, and its mounts are gone.
        kill(first, SIGKILL)
        keeper.waitUntilExit()
    }

    private static func script(_ kind: Kind) -> String {
        switch kind {
        case .plain:
            """
            exec 3<&0
            mkdir "$1/etc" "$1/run" "$1/lib" "$1/bin"
            cp -a /etc/. "$1/etc"
            : > "$1/bin/storefront"
            mount --bind "$1/etc" /etc
            mount --bind "$1/run" /run
            mount --bind "$1/lib" /var/lib
            mount --bind "$1/bin" /usr/local/bin
            mount --bind "$2" /usr/local/bin/storefront
            : > /run/ready
            # Until the tests are gone, however they end; waiting takes in the processes that nobody else does.
            cat <&3 > /dev/null &
            wait
            """
        case .systemd:
            """
            mkdir "$1/host"
            mount -t tmpfs -o mode=755 none "$1/host"
            mkdir "$1/host/upper" "$1/host/work" "$1/host/root"
            mount -t overlay -o "lowerdir=/,upperdir=$1/host/upper,workdir=$1/host/work" overlay "$1/host/root"
            mkdir -p "$1/host/root/usr/local/bin"
            : > "$1/host/root/usr/local/bin/storefront"
            : > "$1/host/root/etc/machine-id"
            exec systemd-nspawn --quiet --directory="$1/host/root" --machine="kiosk-$$" --register=no --keep-unit \\
                --private-network --bind-ro="$2:/usr/local/bin/storefront" --boot -- --unit=basic.target
            """
        }
    }

    /// A port of the loopback interface that nobody listens at.
    private static func freePort() throws -> Int {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(socket >= 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        try withUnsafeMutablePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try #require(bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0)
            }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    // MARK: - On the host

    private static func words(_ words: [String], in process: pid_t) -> [String] {
        ["/usr/bin/nsenter", "--target", "\(process)", "--mount", "--pid", "--net", "--uts", "--ipc", "--"]
            + words
    }

    @discardableResult
    func run(_ words: String..., input: String = "") throws -> Run { try runHere(words, input: input) }

    @discardableResult
    private func runHere(_ words: [String], input: String = "") throws -> Run {
        try run(Self.words(words, in: first), input: input)
    }

    private func run(_ words: [String], input: String = "") throws -> Run {
        let names = ["input", "output", "errors"].map { "\($0)-\(UUID().uuidString)" }
        let files = try names.map { try home.file($0, $0.hasPrefix("input") ? input : "") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.environment = [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
            "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
        ]
        let ends = [
            try FileHandle(forReadingFrom: files[0]), try FileHandle(forWritingTo: files[1]),
            try FileHandle(forWritingTo: files[2]),
        ]
        (process.standardInput, process.standardOutput, process.standardError) = (ends[0], ends[1], ends[2])
        try Program.finish(process, closing: ends)
        return Run(
            code: process.terminationStatus, output: try String(contentsOf: files[1], encoding: .utf8),
            errors: try String(contentsOf: files[2], encoding: .utf8))
    }

    /// Opens a kiosk on it.
    func install(_ arguments: String...) throws { try install(arguments) }

    func install(_ arguments: [String]) throws {
        let run = try runHere(
            ["storefront", "kiosk", "setup", "--listen", "127.0.0.1:\(port)", "--install"] + arguments)
        try #require(run.code == 0, "\(run.errors)")
    }

    /// The host's own files below `/etc`, each with what it holds, and its accounts; not the copies that the tools for
    /// accounts make of their files.
    func picture() throws -> String {
        try run(
            "sh", "-c",
            """
            cd /; find etc var/lib usr/local/bin -printf '%p %y %m %u %g %l\\n' | grep -v '^etc/[a-z]*- ' | sort
            find etc -type f ! -name '*-' | sort | xargs -d '\\n' sha256sum
            """
        ).output
    }

    /// How many processes an account has that still run.
    func processes(of account: String = "shop") throws -> Int {
        let states = try run(
            "sh", "-c",
            """
            for folder in /proc/[0-9]*; do
                if [ "$(stat -c %U "$folder" 2>/dev/null)" = \(account) ]; then cat "$folder/status"; fi
            done | grep '^State:'
            """
        ).output.split(separator: "\n")
        return states.count { !$0.contains("Z (zombie)") }
    }

    // MARK: - Visiting

    private func client(_ options: [String], _ command: [String], account: String) -> [String] {
        [
            "/usr/bin/ssh", "-F", "none", "-o", "StrictHostKeyChecking=no", "-o",
            "UserKnownHostsFile=/dev/null",
            "-o", "LogLevel=ERROR", "-o", "IdentityAgent=none", "-p", "\(port)",
        ] + options + ["\(account)@127.0.0.1"] + command
    }

    /// A visitor at a terminal.
    func visit(
        _ options: String..., command: [String] = [], term: String? = "xterm-256color", columns: Int = 80,
        rows: Int = 24, environment: [String: String] = [:]
    ) throws -> PtySession {
        try visit(
            options, command: command, term: term, columns: columns, rows: rows, environment: environment)
    }

    func visit(
        _ options: [String], command: [String] = [], term: String? = "xterm-256color", columns: Int = 80,
        rows: Int = 24, environment: [String: String] = [:]
    ) throws -> PtySession {
        try PtySession(
            Self.words(client(["-tt"] + options, command, account: "shop"), in: first), term: term,
            columns: columns,
            rows: rows,
            environment: environment.merging(["HOME": home.url.path]) { given, _ in given })
    }

    /// A visitor without a terminal, to the end.
    func call(_ options: String..., command: [String] = [], account: String = "shop", input: String = "")
        throws
        -> Run
    {
        try runHere(client(["-T"] + options, command, account: account), input: input)
    }

    /// Any program that speaks SSH, such as `scp`.
    func copy(_ program: String, _ arguments: String...) throws -> Run {
        try runHere(
            [
                program, "-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
                "-o",
                "LogLevel=ERROR", "-P", "\(port)",
            ] + arguments)
    }
}
