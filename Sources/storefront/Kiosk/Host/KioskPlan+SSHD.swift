/// What sshd and PAM are told.
extension KioskPlan {
    var sshdConfiguration: String {
        var lines = [
            "# The kiosk's own sshd: nothing of the host's other one counts here. Written by storefront kiosk setup.",
            "HostKey \(Self.hostKeyPath)",
            "PidFile \(Self.runFolder)/sshd.pid",
        ]
        if supervisor == .initScript {
            lines += listen.bound.map { ["ListenAddress \($0)"] } ?? ["Port \(listen.port)"]
            lines += [
                // Of those who have not got in yet; who is in the shop is counted by the sessions.
                "MaxStartups \(settings.visitors):30:\(settings.visitors * 2)",
                "PerSourceMaxStartups \(settings.perAddress)",
            ]
        }
        lines += [
            "",
            "# Anybody is let in, as one account that may do one thing.",
            "AllowUsers \(account)",
            "PermitRootLogin no",
            "UsePAM yes",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication yes",
        ]
        if ssh.namesItsService { lines.append("PAMServiceName \(Self.service)") }
        lines.append("AuthorizedKeysFile none")
        lines +=
            settings.keys
            ? [
                "",
                "# Any key is let in and says who came; who has none comes in without. A certificate is no key.",
                "PubkeyAuthentication yes",
                "AuthenticationMethods publickey keyboard-interactive",
                "AuthorizedKeysCommand \(SSHDSettings.anyKey)",
                "AuthorizedKeysCommandUser nobody",
                "ExposeAuthInfo yes",
            ] : ["PubkeyAuthentication no", "AuthenticationMethods keyboard-interactive"]
        lines += [
            "",
            "# No way out of the shop. No AcceptEnv and no Subsystem: what a client sends is not taken.",
            "ForceCommand exec \(program) kiosk",
            "DisableForwarding yes",
            "PermitUserRC no",
            "PermitUserEnvironment no",
            "PermitTunnel no",
            "SetEnv LANG=C.UTF-8 LC_ALL=C.UTF-8 SWIFT_BACKTRACE=enable=no",
            "MaxSessions 1",
            "PrintMotd no",
            "PrintLastLog no",
            "",
            "# Lines that are gone are noticed within 20 seconds.",
            "LoginGraceTime 20",
            "ClientAliveInterval 10",
            "ClientAliveCountMax 2",
        ]
        if ssh.endsIdleChannels {
            lines += [
                "UnusedConnectionTimeout 30s",
                "# A backstop: the program itself ends an idle session long before.",
                "ChannelTimeout session:*=20m",
            ]
        }
        lines.append("LogLevel VERBOSE")
        return lines.map { "\($0)\n" }.joined()
    }

    /// Lets everybody in whom sshd's configuration names; nothing else asks for this service.
    var pamService: String {
        """
        # The kiosk's sshd. Who may come in is in \(Self.configurationPath).
        auth required pam_permit.so
        account required pam_permit.so
        session required pam_permit.so

        """
    }
}
