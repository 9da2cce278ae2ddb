import Foundation

extension Color {
    /// How far two colours stand apart, from 1 to 21, as WCAG 2 defines it; nil with the terminal's own.
    public func contrast(with other: Color) -> Double? {
        guard let one = luminance, let other = other.luminance else { return nil }
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    private var luminance: Double? {
        components.map {
            0.2126 * Self.linear[Int($0.red)] + 0.7152 * Self.linear[Int($0.green)]
                + 0.0722 * Self.linear[Int($0.blue)]
        }
    }

    private static let linear: [Double] = (0...255).map { value in
        let part = Double(value) / 255
        return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
}
