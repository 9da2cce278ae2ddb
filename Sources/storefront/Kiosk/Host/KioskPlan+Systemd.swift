import StoreRemote

/// What systemd is told: a socket, an sshd for each connection, and what they may use together.
extension KioskPlan {
    var socket: String {
        """
        # Written by storefront kiosk setup.
        [Unit]
        Description=Door of the storefront kiosk

        [Socket]
        ListenStream=\(listen.bound ?? String(listen.port))
        Accept=yes
        MaxConnections=\(settings.visitors)
        MaxConnectionsPerSource=\(settings.perAddress)
        KeepAlive=yes
        KeepAliveTimeSec=30
        KeepAliveIntervalSec=10
        KeepAliveProbes=3
        NoDelay=yes
        TriggerLimitIntervalSec=10
        TriggerLimitBurst=100

        [Install]
        WantedBy=sockets.target

        """
    }

    var sessionService: String {
        let lines =
            [
                "# Written by storefront kiosk setup.",
                "[Unit]",
                "Description=Visitor of the storefront kiosk",
                "CollectMode=inactive-or-failed",
                "",
                "[Service]",
                "ExecStart=-\(sshdPath) -i -e -f \(Self.configurationPath)",
                "StandardInput=socket",
                "StandardError=journal",
                "Slice=storefront-kiosk.slice",
                "# The host's own sshd takes this folder away when it stops.",
                "RuntimeDirectory=sshd",
                "RuntimeDirectoryPreserve=yes",
                "RuntimeDirectoryMode=0755",
                "",
                "# However a visitor goes, nothing of the session stays.",
                "KillMode=control-group",
                "RuntimeMaxSec=1h",
                "MemoryMax=96M",
                "TasksMax=24",
                "CPUQuota=50%",
                "LimitCORE=0",
                "LimitFSIZE=64M",
                "",
                "# sshd needs root's power to become the account; it gets what that takes and no more.",
                "NoNewPrivileges=yes",
                "CapabilityBoundingSet=CAP_SETUID CAP_SETGID CAP_SYS_CHROOT CAP_CHOWN CAP_FOWNER CAP_KILL CAP_DAC_READ_SEARCH",
                "ProtectSystem=strict",
                "ReadWritePaths=\(writable.joined(separator: " "))",
                "ProtectHome=\(homeAccess)",
                "PrivateTmp=yes",
                "PrivateIPC=yes",
                "ProtectProc=invisible",
                "ProtectKernelTunables=yes",
                "ProtectKernelModules=yes",
                "ProtectKernelLogs=yes",
                "ProtectControlGroups=yes",
                "ProtectClock=yes",
                "ProtectHostname=yes",
                "RestrictNamespaces=yes",
                "RestrictRealtime=yes",
                "RestrictSUIDSGID=yes",
                "LockPersonality=yes",
                "MemoryDenyWriteExecute=yes",
                "SystemCallArchitectures=native",
                "SystemCallFilter=@system-service chroot seccomp",
                "SystemCallFilter=landlock_create_ruleset landlock_add_rule landlock_restrict_self",
            ] + network
        return lines.map { "\($0)\n" }.joined()
    }

    var slice: String {
        """
        # Written by storefront kiosk setup.
        [Unit]
        Description=All visitors of the storefront kiosk

        [Slice]
        MemoryMax=50%
        CPUWeight=20

        """
    }

    var systemUser: String {
        "u \(account) - \"Visitors of the storefront kiosk\" \(Self.home) /bin/sh\n"
    }

    var temporaryFolders: String {
        """
        d /run/sshd 0755 root root
        d \(Self.home) 0755 root root
        d \(Self.runFolder) 0755 root root
        d \(settings.sessions) 0700 \(account) \(account)

        """
    }

    /// A session of its own store talks to nobody. One of a server's shop needs the network, and where the
    /// server is named by its address, that address only.
    private var network: [String] {
        guard case .remote(let server) = settings.store else {
            return ["PrivateNetwork=yes", "RestrictAddressFamilies=AF_UNIX"]
        }
        var lines = ["RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6"]
        // A name has to be looked up first, somewhere else.
        if let address = server.ipAddress {
            lines += ["IPAddressDeny=any", "IPAddressAllow=\(address)"]
        }
        return lines
    }

    private var writable: [String] {
        var paths = [settings.sessions]
        if case .file(let path) = settings.store { paths.append(PathParts(path).folder) }
        return paths
    }

    /// A store below a home directory has to stay in sight.
    private var homeAccess: String {
        let path: String? =
            switch settings.store {
            case .file(let path), .readOnly(let path): path
            case .demo, .remote: nil
            }
        let homes = ["/home/", "/root/", "/run/user/"]
        return path.map { path in homes.contains { path.hasPrefix($0) } } == true ? "read-only" : "yes"
    }
}

extension ServerAddress {
    /// The address of a server that is named by one, without its port; nil for a name.
    var ipAddress: String? {
        if host == "localhost" || host.hasPrefix("localhost:") { return "localhost" }
        let name =
            host.hasPrefix("[")
            ? host.dropFirst().prefix { $0 != "]" } : host.prefix { $0 != ":" }
        return IPAddress(String(name))?.text
    }
}
