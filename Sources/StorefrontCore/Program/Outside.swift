import StoreDomain

/// What the program asks of the world beside the store and the terminal.
public protocol Ports: Sendable {
    /// Sends a page to the printer of the settings.
    func printReceipt(_ page: PrintedPage) async throws(StoreError)
    /// Mails text by the command of the settings.
    func mailReceipt(_ text: String, subject: String, to recipient: Email) async throws(StoreError)
    /// Opens the cash drawer of the settings.
    func openDrawer() async throws(StoreError)
    /// Writes text to a new file; returns its path.
    func saveReceipt(_ text: String, orderID: Int64) async throws(StoreError) -> String
    /// Writes the text of a report to a new file where receipts go; returns its path.
    ///
    /// - Parameters:
    ///   - name: of the file, without its ending.
    ///   - ending: without its point.
    func saveReport(_ text: String, named name: String, ending: String)
        async throws(StoreError) -> String
    /// Writes orders as a table, CSV, to a new file where receipts go; returns its path.
    func exportOrders(_ orders: [Order]) async throws(StoreError) -> String
    /// Writes everything that is kept about a customer to a new file where receipts go; returns its path.
    func saveExport(_ export: CustomerExport) async throws(StoreError) -> String
    /// Writes the records of one chain of the journal to a new file where receipts go, a line each; returns its path.
    ///
    /// - Parameter records: some records from that number on, in their order; none behind the last.
    func saveJournal(
        of chain: String,
        _ records: @escaping @Sendable (_ number: Int) async throws(StoreError) -> [JournalRecord]
    ) async throws(StoreError) -> String
    /// Gives text to tmux, for its own buffer and for the clipboard of the terminal that shows it.
    func copyThroughTmux(_ text: String) async throws(StoreError)
    /// Makes a store without goods one of a country: its currency and its rules.
    func setUp(_ country: Country) async throws(StoreError) -> ShopPolicy
    /// Fills an empty store; reports products made so far and in all.
    func loadDemoData(progress: @escaping @Sendable (Int, Int) -> Void) async throws(StoreError)
    /// Reads a catalogue file and says what importing it would do; changes nothing.
    func lookAtCatalog(_ file: String, _ choices: ImportChoices, as principal: Principal)
        async throws(StoreError) -> ImportPreview
    /// Imports what `preview` says; nothing when it would do something else by now. Reports products done so far and
    /// in all.
    func importCatalog(
        _ preview: ImportPreview, _ choices: ImportChoices, as principal: Principal,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(StoreError) -> ImportOutcome
    /// Reads a supplier's list of a delivery from a file of this terminal.
    ///
    /// - Throws: `device` when it cannot be read; `invalid` with the row of each line that is none.
    func readDelivery(_ file: String) async throws(StoreError) -> DeliveryNote
    /// Looks for a shop at an address as it was typed; returns the address in its one spelling.
    ///
    /// - Throws: `invalid` when it is no address.
    func findShop(at address: String) async throws(StoreError) -> String
    /// Remembers the theme for the next start.
    func keepTheme(named name: String) throws(StoreError)
    /// Remembers who signed in last for the next start; nothing where nothing outlives the program.
    func keepEmail(_ email: String) async throws(StoreError)
    /// Adds a macro to this terminal's file and reads that anew.
    ///
    /// - Throws: `invalid` for a name or a key that is taken or can be none; `device` for the file.
    func keepMacro(_ macro: TillMacro) async throws(StoreError) -> MacroShelf
    /// Waits a while and asks whether the server is there.
    ///
    /// - Parameter attempt: counted from 1; the more, the longer the wait.
    func reconnect(attempt: Int) async -> Bool
}

/// Everything that requests are carried out with.
public struct Outside: Sendable {
    public let services: StoreServices
    public let flow: CheckoutFlow
    public let ids: any IDSource
    public let ports: any Ports
    /// Has the shop's zone.
    public let zones: any ZoneSource
    /// An order as the text of its receipt.
    public let receiptText: @Sendable (Order, ReceiptStyle, PaperIssue) -> String
    /// An X or Z report as text.
    public let shiftText: @Sendable (ShiftReport, ReceiptStyle, PaperIssue) -> String
    /// What came back of an order as the text of its receipt.
    public let refundText: @Sendable (ReturnsState.Returned, ReceiptStyle, PaperIssue) -> String
    /// What came back without a receipt as the text of its receipt.
    public let looseText: @Sendable (LooseReturn, ReceiptStyle) -> String
    /// What was sold in a period, as text.
    public let reportText: @Sendable (Report) -> String
    /// What is to be paid, as no receipt.
    public let slipText: @Sendable (SaleSlip, ReceiptStyle) -> String
    /// How receipts look, as no receipt.
    public let testPage: @Sendable (ReceiptStyle) -> PrintedPage
    /// What stands on the label of a product, on paper of that width.
    public let labelPage: @Sendable (Product, ReceiptWidth) -> PrintedPage

    public init(
        services: StoreServices, ids: any IDSource, ports: any Ports, zones: any ZoneSource,
        receiptText: @escaping @Sendable (Order, ReceiptStyle, PaperIssue) -> String,
        shiftText: @escaping @Sendable (ShiftReport, ReceiptStyle, PaperIssue) -> String,
        refundText: @escaping @Sendable (ReturnsState.Returned, ReceiptStyle, PaperIssue) -> String,
        looseText: @escaping @Sendable (LooseReturn, ReceiptStyle) -> String,
        slipText: @escaping @Sendable (SaleSlip, ReceiptStyle) -> String,
        reportText: @escaping @Sendable (Report) -> String,
        labelPage: @escaping @Sendable (Product, ReceiptWidth) -> PrintedPage,
        testPage: @escaping @Sendable (ReceiptStyle) -> PrintedPage
    ) {
        self.testPage = testPage
        self.labelPage = labelPage
        self.reportText = reportText
        self.slipText = slipText
        self.services = services
        flow = CheckoutFlow(services: services, ids: ids)
        self.ids = ids
        self.ports = ports
        self.zones = zones
        self.receiptText = receiptText
        self.shiftText = shiftText
        self.refundText = refundText
        self.looseText = looseText
    }
}
