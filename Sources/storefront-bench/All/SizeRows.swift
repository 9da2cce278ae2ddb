import ArgumentParser
import Foundation

/// How large the programs are without their symbols.
struct SizeRows {
    let place: BenchPlace
    let wanted: Set<RowID>

    func measure() throws -> [BenchRow] {
        guard let strip = PeerProgram.find("strip") else {
            throw ValidationError("strip is not installed: apt-get install binutils")
        }
        return try [(RowID.size, "storefront"), (.serverSize, "storefront-server")]
            .filter { wanted.contains($0.0) }
            .map { id, name in
                let path = "\(place.folder)/\(name).stripped"
                let command = [strip, "--strip-all", "-o", path, try place.program(name)]
                guard try Launch.run(command, variables: place.variables()) == 0 else {
                    throw ValidationError("\(name) cannot be stripped")
                }
                let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
                return BenchRow(id, how: "", ours: Figures([Double(size) / 1_000_000]))
            }
    }
}
