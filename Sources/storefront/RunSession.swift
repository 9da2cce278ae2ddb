import ArgumentParser

/// Opens the shop full screen and returns when its user has left it.
func runSession(_ launch: Launch) async throws -> ExitCode {
    throw CommandFailure(
        "the full-screen shop is not part of this build; storefront --help shows the commands")
}
