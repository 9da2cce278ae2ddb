/// The systemd units that copy a shop on a schedule.
package struct BackupUnits: Sendable {
    /// What the service runs, one after the other; it fails with the first that does.
    let commands: [[String]]
    let schedule: BackupSchedule

    package init(_ commands: [[String]], schedule: BackupSchedule) {
        self.commands = commands
        self.schedule = schedule
    }

    /// - Parameter more: further lines of the service, such as what takes rights from it.
    package func service(_ more: String = "") -> String {
        """
        [Unit]
        Description=Copy of the shop

        [Service]
        Type=oneshot
        \(commands.map { "ExecStart=" + $0.map(Self.quoted).joined(separator: " ") }.joined(separator: "\n"))
        Nice=10
        IOSchedulingClass=idle
        \(more.isEmpty ? "UMask=0077" : more)

        """
    }

    /// What was missed while the machine was off is done when it is on again.
    package var timer: String {
        """
        [Unit]
        Description=Copies of the shop, \(schedule.calendar)

        [Timer]
        OnCalendar=\(schedule.calendar)
        Persistent=true

        [Install]
        WantedBy=timers.target

        """
    }

    /// A word of a command line, so that systemd takes it as it is.
    private static func quoted(_ word: String) -> String {
        let plain =
            !word.isEmpty
            && word.unicodeScalars.allSatisfy {
                ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                    || "/._-+:=@".unicodeScalars.contains($0)
            }
        guard !plain else { return word }
        var text = ""
        for scalar in word.unicodeScalars {
            switch scalar {
            case "\\", "\"": text += "\\\(scalar)"
            case "%": text += "%%"
            case "$": text += "$$"
            case _ where scalar.value < 32 || scalar.value == 127:
                let digits = String(scalar.value, radix: 16)
                text += "\\x" + (digits.count < 2 ? "0" : "") + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return "\"\(text)\""
    }
}
