import StoreDomain
import StoreService

extension MemoryTransaction {
    func pinSetting() -> String? { store.pinSetting }
    func setPINSetting(_ setting: String) { store.pinSetting = setting }
    func pin(of accountID: Int64) -> StoredPIN? { store.pins[accountID] }
    func pins() -> [Int64: StoredPIN] { store.pins }
    func pinHolder(_ hash: String) -> Int64? { store.pins.first { $0.value.hash == hash }?.key }
    func badgeHolder(_ badge: Badge) -> Int64? { store.pins.first { $0.value.badge == badge }?.key }
    func save(_ pin: StoredPIN, of accountID: Int64) { store.pins[accountID] = pin }

    func accounts(inRoles roles: [String], limit: Int) -> [User] {
        Array(
            accounts().filter { roles.contains($0.role.name) }
                .sorted { ($0.name, $0.id) < ($1.name, $1.id) }.prefix(limit))
    }

    func approval(_ id: Int64) -> Approval? { store.approvals[id] }
    func openApprovals() -> [Approval] {
        store.approvals.values.filter(\.stage.isOpen).sorted { $0.id < $1.id }
    }
    func approvals(ofShift id: Int64) -> [Approval] {
        store.approvals.values.filter { $0.shiftID == id }.sorted { $0.id < $1.id }
    }

    func insert(_ approval: Approval) -> Int64 {
        let id = store.newID(.approval)
        store.approvals[id] = approval.with(id: id)
        return id
    }

    func update(_ approval: Approval) { store.approvals[approval.id] = approval }
}
