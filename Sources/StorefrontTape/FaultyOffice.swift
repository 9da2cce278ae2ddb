import StoreDomain

// People, drawers and the back office, as `StoreFaults` lets them go wrong.

struct FaultyAuth: AuthService {
    let base: any AuthService
    let faults: StoreFaults

    func register(_ registration: Registration) async throws(StoreError) -> Session {
        try await faults.run(.signIn) { () throws(StoreError) in try await base.register(registration) }
    }
    func signIn(email: String, password: Secret) async throws(StoreError) -> Session {
        try await faults.run(.signIn) { () throws(StoreError) in
            try await base.signIn(email: email, password: password)
        }
    }
    func currentUser(of session: Session) async throws(StoreError) -> User {
        try await faults.run(.look) { () throws(StoreError) in try await base.currentUser(of: session) }
    }
    func signOut(_ session: Session) async throws(StoreError) {
        faults.forgetLostSignIn()
        try await faults.run(.change) { () throws(StoreError) in try await base.signOut(session) }
    }
    func isEmpty() async throws(StoreError) -> Bool {
        try await faults.run(.look) { () throws(StoreError) in try await base.isEmpty() }
    }
}

struct FaultyAccount: AccountService {
    let base: any AccountService
    let faults: StoreFaults

    func accounts(as principal: Principal) async throws(StoreError) -> [KnownAccount] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.accounts(as: principal)
        }
    }
    func add(_ registration: Registration, role: String, as principal: Principal) async throws(StoreError)
        -> User
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.add(registration, role: role, as: principal)
        }
    }
    func setPassword(_ password: Secret, of email: String, as principal: Principal) async throws(StoreError) {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.setPassword(password, of: email, as: principal)
        }
    }
    func setRole(_ role: String, of email: String, as principal: Principal) async throws(StoreError) -> User {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.setRole(role, of: email, as: principal)
        }
    }
    func signOutEverywhere(_ email: String, as principal: Principal) async throws(StoreError) {
        try await faults.run(.change) { () throws(StoreError) in
            try await base.signOutEverywhere(email, as: principal)
        }
    }
    func roles(as principal: Principal) async throws(StoreError) -> [Role] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.roles(as: principal)
        }
    }
    func save(_ role: Role, as principal: Principal) async throws(StoreError) {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.save(role, as: principal)
        }
    }
}

struct FaultyPolicy: PolicyService {
    let base: any PolicyService
    let faults: StoreFaults

    func current() async throws(StoreError) -> PolicyVersion {
        try await faults.run(.look) { () throws(StoreError) in try await base.current() }
    }
    func history(as principal: Principal) async throws(StoreError) -> [PolicyVersion] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.history(as: principal)
        }
    }
    func set(_ name: String, to value: String, as principal: Principal) async throws(StoreError)
        -> PolicyVersion
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.set(name, to: value, as: principal)
        }
    }
    func apply(_ country: Country, checksOnly: Bool, as principal: Principal) async throws(StoreError)
        -> PolicyVersion
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.apply(country, checksOnly: checksOnly, as: principal)
        }
    }
}

struct FaultyCustomer: CustomerService {
    let base: any CustomerService
    let faults: StoreFaults

    func customers(_ query: CustomerQuery, as principal: Principal) async throws(StoreError) -> CustomerPage {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.customers(query, as: principal)
        }
    }
    func customer(_ id: Int64, as principal: Principal) async throws(StoreError) -> CustomerRecord {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.customer(id, as: principal)
        }
    }
    func merge(_ id: Int64, into other: Int64, as principal: Principal) async throws(StoreError)
        -> CustomerRecord
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.merge(id, into: other, as: principal)
        }
    }
    func export(_ id: Int64, as principal: Principal) async throws(StoreError) -> CustomerExport {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.export(id, as: principal)
        }
    }
    func erase(_ id: Int64, as principal: Principal) async throws(StoreError) -> User {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.erase(id, as: principal)
        }
    }
}

struct FaultyShift: ShiftService {
    let base: any ShiftService
    let faults: StoreFaults

    func tills(as principal: Principal) async throws(StoreError) -> [TillStanding] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.tills(as: principal)
        }
    }
    func open(till: String, float: Money, as principal: Principal) async throws(StoreError) -> Shift {
        try await faults.run(.shift, as: principal) { () throws(StoreError) in
            try await base.open(till: till, float: float, as: principal)
        }
    }
    func current(till: String, as principal: Principal) async throws(StoreError) -> Shift? {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.current(till: till, as: principal)
        }
    }
    func suggestedFloat(till: String, as principal: Principal) async throws(StoreError) -> Money? {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.suggestedFloat(till: till, as: principal)
        }
    }
    func shifts(till: String, before: Int64?, limit: Int, as principal: Principal) async throws(StoreError)
        -> [Shift]
    {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.shifts(till: till, before: before, limit: limit, as: principal)
        }
    }
    func move(
        _ kind: CashMovementKind, _ amount: Money, reason: String, till: String, as principal: Principal
    ) async throws(StoreError) -> CashMovement {
        try await faults.run(.shift, as: principal) { () throws(StoreError) in
            try await base.move(kind, amount, reason: reason, till: till, as: principal)
        }
    }
    func report(_ shiftID: Int64, as principal: Principal) async throws(StoreError) -> ShiftReport {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.report(shiftID, as: principal)
        }
    }
    func count(_ drawer: DrawerCount, till: String, as principal: Principal) async throws(StoreError)
        -> CountOutcome
    {
        try await faults.run(.shift, as: principal) { () throws(StoreError) in
            try await base.count(drawer, till: till, as: principal)
        }
    }
    func close(
        till: String, counted: DrawerCount?, nextFloat: Money?, reason: String?, as principal: Principal
    ) async throws(StoreError) -> ShiftReport {
        try await faults.run(.shift, as: principal) { () throws(StoreError) in
            try await base.close(
                till: till, counted: counted, nextFloat: nextFloat, reason: reason, as: principal)
        }
    }
    func issue(_ document: IssuedDocument, till: String?, as principal: Principal) async throws(StoreError)
        -> Int
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.issue(document, till: till, as: principal)
        }
    }
    func note(_ happening: TillHappening, till: String, as principal: Principal) async throws(StoreError) {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.note(happening, till: till, as: principal)
        }
    }
}

struct FaultyStock: StockService {
    let base: any StockService
    let faults: StoreFaults

    func adjust(_ adjustment: StockAdjustment, as principal: Principal) async throws(StoreError) -> Product {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.adjust(adjustment, as: principal)
        }
    }
    func book(_ adjustments: [StockAdjustment], as principal: Principal) async throws(StoreError) -> [Product]
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.book(adjustments, as: principal)
        }
    }
    func low(limit: Int, as principal: Principal) async throws(StoreError) -> [LowStock] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.low(limit: limit, as: principal)
        }
    }
    func explanation(of productID: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> StockExplanation
    {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.explanation(of: productID, limit: limit, as: principal)
        }
    }
    func movements(of productID: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> [StockMovement]
    {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.movements(of: productID, limit: limit, as: principal)
        }
    }
    func toCount(as principal: Principal) async throws(StoreError) -> [DueCount] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.toCount(as: principal)
        }
    }
    func cost(of productID: Int64, as principal: Principal) async throws(StoreError) -> ProductCost {
        try await faults.run(.look) { () throws(StoreError) in
            try await base.cost(of: productID, as: principal)
        }
    }
}

struct FaultyProduct: ProductService {
    let base: any ProductService
    let faults: StoreFaults

    func product(_ id: Int64, as principal: Principal) async throws(StoreError) -> Product {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.product(id, as: principal)
        }
    }
    func archived(finding text: String, limit: Int, as principal: Principal) async throws(StoreError)
        -> [Product]
    {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.archived(finding: text, limit: limit, as: principal)
        }
    }
    func prices(of id: Int64, limit: Int, as principal: Principal) async throws(StoreError) -> [PriceChange] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.prices(of: id, limit: limit, as: principal)
        }
    }
    func plan(_ draft: PriceBatchDraft, as principal: Principal) async throws(StoreError) -> PricePlan {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.plan(draft, as: principal)
        }
    }
    func apply(_ draft: PriceBatchDraft, agreement: String, as principal: Principal) async throws(StoreError)
        -> PriceBatch
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.apply(draft, agreement: agreement, as: principal)
        }
    }
    func batches(limit: Int, as principal: Principal) async throws(StoreError) -> [PriceBatch] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.batches(limit: limit, as: principal)
        }
    }
    func takeBack(_ batchID: Int64, as principal: Principal) async throws(StoreError) -> PriceTakeBack {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.takeBack(batchID, as: principal)
        }
    }
}

struct FaultyJournal: JournalService {
    let base: any JournalService
    let faults: StoreFaults

    func chains(as principal: Principal) async throws(StoreError) -> [String] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.chains(as: principal)
        }
    }
    func records(of chain: String, from number: Int?, limit: Int, as principal: Principal)
        async throws(StoreError) -> [JournalRecord]
    {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.records(of: chain, from: number, limit: limit, as: principal)
        }
    }
    func firstBreaks(as principal: Principal) async throws(StoreError) -> [JournalBreak] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.firstBreaks(as: principal)
        }
    }
}

struct FaultyPIN: PINService {
    let base: any PINService
    let faults: StoreFaults

    func pins(as principal: Principal) async throws(StoreError) -> [PINStanding] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.pins(as: principal)
        }
    }
    func setPIN(_ pin: Secret, password: Secret, as principal: Principal) async throws(StoreError) {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.setPIN(pin, password: password, as: principal)
        }
    }
    func setPIN(_ pin: Secret?, of email: String, as principal: Principal) async throws(StoreError) {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.setPIN(pin, of: email, as: principal)
        }
    }
    func unlockPIN(of email: String, as principal: Principal) async throws(StoreError) {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.unlockPIN(of: email, as: principal)
        }
    }
    func setBadge(_ badge: Badge?, of email: String, as principal: Principal) async throws(StoreError) {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.setBadge(badge, of: email, as: principal)
        }
    }
    func name(of badge: Badge, as principal: Principal) async throws(StoreError) -> String? {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.name(of: badge, as: principal)
        }
    }
    func signIn(pin: Secret, badge: Badge?, till: String, as principal: Principal) async throws(StoreError)
        -> Session
    {
        try await faults.run(.signIn, as: principal) { () throws(StoreError) in
            try await base.signIn(pin: pin, badge: badge, till: till, as: principal)
        }
    }
}

struct FaultyApproval: ApprovalService {
    let base: any ApprovalService
    let faults: StoreFaults

    func approvals(as principal: Principal) async throws(StoreError) -> [Approval] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.approvals(as: principal)
        }
    }
    func approvals(ofShift id: Int64, as principal: Principal) async throws(StoreError) -> [Approval] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.approvals(ofShift: id, as: principal)
        }
    }
    func approval(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.approval(id, as: principal)
        }
    }
    func grant(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.grant(id, as: principal)
        }
    }
    func grant(_ id: Int64, pin: Secret, badge: Badge?, till: String, as principal: Principal)
        async throws(StoreError) -> Approval
    {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.grant(id, pin: pin, badge: badge, till: till, as: principal)
        }
    }
    func refuse(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.refuse(id, as: principal)
        }
    }
    func withdraw(_ id: Int64, as principal: Principal) async throws(StoreError) -> Approval {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.withdraw(id, as: principal)
        }
    }
}

struct FaultyReport: ReportService {
    let base: any ReportService
    let faults: StoreFaults

    func report(_ query: ReportQuery, as principal: Principal) async throws(StoreError) -> Report {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.report(query, as: principal)
        }
    }
}

struct FaultyVisitor: VisitorService {
    let base: any VisitorService
    let faults: StoreFaults

    var key: KeyFingerprint? { base.key }

    func recognize() async throws(StoreError) -> Session? {
        try await faults.run(.look) { () throws(StoreError) in try await base.recognize() }
    }
    func remember() async throws(StoreError) -> Session {
        try await faults.run(.signIn) { () throws(StoreError) in try await base.remember() }
    }
    func keys(as principal: Principal) async throws(StoreError) -> [VisitorKey] {
        try await faults.run(.look, as: principal) { () throws(StoreError) in
            try await base.keys(as: principal)
        }
    }
    func addKey(as principal: Principal) async throws(StoreError) -> [VisitorKey] {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.addKey(as: principal)
        }
    }
    func remove(_ key: KeyFingerprint, as principal: Principal) async throws(StoreError) -> [VisitorKey] {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.remove(key, as: principal)
        }
    }
    func makeCode(as principal: Principal) async throws(StoreError) -> VisitorCode {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.makeCode(as: principal)
        }
    }
    func useCode(_ typed: String) async throws(StoreError) -> Session {
        try await faults.run(.signIn) { () throws(StoreError) in try await base.useCode(typed) }
    }
    func setPassword(_ registration: Registration, as principal: Principal) async throws(StoreError)
        -> Session
    {
        try await faults.run(.signIn) { () throws(StoreError) in
            try await base.setPassword(registration, as: principal)
        }
    }
    func forget(as principal: Principal) async throws(StoreError) {
        try await faults.run(.change, as: principal) { () throws(StoreError) in
            try await base.forget(as: principal)
        }
    }
}

struct FaultyTransfer: CatalogTransferService {
    let base: any CatalogTransferService
    let faults: StoreFaults

    func importProducts(
        _ products: [ImportedProduct], as principal: Principal, progress: @escaping @Sendable (Int) -> Void
    ) async throws(StoreError) -> ImportResult {
        try await faults.run(.change) { () throws(StoreError) in
            try await base.importProducts(products, as: principal, progress: progress)
        }
    }

    func rehearseImport(_ products: [ImportedProduct], as principal: Principal) async throws(StoreError)
        -> ImportResult
    {
        try await faults.run(.look) { () throws(StoreError) in
            try await base.rehearseImport(products, as: principal)
        }
    }

    func exportProducts(after id: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> [ExportedProduct]
    {
        try await faults.run(.look) { () throws(StoreError) in
            try await base.exportProducts(after: id, limit: limit, as: principal)
        }
    }
}
