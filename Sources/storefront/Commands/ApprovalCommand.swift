import ArgumentParser
import StoreDomain
import StoreWire

struct ApprovalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approval", abstract: "List, grant and refuse what others may do only with approval.",
        subcommands: [ListApprovals.self, GrantApproval.self, RefuseApproval.self])
}

extension ShopContext {
    /// - Throws: `unsupported` where the other side has none of it.
    fileprivate func approvals() throws(StoreError) -> any ApprovalService {
        guard let approvals = try counter().approvals else { throw .unsupported("approvals") }
        return approvals
    }
}

struct ListApprovals: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what waits for somebody's approval, or all of a shift.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "All that was asked during this shift, whatever became of it.")
    var shift: Int64?

    func run() async throws {
        try await ShopContext.with(place) { context in
            let approvals = try context.approvals()
            let found =
                if let shift {
                    try await approvals.approvals(ofShift: shift, as: context.principal)
                } else { try await approvals.approvals(as: context.principal) }
            ApprovalText.write(found, json: output.json, in: context.zone)
        }
    }
}

struct GrantApproval: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Approve what somebody asks; it is done once, as it stands.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var actor: ActorOptions

    @Argument(help: "The approval's number.")
    var number: Int64

    func run() async throws {
        try await ShopContext.with(place) { context in
            let approval = try await context.approvals().grant(number, as: actor.principal(context))
            ApprovalText.write([approval], json: output.json, in: context.zone)
        }
    }
}

struct RefuseApproval: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refuse", abstract: "Refuse what somebody asks.")

    @OptionGroup var place: StoreOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var actor: ActorOptions

    @Argument(help: "The approval's number.")
    var number: Int64

    func run() async throws {
        try await ShopContext.with(place) { context in
            let approval = try await context.approvals().refuse(number, as: actor.principal(context))
            ApprovalText.write([approval], json: output.json, in: context.zone)
        }
    }
}

/// Approvals as a command writes them: each with all of what is to be done.
private enum ApprovalText {
    static func write(_ approvals: [Approval], json: Bool, in zone: ShopZone) {
        if json { return Console.write(WireText.list("approvals", approvals)) }
        guard !approvals.isEmpty else { return Console.tell("Nobody asks for anything") }
        for approval in approvals {
            let who = approval.approver.map { " by \($0.name)" } ?? ""
            Console.write(
                "\(approval.id)  \(approval.question), \(approval.stage.rawValue)\(who), \(approval.title), "
                    + "\(zone.minuteText(approval.askedAt))\n")
            for line in approval.lines { Console.write("    \(line)\n") }
        }
    }
}
