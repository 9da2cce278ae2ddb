#include "CSQLite.h"
#include <sqlite3.h>

void storefront_sqlite_small_caches(void) { sqlite3_config(SQLITE_CONFIG_PAGECACHE, (void *)0, 0, 0); }
