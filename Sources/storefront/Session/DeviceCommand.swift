import StoreDomain

/// A device beside the program that a command of the settings works, such as a printer: text goes to the command's
/// standard input.
struct DeviceCommand: Sendable {
    /// What the device is called in sentences.
    let device: String
    let command: String
    /// How long the command may take: a device that hangs must not hold up the sale.
    let patience: Duration

    init(_ device: String, command: String, patience: Duration = .seconds(15)) {
        self.device = device
        self.command = command
        self.patience = patience
    }

    /// Runs the command to its end, or until `patience` is over: then it ends the command with everything that
    /// the command has started.
    ///
    /// - Throws: `device` … a sentence with the command's exit code and the last line that it complained with.
    func send(_ text: String) async throws(StoreError) { try await send(Array(text.utf8)) }

    /// The same for what is no text, such as a printer's own commands.
    func send(_ bytes: [UInt8]) async throws(StoreError) {
        switch await ShellCommand(command).run(input: bytes, within: patience) {
        case .exited(code: 0, complaint: _): return
        case .exited(let code, let complaint):
            throw failure("ended with code \(code)\(complaint.isEmpty ? "" : ": \(complaint)")")
        case .killed(let signal): throw failure("was ended by signal \(signal)")
        case .outOfTime: throw failure("did not end in time and was stopped")
        case .notStarted: throw failure("cannot be started")
        }
    }

    private func failure(_ what: String) -> StoreError { .device("The \(device) command \(what)") }
}
