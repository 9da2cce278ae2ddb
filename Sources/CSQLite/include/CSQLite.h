#pragma once

/// Tells SQLite to take the pages of a cache one by one from the allocator, instead of twenty at once (90 KB)
/// for each: it makes a cache for every intermediate table of a statement, uses two pages of it and throws it
/// away. To be called before the first connection is opened; later it has no effect.
void storefront_sqlite_small_caches(void);
