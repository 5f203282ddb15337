#ifndef REPRO_AUDIT_CSQLITE_SETTINGS_H
#define REPRO_AUDIT_CSQLITE_SETTINGS_H

// sqlite3_config is variadic, hence absent in Swift. Takes effect only before the first connection is opened.
// Without allocation statistics, connections on several threads do not wait for one lock at every allocation.
int repro_audit_sqlite_without_statistics(void);

#endif
