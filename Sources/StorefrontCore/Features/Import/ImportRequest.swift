import StoreDomain

public enum ImportRequest: Hashable, Codable, Sendable {
    case look(String, ImportChoices)
    /// Imports what was looked at.
    case carryOut(ImportPreview, ImportChoices)

    var terms: Terms {
        switch self {
        case .look: Terms(slot: "import", title: "Reading the file", screen: .importing, keepsBack: .onScreen)
        case .carryOut: Terms(slot: "import", title: "Importing", mustFinish: true, screen: .importing)
        }
    }

    func answered(
        by outside: Outside, as principal: Principal, progress: @escaping @Sendable (Int, Int) -> Void
    ) async -> ImportAction {
        switch self {
        case .look(let file, let choices):
            .looked(
                await .of { () throws(StoreError) in
                    try await outside.ports.lookAtCatalog(file, choices, as: principal)
                })
        case .carryOut(let preview, let choices):
            .carriedOut(
                await .of { () throws(StoreError) in
                    try await outside.ports.importCatalog(
                        preview, choices, as: principal, progress: progress)
                })
        }
    }
}

public enum ImportAction: Hashable, Codable, Sendable {
    case looked(Answer<ImportPreview>)
    case carriedOut(Answer<ImportOutcome>)

    var failure: StoreError? {
        switch self {
        case .looked(let answer): answer.failure
        case .carriedOut(let answer): answer.failure
        }
    }
}

/// What has become of an import.
public enum ImportOutcome: Hashable, Codable, Sendable {
    case done(ImportPreview)
    /// Nothing was imported: it is no longer what was looked at, but this.
    case changed(ImportPreview)
}
