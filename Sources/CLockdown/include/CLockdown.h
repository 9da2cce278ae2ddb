#pragma once

#include <stdbool.h>
#include <stddef.h>

// What a process gives up for good, so that whoever takes it over has nothing of the machine. Each returns 0, or the
// error number.

/// No program that is started from here has more rights than this one, and no crash leaves the memory in a file.
int ld_give_up_rights(void);

/// The version of Landlock that the kernel has; 0 for none.
int ld_landlock_version(void);

/// A file, or a directory with all beneath it, that stays open to this process; no other does.
struct ld_place {
    const char *path;
    bool is_writable;
};

/// Call it while there is one thread: it holds for this one and for those that it starts. Places that are not there
/// are passed over.
int ld_keep_to(const struct ld_place *places, size_t count);

/// Whether the kernel and this processor know the filter of system calls.
bool ld_can_filter(void);

/// No program is started, no other process is touched and, unless told, no socket is made: such calls fail from now
/// on, in every thread.
int ld_filter_calls(bool allows_programs, bool allows_sockets);

/// Has the memory that is freed go back to the machine soon: one heap for all threads, whose end is never kept for later.
/// Call it while there is one thread.
void ld_keep_little_memory(void);

/// Gives back what is free just now, also in the midst of what is in use.
void ld_give_back_memory(void);

/// Takes every variable out of the environment.
void ld_clear_environment(void);
