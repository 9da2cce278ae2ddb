#define _GNU_SOURCE
#include "CNcurses.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

WINDOW *cn_stdscr(void) { return stdscr; }
WINDOW *cn_curscr(void) { return curscr; }
int cn_colors(void) { return COLORS; }
SCREEN *cn_newterm(const char *term) { return newterm(term, stdout, stdin); }

int cn_probe(const char *term, int fd) {
    int result = -1;
    if (setupterm(term, fd, &result) == OK) return 1;
    return result;
}

const char *cn_string(const char *name) {
    const char *value = tigetstr(name);
    return value == (const char *)-1 ? NULL : value;
}

bool cn_flag(const char *name) { return tigetflag(name) > 0; }
int cn_number(const char *name) { return tigetnum(name); }

bool cn_can_place_cursor(void) { return cn_string("cup") != NULL && !cn_flag("hc"); }

void cn_put(int y, int x, const uint32_t *scalars, int count, unsigned attributes, int pair) {
    wchar_t text[CCHARW_MAX + 1];
    int length = 0;
    while (length < count && length < CCHARW_MAX) {
        text[length] = (wchar_t)scalars[length];
        length++;
    }
    text[length] = 0;
    attr_t attrs = A_NORMAL;
    if (attributes & 1) attrs |= A_BOLD;
    if (attributes & 2) attrs |= A_DIM;
    if (attributes & 4) attrs |= A_ITALIC;
    if (attributes & 8) attrs |= A_UNDERLINE;
    if (attributes & 16) attrs |= A_REVERSE;
    cchar_t cell;
    if (setcchar(&cell, text, attrs, 0, &pair) == OK) mvwadd_wchnstr(stdscr, y, x, &cell, 1);
}

bool cn_window_size(int fd, int *width, int *height) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
    *width = size.ws_col;
    *height = size.ws_row;
    return true;
}

bool cn_is_foreground(int tty) {
    pid_t group = tcgetpgrp(tty);
    return group < 0 || group == getpgrp();
}

bool cn_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0; }

int cn_memory_file(void) { return memfd_create("stderr", MFD_CLOEXEC); }
