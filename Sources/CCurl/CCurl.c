#define _GNU_SOURCE
#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// What is used of libcurl's interface, whose numbers never change. Declared here so that building needs no
// headers and the program starts without the library.
typedef void CURL;
typedef void CURLM;
// The head of libcurl's `CURLMsg`.
typedef struct {
    int message;
    CURL *easy;
    union {
        void *whatever;
        int result;
    } data;
} multi_message;
struct curl_slist;
enum {
    OPT_WRITEDATA = 10001, OPT_URL = 10002, OPT_PROXY = 10004, OPT_ERRORBUFFER = 10010,
    OPT_POSTFIELDS = 10015, OPT_HTTPHEADER = 10023, OPT_HEADERDATA = 10029, OPT_CUSTOMREQUEST = 10036,
    OPT_XFERINFODATA = 10057, OPT_CAINFO = 10065, OPT_CAPATH = 10097, OPT_NOPROXY = 10177,
    OPT_PROTOCOLS_STR = 10318, OPT_ACCEPT_ENCODING = 10102,
    OPT_WRITEFUNCTION = 20011, OPT_HEADERFUNCTION = 20079, OPT_XFERINFOFUNCTION = 20219,
    OPT_NOPROGRESS = 43, OPT_HTTPGET = 80, OPT_FRESH_CONNECT = 74, OPT_FORBID_REUSE = 75, OPT_NOSIGNAL = 99,
    OPT_TIMEOUT_MS = 155, OPT_HTTP_VERSION = 84, OPT_TCP_NODELAY = 121, OPT_POST = 47,
    OPT_POSTFIELDSIZE_LARGE = 30120,
    INFO_RESPONSE_CODE = 0x200000 + 2, INFO_REQUEST_SIZE = 0x200000 + 12,
};
enum {
    E_OK = 0, E_WRITE_ERROR = 23, E_TIMEDOUT = 28, E_ABORTED = 42, E_PEER_VERIFICATION = 60,
    E_CACERT_BADFILE = 77,
};
enum { MESSAGE_DONE = 1 };
enum { HTTP_1_1 = 2, GLOBAL_DEFAULT = 3, ERROR_SIZE = 256, MAXIMUM_HEAD = 65536 };

static struct {
    int (*global_init)(long);
    CURL *(*easy_init)(void);
    void (*easy_cleanup)(CURL *);
    void (*easy_reset)(CURL *);
    int (*easy_setopt)(CURL *, int, ...);
    int (*easy_perform)(CURL *);
    int (*easy_getinfo)(CURL *, int, ...);
    const char *(*easy_strerror)(int);
    struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
    void (*slist_free_all)(struct curl_slist *);
    const char *(*version)(void);
    CURLM *(*multi_init)(void);
    int (*multi_cleanup)(CURLM *);
    int (*multi_add_handle)(CURLM *, CURL *);
    int (*multi_remove_handle)(CURLM *, CURL *);
    int (*multi_perform)(CURLM *, int *);
    int (*multi_poll)(CURLM *, void *, unsigned, int, int *);
    int (*multi_wakeup)(CURLM *);
    multi_message *(*multi_info_read)(CURLM *, int *);
    bool usable;
} curl;

static void load(void) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    bool complete = true;
#define FIND(field, symbol) complete &= (*(void **)&curl.field = dlsym(library, symbol)) != NULL
    FIND(global_init, "curl_global_init");
    FIND(easy_init, "curl_easy_init");
    FIND(easy_cleanup, "curl_easy_cleanup");
    FIND(easy_reset, "curl_easy_reset");
    FIND(easy_setopt, "curl_easy_setopt");
    FIND(easy_perform, "curl_easy_perform");
    FIND(easy_getinfo, "curl_easy_getinfo");
    FIND(easy_strerror, "curl_easy_strerror");
    FIND(slist_append, "curl_slist_append");
    FIND(slist_free_all, "curl_slist_free_all");
    FIND(version, "curl_version");
    FIND(multi_init, "curl_multi_init");
    FIND(multi_cleanup, "curl_multi_cleanup");
    FIND(multi_add_handle, "curl_multi_add_handle");
    FIND(multi_remove_handle, "curl_multi_remove_handle");
    FIND(multi_perform, "curl_multi_perform");
    FIND(multi_poll, "curl_multi_poll");
    FIND(multi_wakeup, "curl_multi_wakeup");
    FIND(multi_info_read, "curl_multi_info_read");
#undef FIND
    curl.usable = complete && curl.global_init(GLOBAL_DEFAULT) == E_OK;
}

typedef struct {
    char *bytes;
    size_t length, capacity, limit;
    bool overflowed;
} buffer;

struct sf_http {
    CURL *easy;
    // Waits for a stream; NULL where none was asked for yet. Guarded, as another thread wakes it.
    _Atomic(CURLM *) multi;
    sf_http_take take;
    void *context;
    bool took;
    buffer head, body;
    char error[ERROR_SIZE];
    atomic_bool cancelled;
};

static bool append(buffer *to, const char *bytes, size_t count) {
    if (count > to->limit - to->length) {
        to->overflowed = true;
        return false;
    }
    if (to->length + count > to->capacity) {
        size_t capacity = (to->length + count) * 2;
        char *grown = realloc(to->bytes, capacity);
        if (!grown) {
            to->overflowed = true;
            return false;
        }
        to->bytes = grown;
        to->capacity = capacity;
    }
    memcpy(to->bytes + to->length, bytes, count);
    to->length += count;
    return true;
}

static size_t take_part(char *bytes, size_t size, size_t count, void *pointer) {
    sf_http *http = pointer;
    long status = 0;
    curl.easy_getinfo(http->easy, INFO_RESPONSE_CODE, &status);
    if (status != 200) return append(&http->body, bytes, size * count) ? size * count : 0;
    http->took = true;
    http->take(http->context, (const unsigned char *)bytes, size * count);
    return size * count;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *http) {
    return append(&((sf_http *)http)->body, bytes, size * count) ? size * count : 0;
}

static size_t take_head(char *bytes, size_t size, size_t count, void *pointer) {
    sf_http *http = pointer;
    // A status line begins another head: that of "100 Continue" does not count.
    if (size * count >= 5 && memcmp(bytes, "HTTP/", 5) == 0) http->head.length = 0;
    return append(&http->head, bytes, size * count) ? size * count : 0;
}

static int watch(void *http, long long a, long long b, long long c, long long d) {
    (void)a, (void)b, (void)c, (void)d;
    return atomic_load(&((sf_http *)http)->cancelled);
}

static bool is_usable(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return curl.usable;
}

const char *sf_http_version(void) { return is_usable() ? curl.version() : NULL; }

sf_http *sf_http_make(void) {
    if (!is_usable()) return NULL;
    sf_http *http = calloc(1, sizeof *http);
    if (!http) return NULL;
    http->easy = curl.easy_init();
    if (!http->easy) {
        free(http);
        return NULL;
    }
    return http;
}

void sf_http_free(sf_http *http) {
    CURLM *multi = atomic_load(&http->multi);
    if (multi) curl.multi_cleanup(multi);
    curl.easy_cleanup(http->easy);
    free(http->head.bytes);
    free(http->body.bytes);
    free(http);
}

void sf_http_cancel(sf_http *http) {
    atomic_store(&http->cancelled, true);
    CURLM *multi = atomic_load(&http->multi);
    if (multi) curl.multi_wakeup(multi);
}
void sf_http_prepare(sf_http *http) { atomic_store(&http->cancelled, false); }

static sf_http_outcome outcome(const sf_http *http, int code, bool was_sent) {
    switch (code) {
    case E_OK: return SF_HTTP_ANSWERED;
    case E_PEER_VERIFICATION:
    case E_CACERT_BADFILE: return SF_HTTP_CERTIFICATE;
    case E_TIMEDOUT: return SF_HTTP_TIMED_OUT;
    case E_ABORTED: return SF_HTTP_CANCELLED;
    case E_WRITE_ERROR:
        if (http->body.overflowed || http->head.overflowed) return SF_HTTP_TOO_LARGE;
        return SF_HTTP_LOST;
    default: return was_sent ? SF_HTTP_LOST : SF_HTTP_UNREACHABLE;
    }
}

// The thread is the request's own: it leaves the program's signals to other threads, and SIGPIPE stays blocked.
// Faults stay open, so that a crash here is reported and gives the terminal back as anywhere else.
static void block_signals(void) {
    static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
    sigset_t blocked;
    sigfillset(&blocked);
    for (size_t index = 0; index < sizeof faults / sizeof *faults; index++) {
        sigdelset(&blocked, faults[index]);
    }
    pthread_sigmask(SIG_BLOCK, &blocked, NULL);
}

// Everything about a request but how its body is taken. The list must live as long as the request.
static struct curl_slist *set_up(sf_http *http, const sf_http_request *request) {
    CURL *easy = http->easy;
    curl.easy_reset(easy);
    http->head.length = http->body.length = 0;
    http->head.overflowed = http->body.overflowed = false;
    http->head.limit = MAXIMUM_HEAD;
    http->body.limit = request->maximum_body;
    http->error[0] = 0;

    struct curl_slist *headers = NULL;
    for (size_t index = 0; index < request->header_count; index++) {
        headers = curl.slist_append(headers, request->headers[index]);
    }
    curl.easy_setopt(easy, OPT_URL, request->url);
    curl.easy_setopt(easy, OPT_PROTOCOLS_STR, "http,https");
    // Proxies of the environment are for the web, not for the shop's own server.
    curl.easy_setopt(easy, OPT_PROXY, "");
    curl.easy_setopt(easy, OPT_NOPROXY, "*");
    curl.easy_setopt(easy, OPT_HTTP_VERSION, (long)HTTP_1_1);
    curl.easy_setopt(easy, OPT_NOSIGNAL, 1L);
    curl.easy_setopt(easy, OPT_TCP_NODELAY, 1L);
    curl.easy_setopt(easy, OPT_HTTPHEADER, headers);
    curl.easy_setopt(easy, OPT_ERRORBUFFER, http->error);
    curl.easy_setopt(easy, OPT_WRITEDATA, http);
    curl.easy_setopt(easy, OPT_HEADERFUNCTION, take_head);
    curl.easy_setopt(easy, OPT_HEADERDATA, http);
    curl.easy_setopt(easy, OPT_FRESH_CONNECT, (long)request->fresh_connection);
    if (request->authorities) {
        curl.easy_setopt(easy, OPT_CAINFO, request->authorities);
        curl.easy_setopt(easy, OPT_CAPATH, NULL);
    }
    if (request->body) {
        curl.easy_setopt(easy, OPT_POST, 1L);
        curl.easy_setopt(easy, OPT_POSTFIELDS, request->body);
        curl.easy_setopt(easy, OPT_POSTFIELDSIZE_LARGE, (long long)request->body_length);
    }
    curl.easy_setopt(easy, OPT_CUSTOMREQUEST, request->method);
    return headers;
}

static sf_http_answer answer_of(sf_http *http, int code) {
    CURL *easy = http->easy;
    long sent = 0, status = 0;
    curl.easy_getinfo(easy, INFO_REQUEST_SIZE, &sent);
    curl.easy_getinfo(easy, INFO_RESPONSE_CODE, &status);
    sf_http_answer answer = {
        .outcome = outcome(http, code, sent > 0),
        .was_sent = sent > 0,
        .status = status,
        .head = http->head.bytes,
        .head_length = http->head.length,
        .body = (const unsigned char *)http->body.bytes,
        .body_length = http->body.length,
        .reason = http->error[0] ? http->error : curl.easy_strerror(code),
    };
    return answer;
}

sf_http_answer sf_http_perform(sf_http *http, const sf_http_request *request) {
    block_signals();
    struct curl_slist *headers = set_up(http, request);
    CURL *easy = http->easy;
    curl.easy_setopt(easy, OPT_TIMEOUT_MS, request->deadline_ms);
    curl.easy_setopt(easy, OPT_WRITEFUNCTION, take_body);
    curl.easy_setopt(easy, OPT_XFERINFOFUNCTION, watch);
    curl.easy_setopt(easy, OPT_XFERINFODATA, http);
    curl.easy_setopt(easy, OPT_NOPROGRESS, 0L);
    sf_http_answer answer = answer_of(http, curl.easy_perform(easy));
    curl.slist_free_all(headers);
    return answer;
}

static long milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

// Until the transfer ends, is cancelled, or nothing has come for so long.
static int wait_for_end(sf_http *http, CURLM *multi, long quiet_ms) {
    long latest = milliseconds();
    while (true) {
        int running = 0, waiting = 0;
        http->took = false;
        if (curl.multi_perform(multi, &running)) return E_ABORTED;
        if (http->took) latest = milliseconds();
        multi_message *message;
        while ((message = curl.multi_info_read(multi, &waiting))) {
            if (message->message == MESSAGE_DONE) return message->data.result;
        }
        if (atomic_load(&http->cancelled)) return E_ABORTED;
        long left = latest + quiet_ms - milliseconds();
        if (left <= 0) return E_TIMEDOUT;
        if (curl.multi_poll(multi, NULL, 0, (int)left, NULL)) return E_ABORTED;
    }
}

sf_http_answer sf_http_stream(
    sf_http *http, const sf_http_request *request, sf_http_take take, void *context
) {
    block_signals();
    CURLM *multi = atomic_load(&http->multi);
    if (!multi) {
        multi = curl.multi_init();
        atomic_store(&http->multi, multi);
    }
    http->take = take;
    http->context = context;
    struct curl_slist *headers = set_up(http, request);
    curl.easy_setopt(http->easy, OPT_WRITEFUNCTION, take_part);
    int code = E_ABORTED;
    if (multi && curl.multi_add_handle(multi, http->easy) == 0) {
        code = wait_for_end(http, multi, request->deadline_ms);
    }
    sf_http_answer answer = answer_of(http, code);
    if (multi) curl.multi_remove_handle(multi, http->easy);
    curl.slist_free_all(headers);
    return answer;
}
