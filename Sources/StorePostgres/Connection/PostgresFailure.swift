import StoreDomain

/// What PostgreSQL or libpq answered instead of a result.
struct PostgresFailure: Error {
    /// The five characters that name the error, in every language; nil where no server answered.
    let code: String?
    /// PostgreSQL's own first line.
    let message: String
    /// Whether the connection is of no more use.
    let isLost: Bool

    /// Where one transaction met another, so that it goes well when it is run once more. What a rule has looked
    /// for and not found may exist by the time it is stored; then the rule finds it the next time.
    var isConflict: Bool { ["40001", "40P01", "23505"].contains(code) }

    /// What a database that was changed in a way that no store has would hold.
    static func corrupt(_ what: String) -> PostgresFailure {
        PostgresFailure(code: "XX001", message: what, isLost: false)
    }
}

/// The one place where what PostgreSQL says becomes a `StoreError`.
struct PostgresErrors: Sendable {
    /// As `PostgresAddress.name`.
    let name: String

    func translate(_ error: any Error) -> StoreError {
        switch error {
        case let error as StoreError: error
        case let error as PostgresFailure: translate(error)
        default: .storage(fault(.other, "The \(name) cannot be used: \(error)."))
        }
    }

    private func translate(_ failure: PostgresFailure) -> StoreError {
        switch failure.code {
        case "22003":
            .invalid([FieldProblem("amount", "must be at most 99999999.99, the most this store keeps")])
        case "22001": .invalid([FieldProblem("text", "is longer than this store keeps")])
        default: .storage(fault(failure))
        }
    }

    func fault(_ kind: StorageFault.Kind, _ sentence: String) -> StorageFault {
        StorageFault(kind, path: name, sentence: sentence)
    }

    private func fault(_ failure: PostgresFailure) -> StorageFault {
        switch failure.code {
        case "40001", "40P01", "23505", "55P03", "57014": busy
        case "53300":
            fault(.busy, "The \(name) has no connection left for this program. Try again in a moment.")
        case "53100", "53200":
            fault(.full, "The \(name) has no room left. Make room on its server; nothing was changed.")
        case "25006": readOnly
        case "42501":
            fault(
                .unreadable,
                "The \(name) does not let this user do what a store needs. Give it a database of its own.")
        case "28P01", "28000":
            fault(.unreadable, "The \(name) refuses user or password. Check both (\(failure.message)).")
        case "3D000":
            fault(.unreadable, "The \(name) does not exist. Make it with createdb, or check the name.")
        case "XX001", "XX002": fault(.corrupt, "The \(name) is damaged (\(failure.message)).")
        case "57P03": fault(.unreachable, "The \(name) is starting or stopping. Try again in a moment.")
        case nil: unreachable(failure.message)
        case .some(let code) where failure.isLost: unreachable("\(failure.message), \(code)")
        case .some(let code): fault(.other, "The \(name) refused a request: \(failure.message) (\(code)).")
        }
    }

    private func unreachable(_ why: String) -> StorageFault {
        fault(
            .unreachable,
            "The \(name) does not answer. Check that its server runs and can be reached (\(why)).")
    }

    var busy: StorageFault {
        fault(.busy, "The \(name) has been busy for too long. Try again in a moment.")
    }

    var readOnly: StorageFault {
        fault(
            .readOnly,
            """
            The \(name) can only be read, as a standby can. Name the primary, or all hosts with \
            target_session_attrs=read-write.
            """)
    }

    var tooOld: StorageFault {
        fault(
            .other,
            "The \(name) is older than PostgreSQL \(PostgresConnection.oldestMajor), the oldest that a store works on."
        )
    }

    func wrongEncoding(_ encoding: String) -> StorageFault {
        fault(
            .notAStore,
            "The \(name) keeps text as \(encoding). Make a database with the encoding UTF8 for the store.")
    }

    var foreign: StorageFault {
        fault(
            .notAStore,
            """
            The \(name) has tables that no storefront made. Make a database of its own for the store; that of a Flask \
            service is taken over by storefront-server adopt.
            """)
    }

    var newer: StorageFault {
        fault(.newerSchema, "The \(name) was made by a newer storefront. Update this program to open it.")
    }

    var empty: StorageFault {
        fault(.unreadable, "The \(name) holds no store. Check the name, or start the server once to make it.")
    }
}
