#define _GNU_SOURCE
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// MARK: What a crash needs

static struct {
    int tty;
    struct termios termios;
    char bytes[2][2048];
    size_t counts[2];
    int real_stderr;
    int log;
    off_t log_start;
} guard = {.tty = -1, .real_stderr = -1, .log = -1};

// The bytes in use; the others may be half written.
static atomic_int bytes_in_use;
static atomic_bool armed;
static atomic_bool fired;

static void write_all(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

void cn_show_log(int real_stderr, int log, off_t log_start) {
    off_t end = lseek(log, 0, SEEK_END);
    if (end > log_start + 16384) log_start = end - 16384;
    char bytes[1024];
    while (log_start < end) {
        ssize_t count = pread(log, bytes, sizeof bytes, log_start);
        if (count <= 0) return;
        write_all(real_stderr, bytes, (size_t)count);
        log_start += count;
    }
}

// MARK: What a crash tells

static struct {
    char path[4096];
    char notes[2][4096];
    size_t counts[2];
} report;

// The notes in use; the others may be half written.
static atomic_int notes_in_use;

bool cn_report_to(const char *path) {
    size_t count = path == NULL ? 0 : strlen(path);
    if (count >= sizeof report.path) return false;
    if (count > 0) memcpy(report.path, path, count);
    report.path[count] = 0;
    return true;
}

void cn_report_note(const uint8_t *bytes, size_t count) {
    int spare = 1 - atomic_load(&notes_in_use);
    if (count > sizeof report.notes[spare]) count = sizeof report.notes[spare];
    memcpy(report.notes[spare], bytes, count);
    report.counts[spare] = count;
    atomic_store(&notes_in_use, spare);
}

static void write_text(int fd, const char *text) { write_all(fd, text, strlen(text)); }

static void write_number(int fd, long long number) {
    char digits[24];
    size_t start = sizeof digits;
    do {
        digits[--start] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 && start > 0);
    write_all(fd, digits + start, sizeof digits - start);
}

static const char *name_of(int number) {
    switch (number) {
    case SIGSEGV: return "SIGSEGV";
    case SIGABRT: return "SIGABRT";
    case SIGILL: return "SIGILL";
    case SIGBUS: return "SIGBUS";
    case SIGFPE: return "SIGFPE";
    case SIGTRAP: return "SIGTRAP";
    default: return "signal";
    }
}

// Only calls that POSIX allows in a handler.
static void write_report(int number) {
    if (report.path[0] == 0) return;
    for (char *slash = strchr(report.path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(report.path, 0700);
        *slash = '/';
    }
    int fd = open(report.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return;
    write_text(fd, "ended by: ");
    write_text(fd, name_of(number));
    write_text(fd, "\nat: ");
    write_number(fd, (long long)time(NULL));
    write_text(fd, " seconds after 1970-01-01T00:00:00Z\n");
    int notes = atomic_load(&notes_in_use);
    write_all(fd, report.notes[notes], report.counts[notes]);
    if (guard.log >= 0) {
        write_text(fd, "messages:\n");
        cn_show_log(fd, guard.log, guard.log_start);
    }
    fsync(fd);
    close(fd);
    write_text(STDERR_FILENO, "\nThe program crashed; a report is in ");
    write_text(STDERR_FILENO, report.path);
    write_text(STDERR_FILENO, "\n");
}

void cn_guard_restore_termios(void) {
    if (guard.tty >= 0) tcsetattr(guard.tty, TCSANOW, &guard.termios);
}

static void write_way_out(void) {
    int bytes = atomic_load(&bytes_in_use);
    write_all(guard.tty, guard.bytes[bytes], guard.counts[bytes]);
}

static bool fire(void) {
    if (!atomic_exchange(&armed, false)) return false;
    atomic_store(&fired, true);
    write_way_out();
    cn_guard_restore_termios();
    if (guard.real_stderr >= 0) {
        dup2(guard.real_stderr, STDERR_FILENO);
        cn_show_log(guard.real_stderr, guard.log, guard.log_start);
    }
    return true;
}

void cn_guard_fire(void) { (void)fire(); }
void cn_guard_repeat(void) { write_way_out(); }

bool cn_guard_save_termios(int tty) {
    guard.tty = tty;
    return tcgetattr(tty, &guard.termios) == 0;
}

bool cn_guard_prepare(const uint8_t *bytes, size_t count) {
    static bool registered = false;
    int spare = 1 - atomic_load(&bytes_in_use);
    if (count > sizeof guard.bytes[spare]) return false;
    memcpy(guard.bytes[spare], bytes, count);
    guard.counts[spare] = count;
    atomic_store(&bytes_in_use, spare);
    if (!registered) registered = atexit(cn_guard_fire) == 0;
    return true;
}

void cn_guard_arm(int real_stderr, int log, off_t log_start) {
    guard.real_stderr = real_stderr;
    guard.log = log;
    guard.log_start = log_start;
    atomic_store(&armed, true);
}

void cn_guard_disarm(void) { atomic_store(&armed, false); }
bool cn_guard_fired(void) { return atomic_load(&fired); }

// MARK: Signals

// Whatever would end the program without a word does so in order.
static const int wakes[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT, SIGQUIT,
                            SIGALRM,  SIGUSR1, SIGUSR2, SIGXCPU, SIGVTALRM};
static bool ends(int number) { return number != SIGWINCH && number != SIGTSTP && number != SIGCONT; }
static const int crashes[] = {SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP};
// The write that they come from fails too, and whoever wrote deals with that.
static const int nothings[] = {SIGPIPE, SIGXFSZ};
static const size_t wake_count = sizeof wakes / sizeof *wakes;
static const size_t crash_count = sizeof crashes / sizeof *crashes;
static const size_t nothing_count = sizeof nothings / sizeof *nothings;

static struct sigaction saved[NSIG];
static atomic_int wake_fd = -1;
static atomic_int end_fd = -1;

static void on_wake(int number) {
    int error = errno;
    unsigned char byte = (unsigned char)number;
    int fd = atomic_load(ends(number) ? &end_fd : &wake_fd);
    if (fd >= 0) {
        ssize_t ignored = write(fd, &byte, 1);
        (void)ignored;
    }
    errno = error;
}

// Not SIG_IGN, which the commands that the program starts would inherit.
static void on_nothing(int number) { (void)number; }

static void on_crash(int number, siginfo_t *info, void *context) {
    (void)context;
    int error = errno;
    if (fire()) write_report(number);
    sigaction(number, &saved[number], NULL);
    // A fault comes again by itself when this returns, with its own registers, to the handler from before;
    // a signal that was sent has to be sent again.
    if (info->si_code <= 0 || number == SIGTRAP) raise(number);
    errno = error;
}

static void install_crash(int number) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_sigaction = on_crash;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigaction(number, &action, NULL);
}

static void handle(int number, void (*handler)(int));

// Once the terminal is given back, the program still has to put away what it made: its throw-away store, a
// change on its way to the disk. The kernel sends SIGHUP twice, and people press Ctrl-C twice, so none of these
// ends it at once; but neither may it hang for ever.
static void on_late_end(int number) {
    (void)number;
    static atomic_bool is_counting = false;
    if (atomic_exchange(&is_counting, true)) return;
    handle(SIGALRM, SIG_DFL);
    alarm(5);
}

static atomic_int early_end;

static void on_early_end(int number) {
    int none = 0;
    if (atomic_compare_exchange_strong(&early_end, &none, number)) return;
    // The kernel sends SIGHUP twice; nobody presses Ctrl-C twice without meaning it.
    if (number == SIGHUP) return;
    handle(number, SIG_DFL);
    raise(number);
}

static void handle(int number, void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigaction(number, &action, NULL);
}

static bool is_ignored(int number) {
    return !(saved[number].sa_flags & SA_SIGINFO) && saved[number].sa_handler == SIG_IGN;
}

void cn_ends_note(void) {
    static const int noted[] = {SIGHUP, SIGTERM, SIGINT};
    for (size_t i = 0; i < sizeof noted / sizeof *noted; i++) {
        struct sigaction before;
        if (sigaction(noted[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            handle(noted[i], on_early_end);
    }
}

int cn_early_end(void) { return atomic_load(&early_end); }

void cn_signals_save(void) {
    for (size_t i = 0; i < wake_count; i++) sigaction(wakes[i], NULL, &saved[wakes[i]]);
    for (size_t i = 0; i < crash_count; i++) sigaction(crashes[i], NULL, &saved[crashes[i]]);
    for (size_t i = 0; i < nothing_count; i++) sigaction(nothings[i], NULL, &saved[nothings[i]]);
}

void cn_signals_take_stop(void) {
    if (!is_ignored(SIGTSTP)) handle(SIGTSTP, on_wake);
}

void cn_signals_install(int to_wake, int to_end) {
    atomic_store(&wake_fd, to_wake);
    atomic_store(&end_fd, to_end);
    for (size_t i = 0; i < wake_count; i++) {
        if (is_ignored(wakes[i])) sigaction(wakes[i], &saved[wakes[i]], NULL);
        else handle(wakes[i], on_wake);
    }
    for (size_t i = 0; i < crash_count; i++) install_crash(crashes[i]);
    for (size_t i = 0; i < nothing_count; i++) handle(nothings[i], on_nothing);
}

void cn_ends_install(int to_end) {
    atomic_store(&end_fd, to_end);
    sigset_t heard;
    sigemptyset(&heard);
    for (size_t i = 0; i < wake_count; i++) {
        if (!ends(wakes[i]) || is_ignored(wakes[i])) continue;
        handle(wakes[i], on_wake);
        sigaddset(&heard, wakes[i]);
    }
    // Whoever started the program from a thread of a pool left them blocked.
    pthread_sigmask(SIG_UNBLOCK, &heard, NULL);
    for (size_t i = 0; i < nothing_count; i++) handle(nothings[i], on_nothing);
}

void cn_signals_restore(void) {
    for (size_t i = 0; i < wake_count; i++) {
        if (ends(wakes[i]) && !is_ignored(wakes[i])) handle(wakes[i], on_late_end);
        else sigaction(wakes[i], &saved[wakes[i]], NULL);
    }
    for (size_t i = 0; i < crash_count; i++) sigaction(crashes[i], &saved[crashes[i]], NULL);
    for (size_t i = 0; i < nothing_count; i++) sigaction(nothings[i], &saved[nothings[i]], NULL);
    atomic_store(&wake_fd, -1);
    atomic_store(&end_fd, -1);
}

void cn_stop(bool whole_group) {
    if (is_ignored(SIGTSTP)) return;
    if (whole_group) {
        handle(SIGTSTP, SIG_IGN);
        kill(0, SIGTSTP);
    }
    handle(SIGTSTP, SIG_DFL);
    // Sent to this thread, so that it has happened when raise returns.
    raise(SIGTSTP);
    handle(SIGTSTP, on_wake);
}

void cn_use_signal_stack(void) {
    stack_t stack;
    if (sigaltstack(NULL, &stack) == 0 && !(stack.ss_flags & SS_DISABLE)) return;
    stack.ss_size = 64 * 1024;
    stack.ss_sp = malloc(stack.ss_size);
    stack.ss_flags = 0;
    if (stack.ss_sp != NULL) sigaltstack(&stack, NULL);
}
