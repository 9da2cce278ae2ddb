#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Tells SQLite to take the pages of a cache one by one from the allocator, instead of twenty at once (90 KB)
/// for each: it makes a cache for every intermediate table of a statement, uses two pages of it and throws it
/// away. To be called before the first connection is opened; later it has no effect.
void storefront_sqlite_small_caches(void);

/// What a savepoint or a statement keeps of pages that it may have to bring back stays in memory up to just below
/// 128 KiB, instead of 64, which is less than an order changes; beyond, it is written to a temporary file. More cannot be
/// kept: SQLite writes it in one go, takes a write of 128 KiB or more for one that the disk had no room for, and ends the
/// transaction. To be called before the first connection is opened; later it has no effect.
void storefront_sqlite_savepoints_in_memory(void);

/// A number that is another one after every commit to the file, by this connection or any other. Within a
/// transaction it is that of what the transaction sees. False when the connection cannot tell.
bool storefront_sqlite_data_version(void *connection, uint32_t *version);

/// Whether the row on which a statement stands has nothing in a column.
bool storefront_sqlite_is_null(void *statement, int column);

/// Ends the reading of a statement's rows. What it says of an earlier failure was told by that.
void storefront_sqlite_reset(void *statement);

/// Whether the transaction under way has references that lead nowhere and would have its commit refused.
bool storefront_sqlite_has_open_references(void *connection);
