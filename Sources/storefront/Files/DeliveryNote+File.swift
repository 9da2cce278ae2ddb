import StoreDomain
import StoreTransfer

extension DeliveryNote {
    /// Reads a supplier's list from a file of this machine.
    ///
    /// - Throws: `device` when it cannot be read; `invalid` with the row of each line that is none.
    static func read(_ file: String, _ currency: Currency) throws(StoreError) -> DeliveryNote {
        // A device or a pipe of this name would be read for ever.
        guard FileStatus.isRegular(file) else {
            throw .device("\(file) is not there, or is no file")
        }
        var reader = DeliveryReader(currency: currency)
        do {
            try InputFile.read(file) { reader.consume($0) }
        } catch {
            throw .device("\(file) cannot be read")
        }
        let name = file.split(separator: "/").last.map(String.init) ?? file
        do throws(ImportRefusal) {
            return try reader.finish(named: name)
        } catch {
            let more = error.count - error.problems.count
            throw .invalid(
                error.problems.map { FieldProblem(name, $0.text) }
                    + (more > 0 ? [FieldProblem("and", "\(more.grouped) more")] : []))
        }
    }
}
