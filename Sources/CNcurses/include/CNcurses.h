#pragma once

#define NCURSES_WIDECHAR 1
#include <ncursesw/curses.h>
#include <ncursesw/term.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// ncurses' globals and macros as functions.

WINDOW *cn_stdscr(void);
WINDOW *cn_curscr(void);
int cn_colors(void);
/// newterm on standard input and output.
SCREEN *cn_newterm(const char *term);

/// 1: known; 0: unknown or too general to be used; -1: no terminal descriptions are installed.
int cn_probe(const char *term, int fd);
/// A string capability of the terminal in use; NULL when it has none.
const char *cn_string(const char *name);
bool cn_flag(const char *name);
/// A number of the terminal last probed or in use; negative when it has none.
int cn_number(const char *name);
/// Of the terminal last probed or in use.
bool cn_can_place_cursor(void);

/// Puts one glyph, a character and its marks, on stdscr. Attributes: 1 bold, 2 dim, 4 italic, 8 underline,
/// 16 reverse.
void cn_put(int y, int x, const uint32_t *scalars, int count, unsigned attributes, int pair);

// Signals and crashes. Handlers only write a byte to a pipe; those for crashes give the terminal back with
// prepared bytes first and then let whoever was there before have the signal.

/// From now on signals that ask the program to end are noted and nothing more, until one of the two below takes
/// them: what the program is making then is put away, not left behind. A second SIGINT or SIGTERM ends it at once.
void cn_ends_note(void);
/// The first signal that was noted; 0 for none.
int cn_early_end(void);

/// Remembers how every signal used here is handled. Call before newterm, which installs handlers of its own.
void cn_signals_save(void);
/// Takes SIGTSTP, before newterm: where ncurses finds the default there, it lets the signal fall whenever it
/// draws; where it finds a handler, it leaves it alone.
void cn_signals_take_stop(void);
/// From now on signals that ask the program to end write their number to `to_end`, those about the screen to
/// `to_wake`. Ignored ones stay ignored.
void cn_signals_install(int to_wake, int to_end);
/// For a program without a screen: only those that ask it to end, and a write that nobody reads only fails.
void cn_ends_install(int to_end);
/// Puts the signals back, but for those that ask the program to end: it is about to, and has 5 seconds from the
/// first of them to put its things away.
void cn_signals_restore(void);
/// Lets SIGTSTP stop the program: the whole foreground group, or this process alone. Returns when it goes on.
void cn_stop(bool whole_group);

/// False when another group of processes has the terminal, as after Ctrl-Z in a shell.
bool cn_is_foreground(int tty);

/// Remembers the termios that everything goes back to. False when `tty` has none.
bool cn_guard_save_termios(int tty);
/// What a crash writes to give the terminal back; may change while the guard is armed. One thread at a time.
/// False when it is too long.
bool cn_guard_prepare(const uint8_t *bytes, size_t count);
/// From now on a crash finds the terminal in use. `real_stderr` is where stderr went before, -1 when it was
/// not redirected; what `log` holds from `log_start` on is then shown there.
void cn_guard_arm(int real_stderr, int log, off_t log_start);
void cn_guard_disarm(void);
/// True once a crash gave the terminal back: nobody may write to it any more.
bool cn_guard_fired(void);
/// Writes the prepared bytes and the termios if the guard is armed; what crashes and exit() do.
void cn_guard_fire(void);
/// Writes the prepared bytes once more.
void cn_guard_repeat(void);
/// Where a crash leaves its report, directories made on the way; nowhere for NULL. False when it is too long.
bool cn_report_to(const char *path);
/// What the report says beside the signal and the time; at most 4096 bytes. One thread at a time.
void cn_report_note(const uint8_t *bytes, size_t count);
/// Puts back the termios that was remembered.
void cn_guard_restore_termios(void);
/// Shows what came to stderr while it was redirected; at most its last 16 KiB.
void cn_show_log(int real_stderr, int log, off_t log_start);

/// Gives this thread a stack for handlers, unless it has one.
void cn_use_signal_stack(void);
/// The size from the kernel; false when it does not know one.
bool cn_window_size(int fd, int *width, int *height);
/// A pipe that never blocks and that no child gets. Its ends: to read, to write.
bool cn_pipe(int ends[2]);
/// A nameless file in memory; -1 when there can be none.
int cn_memory_file(void);
