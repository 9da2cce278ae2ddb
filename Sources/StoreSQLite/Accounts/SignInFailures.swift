import Foundation
import GRDB
import StoreDomain

/// How often in a row signing in with one e-mail has failed, whether it has an account or not.
struct SignInFailures {
    /// After a day without a try the failures are forgotten, so that the table does not grow for ever. By
    /// then the longest wait is over long ago.
    private static let forgottenAfter: Int64 = 86_400

    private let digest: Data

    init(emailKey: String) { digest = Fingerprint.of("sign-in|\(emailKey)") }

    /// Books a try as failed before its password is looked at, so that many tries at once cannot slip past
    /// the wait.
    ///
    /// - Throws: `signInMustWait`; nothing is booked then.
    func beginTry(at now: Timestamp, in db: Database) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT failures, next_try_at FROM sign_in_failure WHERE email_digest = ?"),
            arguments: [digest])
        var failures = 0
        if let row {
            failures = row["failures"]
            let wait = row.timestamp("next_try_at").milliseconds - now.milliseconds
            // A wait beyond the longest is a clock that was set back, not a wait.
            if (1...SignInThrottle.longestWait * 1000).contains(wait) {
                throw StoreError.signInMustWait(seconds: Int((wait + 999) / 1000))
            }
        }
        failures += 1
        try db.run(
            """
            INSERT INTO sign_in_failure (email_digest, failures, next_try_at, failed_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (email_digest) DO UPDATE SET failures = excluded.failures,
                next_try_at = excluded.next_try_at, failed_at = excluded.failed_at
            """,
            [
                digest, failures,
                now.advanced(bySeconds: SignInThrottle.wait(afterFailures: failures)).milliseconds,
                now.milliseconds,
            ])
        try db.run(
            "DELETE FROM sign_in_failure WHERE failed_at < ?",
            [now.advanced(bySeconds: -SignInFailures.forgottenAfter).milliseconds])
    }

    /// Forgets all failures: the password was right, or has been set anew.
    func forget(in db: Database) throws {
        try db.run("DELETE FROM sign_in_failure WHERE email_digest = ?", [digest])
    }
}
