import CNcurses
import Glibc

/// Keeps stderr off the screen: while the screen is up it goes to a file or to memory.
struct StderrLog {
    /// The stderr from before; -1 when it was no terminal and so needs no redirection.
    let realStderr: Int32
    let log: Int32
    let start: off_t

    init(path: String?) {
        var log: Int32 = -1
        if isatty(STDERR_FILENO) == 1 {
            if let path { log = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) }
            if log < 0 { log = cn_memory_file() }
        }
        self.log = log
        realStderr = log < 0 ? -1 : fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        start = log < 0 ? 0 : lseek(log, 0, SEEK_END)
    }

    func redirect() {
        if realStderr >= 0 { dup2(log, STDERR_FILENO) }
    }

    func giveBack() {
        if realStderr >= 0 { dup2(realStderr, STDERR_FILENO) }
    }

    /// Shows what came meanwhile. Closes its files.
    func finish() {
        guard realStderr >= 0 else { return }
        giveBack()
        cn_show_log(realStderr, log, start)
        close(log)
        close(realStderr)
    }
}
