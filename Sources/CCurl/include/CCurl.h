#pragma once
#include <stdbool.h>
#include <stddef.h>

/// One connection's worth of the system's libcurl, which is loaded when the first is made. Used by one thread
/// at a time; only `sf_http_cancel` may come from another.
typedef struct sf_http sf_http;

typedef enum {
    SF_HTTP_ANSWERED = 0,
    /// The request never left: no such host, refused, no TLS.
    SF_HTTP_UNREACHABLE,
    /// The other side's certificate does not hold, or the file of authorities cannot be read.
    SF_HTTP_CERTIFICATE,
    /// It may have arrived, but no whole answer came.
    SF_HTTP_LOST,
    /// The answer is longer than allowed.
    SF_HTTP_TOO_LARGE,
    SF_HTTP_TIMED_OUT,
    SF_HTTP_CANCELLED,
} sf_http_outcome;

typedef struct {
    const char *method;
    const char *url;
    /// `Name: value` each.
    const char *const *headers;
    size_t header_count;
    const unsigned char *body;
    size_t body_length;
    /// A PEM file of authorities instead of the system's; NULL for those.
    const char *authorities;
    long deadline_ms;
    size_t maximum_body;
    /// Whether to begin a new connection: libcurl repeats a request by itself when a kept one turns out dead.
    bool fresh_connection;
} sf_http_request;

typedef struct {
    sf_http_outcome outcome;
    /// Whether any byte of the request may have reached the other side.
    bool was_sent;
    long status;
    /// The header lines of the last answer, each ended by CR LF; lives until the next call.
    const char *head;
    size_t head_length;
    const unsigned char *body;
    size_t body_length;
    /// libcurl's words for what went wrong.
    const char *reason;
} sf_http_answer;

/// NULL when there is no libcurl.so.4 on this system.
sf_http *sf_http_make(void);
void sf_http_free(sf_http *http);
/// libcurl's word on itself and its libraries; NULL where there is none.
const char *sf_http_version(void);
/// Ends the request under way, or the next one, within about a second; one that streams at once.
void sf_http_cancel(sf_http *http);
/// Must be called before a request that is not yet cancelled.
void sf_http_prepare(sf_http *http);
/// Blocks until the answer is there or the deadline is over.
sf_http_answer sf_http_perform(sf_http *http, const sf_http_request *request);

/// Takes a part of an answer as it comes.
typedef void (*sf_http_take)(void *context, const unsigned char *bytes, size_t count);
/// Blocks while a good answer (200) goes on, and gives it to `take` part by part; the body of any other is in the answer,
/// as of `sf_http_perform`. The request's deadline is how long nothing may come: between two parts nothing wakes up.
sf_http_answer sf_http_stream(
    sf_http *http, const sf_http_request *request, sf_http_take take, void *context);
