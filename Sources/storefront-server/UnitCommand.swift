import ArgumentParser
import Foundation

/// `storefront-server unit`: what systemd runs the server by.
struct ServerUnit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unit", abstract: "Print a systemd unit that runs the server with few rights.",
        discussion: """
            Settings and secrets are read from /etc/storefront/server.env, which is for root alone. With --template the \
            unit is one for several servers on a machine, named by their ports.

            storefront-server unit --template | sudo tee /etc/systemd/system/storefront-server@.service
            """)

    @Flag(help: "A unit for several servers: storefront-server@PORT.service.")
    var template = false

    func run() throws {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        ServerConsole.line(Self.text(program: program, isTemplate: template))
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
            Environment=STOREFRONT_ENV=production XDG_DATA_HOME=/var/lib XDG_STATE_HOME=/var/lib XDG_CONFIG_HOME=/etc
            EnvironmentFile=-/etc/storefront/server.env
            WorkingDirectory=/var/lib/storefront
            # On SIGTERM it ends what is under way within 10 s.
            KillSignal=SIGTERM
            TimeoutStopSec=15
            Restart=on-failure
            RestartSec=1
            LimitNOFILE=16384

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

            [Install]
            WantedBy=multi-user.target
            """
    }
}
