import ArgumentParser

/// What the command `backup` of both programs takes.
package struct BackupOptions: ParsableArguments {
    @Argument(help: "The file to write; without it a copy in the folder of copies, named by the time.")
    package var file: String?

    @Flag(help: "Take the place of a file that is there already.")
    package var overwrite = false

    @Option(
        help: ArgumentHelp(
            "The folder of copies; backups beside the store unless it is named.", valueName: "dir"))
    package var into: String?

    @OptionGroup package var kept: KeptCopies

    @Flag(
        help: """
            Copy nothing: put a copy, the latest of the folder unless a file is named, back in a throw-away place, open \
            and verify it, and compare it with the shop.
            """)
    package var rehearse = false

    package init() {}

    package mutating func validate() throws {
        if file?.isEmpty == true { throw ValidationError("the name of the file is empty") }
        if into?.isEmpty == true { throw ValidationError("--into needs a folder") }
        if file != nil, into != nil { throw ValidationError("name a file, or a folder with --into") }
        if file != nil, kept.isSet {
            throw ValidationError("--keep is for a folder of copies, not for a file")
        }
        if overwrite, file == nil || rehearse {
            throw ValidationError("--overwrite is for a copy in a named file")
        }
    }

    /// The folder of copies.
    ///
    /// - Parameter data: the folder in which the store lies.
    package func folder(in data: String) -> String { into ?? "\(data)/backups" }
}

/// Which of the copies in a folder are kept when another one is made.
package struct KeptCopies: ParsableArguments {
    @Option(
        help: ArgumentHelp("Keep so many of the latest copies, and take the others away.", valueName: "n"))
    package var keep: Int?

    @Option(help: ArgumentHelp("Keep the last copy of so many days, too.", valueName: "n"))
    package var keepDays: Int?

    @Option(help: ArgumentHelp("Keep the last copy of so many months, too.", valueName: "n"))
    package var keepMonths: Int?

    package init() {}

    package mutating func validate() throws {
        for (name, count) in named {
            if let count, count < 1 { throw ValidationError("\(name) must be 1 or more") }
        }
    }

    package var isSet: Bool { named.contains { $0.1 != nil } }

    /// As they are typed.
    package var words: [String] { named.flatMap { name, count in count.map { [name, String($0)] } ?? [] } }

    private var named: [(String, Int?)] {
        [("--keep", keep), ("--keep-days", keepDays), ("--keep-months", keepMonths)]
    }
}

/// When copies are made.
package enum BackupSchedule: Sendable, ExpressibleByArgument {
    case hourly, daily, weekly
    /// Once a day.
    case at(hour: Int, minute: Int)

    package init?(argument: String) {
        switch argument {
        case "hourly": self = .hourly
        case "daily": self = .daily
        case "weekly": self = .weekly
        default:
            let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isASCII) }),
                let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<24).contains(hour),
                (0..<60).contains(minute)
            else { return nil }
            self = .at(hour: hour, minute: minute)
        }
    }

    package var defaultValueDescription: String { "hourly, daily, weekly or a time of day such as 03:30" }

    /// As systemd's OnCalendar has it.
    var calendar: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return switch self {
        case .hourly: "hourly"
        case .daily: "daily"
        case .weekly: "weekly"
        case .at(let hour, let minute): "*-*-* \(two(hour)):\(two(minute)):00"
        }
    }
}
