import Foundation
import GRDB
import StoreDomain

/// The one place where what SQLite and the system say becomes a `StoreError`.
struct StorageErrors: Sendable {
    let path: String
    /// The file can only be read because a person wants it so.
    var isReadOnlyByWish = false

    func translate(_ error: any Error) -> StoreError {
        switch error {
        case let error as StoreError: error
        case let error as DatabaseError: .storage(fault(error))
        case let error as POSIXError: .storage(fault(error))
        case is CancellationError: .storage(fault(.other, "Reading \(path) was given up half-way."))
        default: .storage(fault(.other, "\(path) cannot be used: \(error.localizedDescription)."))
        }
    }

    func fault(_ kind: StorageFault.Kind, _ sentence: String) -> StorageFault {
        StorageFault(kind, path: path, sentence: sentence)
    }

    private func fault(_ error: DatabaseError) -> StorageFault {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: busy
        case .SQLITE_FULL: full
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: readOnly
        case .SQLITE_CORRUPT: corrupt
        case .SQLITE_NOTADB: notSQLite
        case .SQLITE_CANTOPEN:
            fault(
                .unreadable,
                "\(path) cannot be opened. Check that it and its directory are yours to read and write.")
        case .SQLITE_IOERR where [ENOSPC, EDQUOT, EFBIG].contains(errno): full
        case .SQLITE_IOERR:
            fault(
                .other,
                "\(path) cannot be read or written: the disk reports an error. Check the disk and the log.")
        default:
            fault(.other, "\(path) refused a request (SQLite code \(error.extendedResultCode.rawValue)).")
        }
    }

    private func fault(_ error: POSIXError) -> StorageFault {
        switch error.code {
        case .ENOSPC, .EDQUOT, .EFBIG: full
        case .EROFS: readOnly
        case .EACCES, .EPERM:
            fault(.unreadable, "\(path) may not be opened by you. Check its owner and permissions.")
        case .ENOENT: missing
        case .ENOTDIR: fault(.unreadable, "\(path) cannot be opened: a part of its path is not a directory.")
        default:
            fault(.other, "\(path) cannot be used: \(String(cString: strerror(error.code.rawValue))).")
        }
    }

    var busy: StorageFault {
        fault(.busy, "\(path) has been in use by another program for too long. Try again in a moment.")
    }
    var full: StorageFault {
        fault(.full, "The disk that holds \(path) is full. Make room on it; nothing was changed.")
    }
    var readOnly: StorageFault {
        if isReadOnlyByWish {
            return fault(.readOnly, "\(path) was opened read-only. Leave out --read-only to change anything.")
        }
        return fault(
            .readOnly, "\(path) can only be read. Make it and its directory writable to change anything.")
    }
    var corrupt: StorageFault {
        fault(.corrupt, "\(path) is damaged. Put a backup in its place; the damaged file was left as it is.")
    }
    var notSQLite: StorageFault {
        fault(.notAStore, "\(path) is not an SQLite database. Name another file.")
    }
    var missing: StorageFault {
        fault(.unreadable, "\(path) does not exist. Check the name, or open the shop once to make it.")
    }
    func noDirectory(_ directory: String) -> StorageFault {
        fault(.unreadable, "\(path) cannot be made: there is no \(directory). Make that directory first.")
    }
    var isDirectory: StorageFault {
        fault(.notAStore, "\(path) is a directory. Name a file in it.")
    }

    func notOurs(_ noun: String) -> StorageFault {
        fault(.notAStore, "\(path) is an SQLite database, but not a \(noun). Name another file.")
    }
    var newer: StorageFault {
        fault(.newerSchema, "\(path) was made by a newer storefront. Update this program to open it.")
    }
    /// Another program left changes beside the file that only a program which may write can take in.
    var unfinishedReadOnly: StorageFault {
        fault(
            .readOnly,
            """
            \(path) was left in the middle of its work by a program that ended badly. Open it once without \
            --read-only, so that it can be put in order.
            """)
    }
    var changedMeanwhile: StorageFault {
        fault(
            .other,
            "\(path) was changed by another program since it was opened read-only. Start again to see it.")
    }
    var olderReadOnly: StorageFault {
        if isReadOnlyByWish {
            return fault(
                .readOnly,
                """
                \(path) was made by an older storefront and has to be brought up to date, which changes it. Open it \
                once without --read-only.
                """)
        }
        return fault(
            .readOnly,
            """
            \(path) was made by an older storefront and can only be read. Make it and its directory writable, so \
            that it can be brought up to date.
            """)
    }
    func unwritableDirectory(_ directory: String) -> StorageFault {
        fault(.readOnly, "\(path) cannot be made: \(directory) is not writable for you. Name another place.")
    }
}
