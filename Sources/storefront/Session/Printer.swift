import ProgramKit
import StoreDomain
import StorefrontCore
import StorefrontTUI

/// The printer of the settings: what it understands, and the way there. Pages come out one after the other.
struct Printer: Sendable {
    /// How bytes get to it.
    enum Way: Sendable {
        case command(DeviceCommand)
        case device(DeviceFile)

        /// As doctor tells it.
        var words: String {
            switch self {
            case .command(let command): "the command \(command.command)"
            case .device(let file): "the device \(file.path)"
            }
        }
    }

    let language: PrinterLanguage
    let way: Way
    private let turns = Turns()

    init(language: PrinterLanguage, way: Way) {
        self.language = language
        self.way = way
    }

    /// nil where the settings name none.
    init?(_ settings: Settings) {
        let (command, device) = (settings[SettingTable.printerCommand], settings[SettingTable.printerDevice])
        guard !command.isEmpty || !device.isEmpty else { return nil }
        self.init(
            language: settings.printerLanguage,
            way: command.isEmpty
                ? .device(DeviceFile("printer", path: device))
                : .command(DeviceCommand("printer", command: command)))
    }

    /// - Throws: `device` with what is wrong with it.
    func print(_ page: PrintedPage) async throws(StoreError) { try await send(language.bytes(page)) }

    /// Has the printer open the drawer that is plugged into it.
    ///
    /// - Throws: `unsupported` where it has no command for that.
    func openDrawer() async throws(StoreError) {
        guard let kick = language.kick else {
            throw .unsupported("a drawer at this printer: printer.kind is not escpos")
        }
        try await send(kick)
    }

    private func send(_ bytes: [UInt8]) async throws(StoreError) {
        try await turns.take { () async throws(StoreError) in
            switch way {
            case .command(let command): try await command.send(bytes)
            case .device(let file): try await file.send(bytes)
            }
        }
    }
}

/// What opens the drawer.
enum Drawer: Sendable {
    case command(DeviceCommand)
    /// It is plugged into the printer.
    case printer(Printer)

    /// nil where the settings name none.
    init?(_ settings: Settings, _ printer: Printer?) {
        let command = settings[SettingTable.drawerCommand]
        if !command.isEmpty {
            self = .command(DeviceCommand("drawer", command: command))
        } else if settings[SettingTable.drawerAtPrinter], let printer, printer.language.kick != nil {
            self = .printer(printer)
        } else {
            return nil
        }
    }

    func open() async throws(StoreError) {
        switch self {
        case .command(let command): try await command.send([])
        case .printer(let printer): try await printer.openDrawer()
        }
    }
}

/// What sends mail, and in whose name.
struct MailCommand: Sendable {
    let command: DeviceCommand
    /// nil leaves the sender to the command.
    let sender: Email?
    let clock: any StoreClock

    /// nil where the settings name none.
    init?(_ settings: Settings, clock: any StoreClock) {
        let command = settings[SettingTable.mailCommand]
        guard !command.isEmpty else { return nil }
        // Mail servers are slower than printers.
        self.command = DeviceCommand("mail", command: command, patience: .seconds(60))
        sender = settings[SettingTable.mailSender]
        self.clock = clock
    }

    func send(_ text: String, subject: String, to recipient: Email) async throws(StoreError) {
        let message = MailMessage(
            sender: sender, recipient: recipient, subject: subject, body: text, date: clock.now())
        try await command.send(Array(message.text.utf8))
    }
}

extension Settings {
    /// What the printer of the settings understands, whether there is one or not.
    var printerLanguage: PrinterLanguage {
        switch self[SettingTable.printerKind] {
        case .text: .text
        case .escpos: .escpos(self[SettingTable.printerCodePage], self[SettingTable.printerCode])
        }
    }

    /// The ways to pay that open the drawer as cash does.
    var drawerMethods: Set<String> {
        Set(self[SettingTable.drawerMethods].split(separator: ",").map { String($0).trimmedText })
    }
}

/// The setting `printer.kind`.
enum PrinterKind: String, CaseIterable, Sendable { case text, escpos }
