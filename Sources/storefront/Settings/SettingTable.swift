import Logging
import ProgramKit
import StoreDomain
import StoreRemote
import StorefrontCore
import StorefrontTUI
import TerminalKit
import TerminalNcurses

/// Every setting of the terminal program, one line each. Doctor and the manual read this table; a new one
/// stands here or, when the server has it too, in `ShopSettings`.
enum SettingTable {
    static let printerCommand = Setting<String>(
        "printer.command", "The command that prints a receipt given on its standard input, such as lp",
        allowed: "a command", default: "", parse: { $0 })
    static let printerDevice: Setting<String> = .path(
        "printer.device",
        "The printer as a device that is written to, such as /dev/usb/lp0, without a command")
    static let printerKind = Setting<PrinterKind>(
        "printer.kind", "What the printer understands: lines of text, or a receipt printer's own commands",
        allowed: SettingText.names(PrinterKind.allCases.map(\.rawValue)), default: .text, show: \.rawValue,
        parse: { PrinterKind(rawValue: $0.lowercased()) })
    static let printerCodePage = Setting<CodePage>(
        "printer.codepage", "The characters of an ESC/POS printer",
        allowed: SettingText.names(CodePage.allCases.map(\.rawValue)), default: .pc858, show: \.rawValue,
        parse: { CodePage(rawValue: $0.lowercased()) })
    static let printerCode = Setting<PrintedCode>(
        "printer.code", "The code below an ESC/POS receipt by which a scanner finds the sale again",
        allowed: SettingText.names(PrintedCode.allCases.map(\.rawValue)), default: .qr, show: \.rawValue,
        parse: { PrintedCode(rawValue: $0.lowercased()) })
    static let printsSales = Setting<Bool>(
        "printer.sales", "Whether every sale at the till prints its receipt by itself", default: false)
    static let drawerCommand = Setting<String>(
        "drawer.command", "The command that opens the cash drawer when cash is taken",
        allowed: "a command", default: "", parse: { $0 })
    static let drawerAtPrinter = Setting<Bool>(
        "drawer.printer", "Whether the drawer is plugged into the ESC/POS printer, which then opens it",
        default: false)
    static let drawerMethods = Setting<String>(
        "drawer.methods", "The ways to pay that open the drawer as cash does, by their ids",
        allowed: "ids with commas between them, such as voucher,cheque", default: "", parse: { $0 })
    static let mailCommand = Setting<String>(
        "mail.command", "The command that mails the message given on its standard input, such as sendmail -t",
        allowed: "a command", default: "", parse: { $0 })
    static let mailSender = Setting<Email?>(
        "mail.from", "Whom mailed receipts come from; empty leaves that to the command",
        allowed: "an e-mail address", default: Email?.none, show: { $0?.address ?? "" },
        parse: { text in text.isEmpty ? .some(nil) : (try? Email(text)).map { .some($0) } })
    static let displayText = Setting<String>(
        "display.text", "What the customers' display shows while nothing is sold; empty for the shop's name",
        allowed: "a text", default: "", parse: { $0 })
    static let receiptDirectory: Setting<String> = .path(
        "receipt.directory", "Where saved receipts go; empty for receipts beside the store")
    static let receiptWidth = Setting<ReceiptWidth>(
        "receipt.width", "The columns of the receipts' paper",
        allowed: SettingText.names(ReceiptWidth.allCases.map { String($0.rawValue) }),
        default: .standard, show: { String($0.rawValue) },
        parse: { Int($0).flatMap { ReceiptWidth(rawValue: $0) } })
    static let scannerPrefix = Setting<String>(
        "scanner.prefix", "What the scanner types before each code; it is taken off",
        allowed: "up to 8 characters", default: "",
        parse: { $0.count <= 8 ? $0 : nil })
    static let theme = Setting<String>(
        "theme", "The theme, by name or path; when unset, light where COLORFGBG tells of a light background",
        allowed: "a theme's name or a path", default: "default",
        parse: { $0.isEmpty ? nil : $0 })
    static let color = Setting<ColorChoice>(
        "color", "How many colours to use", allowed: SettingText.names(ColorChoice.allCases.map(\.rawValue)),
        default: ColorChoice.auto, show: \.rawValue, parse: { ColorChoice(rawValue: $0.lowercased()) })
    static let mouse = Setting<Bool>("mouse", "Whether the mouse works", default: true)
    static let terminalSync: Setting<TerminalSwitch> = .terminal(
        "terminal.sync", "Whether the terminal shows each frame at once (mode 2026); auto asks it")
    static let terminalTitle: Setting<TerminalSwitch> = .terminal(
        "terminal.title", "Whether the window's title names the shop, the place and the total")
    static let terminalClipboard: Setting<TerminalSwitch> = .terminal(
        "terminal.clipboard", "Whether text is copied to the terminal's clipboard (OSC 52)")
    static let terminalProgress: Setting<TerminalSwitch> = .terminal(
        "terminal.progress", "Whether the terminal shows that something takes long (OSC 9;4)")
    static let terminalHyperlinks: Setting<TerminalSwitch> = .terminal(
        "terminal.hyperlinks", "Whether saved files can be clicked in the status line (OSC 8)")
    static let plain = Setting<Bool>(
        "plain", "Whether to work line by line instead of full screen, as for a screen reader", default: false
    )
    static let ascii = Setting<Bool>("ascii", "Whether to keep to ASCII characters", default: false)
    static let reducedMotion = Setting<Bool>(
        "reduced.motion", "Whether to leave out what moves", default: false)
    static let escapeDelay = Setting<Int>(
        "escape.delay", "Milliseconds after which a lone Esc counts; 0 for what suits the connection",
        in: 0...5_000, default: 0)
    static let idleMinutes = Setting<Int>(
        "idle.minutes", "Minutes without a key after which a user is signed out; 0 for never",
        in: 0...10_080, default: 10)
    static let readOnly = Setting<Bool>(
        "read.only", "Whether to open the store, or a server's shop, without changing anything",
        default: false)
    static let remote = Setting<ServerAddress?>(
        "remote", "The server whose shop to open instead of a store file",
        allowed: "an address such as https://shop.example.com", default: ServerAddress?.none,
        show: { $0?.text ?? "" },
        parse: { text in text.isEmpty ? .some(nil) : (try? ServerAddress(text)).map { .some($0) } })
    static let authorities: Setting<String> = .path(
        "tls.authorities",
        "The PEM file of the authorities that may vouch for a server; empty for the system's")
    static let logFile: Setting<String> = .path(
        "log.file", "Where a line goes for each action and each request, and messages; empty for nowhere")
    static let logLevel = Setting<Logger.Level>(
        "log.level", "How much is written to the log: debug has each key and request, info no typing",
        allowed: SettingText.names(logLevels.map(\.rawValue)), default: .info, show: \.rawValue,
        parse: { text in logLevels.first { $0.rawValue == text.lowercased() } })
    private static let logLevels: [Logger.Level] = [.error, .warning, .info, .debug]
    static let logSize = Setting<Int>(
        "log.size", "Kilobytes from which on the log is set aside as NAME.1; 0 for never", in: 0...10_000_000,
        default: 10_000)
    static let logFiles = Setting<Int>(
        "log.files", "How many logs that were set aside are kept", in: 1...100, default: 5)
    static let flightRecorder = Setting<FlightRecording>(
        "flight.recorder",
        "Where the last of each session is kept on a tape that a crash leaves: in throw-away shops (demo), in one's "
            + "own, too, with stand-ins for what tells of people (on), or nowhere (off)",
        allowed: SettingText.names(FlightRecording.allCases.map(\.rawValue)), default: .demo,
        show: \.rawValue, parse: { FlightRecording(rawValue: $0.lowercased()) })
    static let till = Setting<String>(
        "till.name", "The till this program is: its receipts, shifts and journal go by this name",
        allowed: "1 to 20 lower-case letters or digits", default: Till.standard,
        parse: { Till.isName($0) ? $0 : nil })
    static let lockMinutes = Setting<Int>(
        "till.lock", "Minutes without a key after which the screen of who sells is locked; 0 for never",
        in: 0...1440, default: 10)
    static let all: [any AnySetting] =
        ShopSettings.policy + [
            ShopSettings.country, ShopSettings.currency, till, lockMinutes, printerCommand, printerDevice,
            printerKind, printerCodePage,
            printerCode, printsSales, drawerCommand, drawerAtPrinter, drawerMethods, mailCommand, mailSender,
            displayText,
            receiptDirectory, receiptWidth, scannerPrefix, theme,
            color, mouse, terminalSync, terminalTitle, terminalClipboard, terminalProgress,
            terminalHyperlinks, plain, ascii,
            reducedMotion, escapeDelay, idleMinutes, ShopSettings.database, remote, readOnly,
            authorities,
            logFile, logLevel, logSize, logFiles, flightRecorder, ShopSettings.fixedClock,
        ]
}

extension Setting where Value == TerminalSwitch {
    /// Something that not every terminal knows.
    fileprivate static func terminal(_ key: String, _ summary: String) -> Setting {
        Setting(
            key, summary, allowed: SettingText.names(TerminalSwitch.allCases.map(\.rawValue)),
            default: .auto, show: \.rawValue, parse: { TerminalSwitch(rawValue: $0.lowercased()) })
    }
}

/// The setting `flight.recorder`.
enum FlightRecording: String, Sendable, CaseIterable {
    /// In throw-away shops.
    case demo
    /// In shops of one's own, too.
    case on
    case off
}

/// The setting `color`.
enum ColorChoice: String, Sendable, CaseIterable {
    /// As many as the terminal has, none with `NO_COLOR`.
    case auto
    case none
    case eight = "8"
    case sixteen = "16"
    case indexed = "256"
    case direct
}
