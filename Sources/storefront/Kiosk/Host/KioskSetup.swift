import ArgumentParser
import Glibc
import StoreRemote

/// `storefront kiosk setup`: the host's side of a kiosk, printed, installed or taken away.
struct KioskSetup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Show the files that make this host a kiosk, put them in place, or take them away.",
        discussion: """
            Without --install and --remove every file is printed under its path, mode and owner, and nothing is \
            written. --install, as root, writes them, makes the account and a host key, and opens the kiosk; it may \
            be repeated. A file that is there already and differs is shown, nothing is changed, and the exit code is \
            73. --remove takes away what --install made.
            """)

    @Flag(help: "A demo shop of its own for each visitor; the default.")
    var demo = false

    @OptionGroup var place: StoreOptions

    @Option(
        help: ArgumentHelp("Where to listen: a port, or an address and a port.", valueName: "address:port"))
    var listen = ListenAddress.standard

    @Option(help: ArgumentHelp("The host's account that every visitor is.", valueName: "name"))
    var account = "shop"

    @Option(help: ArgumentHelp("How many visitors there are at once.", valueName: "n"))
    var visitors = KioskSettings().visitors

    @Option(help: ArgumentHelp("How many of them from one address.", valueName: "n"))
    var perAddress = KioskSettings().perAddress

    @Flag(help: "Take no SSH keys: every visitor comes as a guest.")
    var noKeyIdentity = false

    @Flag(help: "Start one listening sshd by an init script, as on a host without systemd.")
    var plainSshd = false

    @Flag(help: "Put everything in place and open the kiosk; as root.")
    var install = false

    @Flag(help: "Close the kiosk and take away what --install made; as root.")
    var remove = false

    func validate() throws {
        let shops = [demo, place.db != nil, place.remote != nil].count { $0 }
        guard shops <= 1 else {
            throw ValidationError("--demo, --db and --remote name different shops; take one")
        }
        guard !place.readOnly || place.db != nil else {
            throw ValidationError("--read-only goes with --db: it is the store file that is only looked at")
        }
        guard !(install && remove) else { throw ValidationError("take one of --install and --remove") }
        guard !remove || shops == 0 else {
            throw ValidationError("--remove takes away what is there; name no shop")
        }
        guard place.db?.hasPrefix("/") != false else {
            throw ValidationError("the store's path must begin with /, as a session starts elsewhere")
        }
        guard (1...10_000).contains(visitors) else { throw ValidationError("--visitors must be 1 to 10000") }
        guard (1...visitors).contains(perAddress) else {
            throw ValidationError("--per-address must be 1 to the number of visitors, \(visitors)")
        }
        guard AccountName(account) != nil else {
            throw ValidationError(
                "--account must begin with a letter, have at most 32 of a-z, 0-9, - and _, and not be root")
        }
    }

    func run() throws {
        if remove { return try removeAll() }
        let plan = try KioskPlan(
            try settings(), listen: listen, account: account,
            supervisor: plainSshd ? .initScript : KioskPlan.running)
        guard install else {
            Console.write(plan.files.map(\.printed).joined(separator: "\n"))
            return
        }
        try requireRoot()
        let installer = KioskInstaller(plan: plan)
        let differences = try installer.differences()
        guard differences.isEmpty else {
            for difference in differences { Console.write(difference.text) }
            throw ExitCode(73)
        }
        let findings = KioskExamination.ofPaths(plan)
        guard findings.isEmpty else {
            for finding in findings { Console.complain(finding) }
            throw CommandFailure("nothing was installed")
        }
        try installer.install()
        Console.line("The kiosk is open: ssh \(plan.account)@\(plan.listen.localHost) -p \(plan.listen.port)")
        Console.line(
            "See whether all is well with storefront kiosk check; take it away with kiosk setup --remove.")
    }

    private func settings() throws -> KioskSettings {
        var settings = KioskSettings()
        settings.visitors = visitors
        settings.perAddress = perAddress
        settings.keys = !noKeyIdentity
        if let path = place.db { settings.store = place.readOnly ? .readOnly(path) : .file(path) }
        if let remote = place.remote { settings.store = .remote(try ServerAddress(remote)) }
        return settings
    }

    private func removeAll() throws {
        try requireRoot()
        guard let manifest = try KioskInstaller.manifest() else {
            throw CommandFailure("no kiosk is installed on this host: \(KioskPlan.manifestPath) is not there")
        }
        let kept = try KioskInstaller.remove(manifest)
        for path in kept { Console.complain("\(path) was changed since it was installed, and stays") }
        Console.line("The kiosk is closed and taken away.")
    }

    private func requireRoot() throws {
        guard geteuid() == 0 else {
            throw CommandFailure("this changes the host's files; run it as root")
        }
    }
}

extension ListenAddress {
    /// Beside the host's own sshd.
    static let standard = ListenAddress(port: 2222)
}

/// The name of an account of the host, as every tool takes it.
struct AccountName: Hashable, Sendable {
    /// nil for a name that some tool would refuse or misread, and for the administrator's.
    init?(_ text: String) {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let others = [UInt8(ascii: "-"), UInt8(ascii: "_")]
        guard let first = text.utf8.first, letters.contains(first), text.utf8.count <= 32, text != "root",
            text.utf8.allSatisfy({ letters.contains($0) || digits.contains($0) || others.contains($0) })
        else { return nil }
    }
}

extension KioskInstaller.Difference {
    /// The file as it is and as it would be, line by line where both are text.
    var text: String {
        let head = "\(file.path) is there already and differs; move it away or make it as below\n"
        guard case .text(let new) = file.content, case .text(let old) = found else {
            return head + file.printed
        }
        let (before, after) = (old.lines, new.lines)
        let change = after.difference(from: before)
        let removed = Set(change.removals.map { step in step.offset })
        let inserted = Set(change.insertions.map { step in step.offset })
        var (from, to) = (0, 0)
        var text = head
        while from < before.count || to < after.count {
            if removed.contains(from), from < before.count {
                text += "-\(before[from])\n"
                from += 1
            } else if inserted.contains(to), to < after.count {
                text += "+\(after[to])\n"
                to += 1
            } else {
                (from, to) = (from + 1, to + 1)
            }
        }
        return text
    }
}

extension String {
    fileprivate var lines: [Substring] { split(separator: "\n", omittingEmptySubsequences: false) }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
