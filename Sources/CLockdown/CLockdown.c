#define _GNU_SOURCE
#include "CLockdown.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void ld_clear_environment(void) { clearenv(); }

void ld_keep_little_memory(void) {
    mallopt(M_ARENA_MAX, 1);
    // Once they are set, the C library no longer raises them by itself. A picture takes 150 KB at 120 × 40, and each
    // key makes one: its memory is not to come from the kernel, page by page, each time.
    mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
    mallopt(M_MMAP_THRESHOLD, 512 * 1024);
}

void ld_give_back_memory(void) { malloc_trim(0); }

int ld_give_up_rights(void) {
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return errno;
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return errno;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
    return 0;
}

// MARK: Landlock. The numbers are the kernel's own: the C library's headers may be older than it.

enum {
    sys_create_ruleset = 444,
    sys_add_rule = 445,
    sys_restrict_self = 446,
    query_version = 1,
    rule_path_beneath = 1,
};

struct ruleset_attributes {
    uint64_t handled_files;
};

struct path_beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

static const uint64_t may_write_file = 1 << 1, may_read_file = 1 << 2, may_read_folder = 1 << 3,
                      may_remove_file = 1 << 5, may_make_file = 1 << 8, may_truncate = 1 << 14;
// All that the first version knows: execute … make_sym.
static const uint64_t all_of_first = (1 << 13) - 1;

int ld_landlock_version(void) {
    long version = syscall(sys_create_ruleset, NULL, 0, query_version);
    return version > 0 ? (int)version : 0;
}

int ld_keep_to(const struct ld_place *places, size_t count) {
    int version = ld_landlock_version();
    if (version == 0) return ENOSYS;
    struct ruleset_attributes attributes = {all_of_first};
    if (version >= 2) attributes.handled_files |= 1 << 13; // moving between directories
    if (version >= 3) attributes.handled_files |= may_truncate;
    int rules = (int)syscall(sys_create_ruleset, &attributes, sizeof attributes, 0);
    if (rules < 0) return errno;
    int result = 0;
    for (size_t i = 0; i < count && result == 0; i++) {
        int place = open(places[i].path, O_PATH | O_CLOEXEC);
        if (place < 0) continue;
        struct stat status;
        uint64_t allowed = may_read_file | may_read_folder;
        if (places[i].is_writable)
            allowed |= may_write_file | may_remove_file | may_make_file | may_truncate;
        if (fstat(place, &status) == 0 && !S_ISDIR(status.st_mode))
            allowed &= may_read_file | may_write_file | may_truncate;
        struct path_beneath rule = {allowed & attributes.handled_files, place};
        if (syscall(sys_add_rule, rules, rule_path_beneath, &rule, 0) != 0) result = errno;
        close(place);
    }
    if (result == 0 && syscall(sys_restrict_self, rules, 0) != 0) result = errno;
    close(rules);
    return result;
}

// MARK: System calls

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#define THIS_ARCHITECTURE 0
#endif

bool ld_can_filter(void) {
    unsigned action = SECCOMP_RET_ERRNO;
    return THIS_ARCHITECTURE != 0 && syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

static const unsigned programs[] = {
    SYS_execve, SYS_execveat,
#ifdef SYS_fork
    SYS_fork, SYS_vfork,
#endif
};

static const unsigned sockets[] = {SYS_socket, SYS_socketpair, SYS_bind, SYS_listen, SYS_accept, SYS_accept4,
                                   SYS_connect};

static const unsigned others[] = {
    SYS_ptrace,       SYS_process_vm_readv, SYS_process_vm_writev, SYS_mount,       SYS_umount2,
    SYS_pivot_root,   SYS_chroot,           SYS_unshare,           SYS_setns,       SYS_init_module,
    SYS_finit_module, SYS_delete_module,    SYS_kexec_load,        SYS_bpf,         SYS_perf_event_open,
    SYS_userfaultfd,  SYS_add_key,          SYS_request_key,       SYS_keyctl,      SYS_open_by_handle_at,
    SYS_reboot,       SYS_swapon,           SYS_swapoff,           SYS_sethostname, SYS_personality,
    SYS_acct,         SYS_quotactl,         425 /* io_uring_setup */,
    438 /* pidfd_getfd */,
};

static struct sock_filter filter[128];
static unsigned short length;

static void add(struct sock_filter step) {
    if (length < sizeof filter / sizeof *filter) filter[length++] = step;
}

static void refuse(unsigned number, unsigned error) {
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1));
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error));
}

int ld_filter_calls(bool allows_programs, bool allows_sockets) {
    if (!ld_can_filter()) return ENOSYS;
    length = 0;
    const unsigned kill = SECCOMP_RET_KILL_PROCESS;
    add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCHITECTURE, 1, 0));
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, kill));
    add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
#if defined(__x86_64__)
    // The same calls under other numbers.
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
#endif
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) refuse(others[i], EPERM);
    if (!allows_sockets)
        for (size_t i = 0; i < sizeof sockets / sizeof *sockets; i++) refuse(sockets[i], EACCES);
    if (!allows_programs) {
        for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) refuse(programs[i], EPERM);
        // Its arguments cannot be looked at; the C library then makes its threads by the older call.
        refuse(435 /* clone3 */, ENOSYS);
        add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4));
        add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])));
        add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0));
        add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
        add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    }
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    struct sock_fprog program = {length, filter};
    long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
    // A thread that cannot take the filter has its number returned.
    return result == 0 ? 0 : result > 0 ? EBUSY : errno;
}
