/// The init script for a host without systemd.
extension KioskPlan {
    var script: String {
        """
        #!/bin/sh
        ### BEGIN INIT INFO
        # Provides:          storefront-kiosk
        # Required-Start:    $remote_fs $network
        # Required-Stop:     $remote_fs $network
        # Default-Start:     2 3 4 5
        # Default-Stop:      0 1 6
        # Short-Description: The storefront kiosk's own sshd
        ### END INIT INFO
        # Written by storefront kiosk setup.
        set -eu
        sshd=\(sshdPath)
        configuration=\(Self.configurationPath)
        run=\(Self.runFolder)

        process() { cat "$run/sshd.pid" 2>/dev/null; }
        is_running() { process >/dev/null && kill -0 "$(process)" 2>/dev/null; }

        start() {
            if is_running; then return; fi
            install -d -m 0755 -o root -g root /run/sshd "$run" \(Self.home)
            install -d -m 0700 -o \(account) -g \(account) \(settings.sessions)
            "$sshd" -t -f "$configuration"
            "$sshd" -f "$configuration"
        }

        # The numbers of the visitors' processes.
        visitors() {
            for folder in /proc/[0-9]*; do
                if [ "$(stat -c %U "$folder" 2>/dev/null)" = \(account) ]; then echo "${folder#/proc/}"; fi
            done
        }

        # sshd leaves the sessions that are open to themselves; these are told to end, and ended after ten seconds.
        stop() {
            if is_running; then kill "$(process)"; fi
            rm -f "$run/sshd.pid"
            for moment in $(seq 100); do
                processes=$(visitors)
                if [ -z "$processes" ]; then return 0; fi
                # The names are numbers.
                # shellcheck disable=SC2086
                if [ "$moment" = 1 ]; then kill -HUP $processes 2>/dev/null || true; fi
                sleep 0.1
            done
            # shellcheck disable=SC2086
            kill -KILL $(visitors) 2>/dev/null || true
        }

        case "${1:-}" in
            start) start ;;
            stop) stop ;;
            restart|force-reload) stop; start ;;
            status) is_running ;;
            *) echo "usage: $0 start|stop|restart|status" >&2; exit 2 ;;
        esac

        """
    }
}
