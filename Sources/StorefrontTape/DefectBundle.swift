import StorefrontCore

/// A defect as it was received.
public struct DefectBundle: Sendable {
    /// What comes of it here.
    public enum Outcome: Hashable, Sendable {
        /// As it was reported.
        case fails(ProofResult.Failure)
        /// Something fails, but not what was reported.
        case failsOtherwise(ProofResult.Failure)
        case holds
        /// Something else was ordered than the tape says.
        case differs(Film.Difference)
        /// Its shop is not here.
        case unproved
    }

    public let manifest: BundleManifest
    public let tape: Tape
    /// The session as it was recorded.
    public let session: Tape

    /// - Throws: `TapeProblem` for files that are no bundle.
    public init(_ files: [BundleFile]) throws(TapeProblem) {
        func text(_ name: String) throws(TapeProblem) -> String {
            guard let file = files.first(where: { $0.name == name }) else {
                throw TapeProblem("This is no bundle: it has no \(name)")
            }
            return file.text
        }
        let written = try text(DefectReport.manifestName)
        guard let manifest = TapeCoder.value(BundleManifest.self, of: written),
            manifest.format == BundleManifest.format
        else {
            throw TapeProblem("This is no bundle of format \(BundleManifest.format)")
        }
        self.manifest = manifest
        tape = try Tape(text(manifest.tape))
        session = try Tape(text(DefectReport.sessionName))
    }

    /// The names of the files that opening one needs.
    public static func names(in manifest: String) -> [String] {
        let tape = TapeCoder.value(BundleManifest.self, of: manifest)?.tape
        return [DefectReport.manifestName, DefectReport.sessionName] + [tape].compactMap { $0 }
    }

    /// - Parameter prove: proves a tape in a new shop.
    public func open(_ prove: (Tape, Proof.Answers) async throws -> ProofResult) async throws -> Outcome {
        if manifest.verdict == .unproved { return .unproved }
        let result = try await prove(tape, manifest.answers)
        if let same = result.failures.first(where: { $0.sentence == manifest.check }) { return .fails(same) }
        if let other = result.failures.first { return .failsOtherwise(other) }
        if let difference = result.divergence { return .differs(difference) }
        return .holds
    }
}
