/// Cells of one row that name a file.
public struct SurfaceLink: Hashable, Sendable {
    /// One row high.
    public let cells: Rect
    /// Absolute.
    public let path: String

    /// - Parameter path: nothing is linked to one that is not absolute.
    public init?(_ cells: Rect, path: String) {
        guard path.hasPrefix("/"), cells.width > 0 else { return nil }
        self.cells = cells
        self.path = path
    }

    /// The file's address, as RFC 8089 has it: everything but letters, digits and `/._-~` as `%XX`.
    ///
    /// - Parameter host: the machine's name, so that a terminal elsewhere does not open a file of its own.
    public func address(host: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return path.utf8.reduce(into: "file://\(Sanitizer.harmless(host))") { text, byte in
            let scalar = UnicodeScalar(byte)
            if scalar.properties.isAlphabetic && byte < 0x80
                || "0123456789/._-~".unicodeScalars.contains(scalar)
            {
                text.unicodeScalars.append(scalar)
            } else {
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
