import ArgumentParser
import Foundation
import ProgramKit

/// `storefront-server unit`: what systemd runs the server and its copies by.
struct ServerUnit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unit", abstract: "Print a systemd unit that runs the server with few rights.",
        discussion: """
            Settings and secrets are read from /etc/storefront/server.env, which is for root alone. With --template the \
            unit is one for several servers on a machine, named by their ports. --backup is a service that copies the \
            shop and rehearses the copy's restore, --backup-timer what starts that.

            storefront-server unit --template | sudo tee /etc/systemd/system/storefront-server@.service
            """)

    @Flag(help: "A unit for several servers: storefront-server@PORT.service.")
    var template = false

    @Flag(
        help: "The service that copies the shop into /var/lib/storefront/backups: storefront-backup.service.")
    var backup = false

    @Flag(help: "The timer that starts it: storefront-backup.timer.")
    var backupTimer = false

    @OptionGroup var kept: KeptCopies

    @Option(help: ArgumentHelp("When the timer copies: hourly, daily, weekly or a time.", valueName: "when"))
    var schedule: BackupSchedule?

    func validate() throws {
        guard [template, backup, backupTimer].count(where: { $0 }) <= 1 else {
            throw ValidationError("--template, --backup and --backup-timer are units of their own; name one")
        }
        if kept.isSet, !backup { throw ValidationError("--keep is for --backup") }
        if schedule != nil, !backupTimer { throw ValidationError("--schedule is for --backup-timer") }
    }

    func run() throws {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        let copying =
            [program, "backup"] + (kept.isSet ? kept.words : ["--keep", "14", "--keep-months", "12"])
        let units = BackupUnits(
            [copying, [program, "backup", "--rehearse"]], schedule: schedule ?? .at(hour: 3, minute: 30))
        ServerConsole.line(
            backup
                ? units.service(Self.place + "\n" + Self.confinement)
                : backupTimer ? units.timer : Self.text(program: program, isTemplate: template))
    }

    /// - Parameter program: the server's own path.
    static func text(program: String, isTemplate: Bool) -> String {
        let quoted = program.contains(" ") ? "\"\(program)\"" : program
        return """
            [Unit]
            Description=storefront server\(isTemplate ? " on port %i" : "")
            Wants=network-online.target
            After=network-online.target postgresql.service

            [Service]
            Type=exec
            ExecStart=\(quoted)\(isTemplate ? " --port %i" : "")
            \(place)
            # On SIGTERM it ends what is under way within 10 s.
            KillSignal=SIGTERM
            TimeoutStopSec=15
            Restart=on-failure
            RestartSec=1
            LimitNOFILE=16384

            \(confinement)

            [Install]
            WantedBy=multi-user.target
            """
    }

    /// Where settings, secrets and the store are.
    private static let place = """
        Environment=STOREFRONT_ENV=production XDG_DATA_HOME=/var/lib XDG_STATE_HOME=/var/lib XDG_CONFIG_HOME=/etc
        EnvironmentFile=-/etc/storefront/server.env
        WorkingDirectory=/var/lib/storefront
        """

    private static let confinement = """
        DynamicUser=yes
        User=storefront
        StateDirectory=storefront
        StateDirectoryMode=0700
        UMask=0077
        NoNewPrivileges=yes
        CapabilityBoundingSet=
        AmbientCapabilities=
        ProtectSystem=strict
        ProtectHome=yes
        PrivateTmp=yes
        PrivateDevices=yes
        PrivateUsers=yes
        ProtectHostname=yes
        ProtectClock=yes
        ProtectKernelTunables=yes
        ProtectKernelModules=yes
        ProtectKernelLogs=yes
        ProtectControlGroups=yes
        ProtectProc=invisible
        ProcSubset=pid
        RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
        RestrictNamespaces=yes
        RestrictRealtime=yes
        RestrictSUIDSGID=yes
        RemoveIPC=yes
        LockPersonality=yes
        MemoryDenyWriteExecute=yes
        SystemCallArchitectures=native
        SystemCallFilter=@system-service
        SystemCallFilter=~@privileged @resources
        SystemCallErrorNumber=EPERM
        """
}
