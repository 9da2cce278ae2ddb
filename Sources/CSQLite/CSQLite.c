#include "CSQLite.h"
#include <sqlite3.h>

void storefront_sqlite_small_caches(void) { sqlite3_config(SQLITE_CONFIG_PAGECACHE, (void *)0, 0, 0); }

// `seekAndWriteFd` of SQLite's file layer writes no more than these bits of a length at once.
void storefront_sqlite_savepoints_in_memory(void) { sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, 0x1ffff); }

bool storefront_sqlite_is_null(void *statement, int column) {
    return sqlite3_column_type(statement, column) == SQLITE_NULL;
}

void storefront_sqlite_reset(void *statement) { sqlite3_reset(statement); }

bool storefront_sqlite_data_version(void *connection, uint32_t *version) {
    return sqlite3_file_control(connection, "main", SQLITE_FCNTL_DATA_VERSION, version) == SQLITE_OK;
}

bool storefront_sqlite_has_open_references(void *connection) {
    int open = 0, highest = 0;
    return sqlite3_db_status(connection, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &highest, 0) == SQLITE_OK && open != 0;
}
