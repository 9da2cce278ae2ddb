/// Files in one file that every system opens. Nothing is squeezed, and nothing in it depends on when or where it was
/// written.
public enum ZipArchive {
    public static func bytes(of files: [BundleFile]) -> [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let (name, content) = (Array(file.name.utf8), Array(file.text.utf8))
            let offset = bytes.count
            var facts: [UInt8] = []
            // Version 2.0, names in UTF-8, stored as it is, on the first day that such files know.
            facts.add16(20)
            facts.add16(0x0800)
            facts.add16(0)
            facts.add16(0)
            facts.add16(0x21)
            facts.add32(checksum(content))
            facts.add32(UInt32(content.count))
            facts.add32(UInt32(content.count))
            facts.add16(UInt16(name.count))
            facts.add16(0)
            bytes.add32(localMark)
            bytes += facts + name + content
            directory.add32(directoryMark)
            directory.add16(20)
            directory += facts
            directory.add16(0)
            directory.add16(0)
            directory.add16(0)
            directory.add32(0)
            directory.add32(UInt32(offset))
            directory += name
        }
        let start = bytes.count
        bytes += directory
        bytes.add32(endMark)
        bytes.add16(0)
        bytes.add16(0)
        bytes.add16(UInt16(files.count))
        bytes.add16(UInt16(files.count))
        bytes.add32(UInt32(directory.count))
        bytes.add32(UInt32(start))
        bytes.add16(0)
        return bytes
    }

    /// - Throws: `TapeProblem` for what is no such file, is damaged, or was squeezed by another program.
    public static func files(in bytes: [UInt8]) throws(TapeProblem) -> [BundleFile] {
        guard let end = endOfDirectory(in: bytes), let count = bytes.number16(at: end + 10),
            var place = bytes.number32(at: end + 16)
        else { throw TapeProblem("This is no zip file") }
        var files: [BundleFile] = []
        for _ in 0..<count {
            guard bytes.number32(at: place) == Int(directoryMark), let way = bytes.number16(at: place + 10),
                let sum = bytes.number32(at: place + 16), let size = bytes.number32(at: place + 20),
                let nameSize = bytes.number16(at: place + 28), let extra = bytes.number16(at: place + 30),
                let remark = bytes.number16(at: place + 32), let local = bytes.number32(at: place + 42),
                let localName = bytes.number16(at: local + 26),
                let localExtra = bytes.number16(at: local + 28),
                let name = bytes.part(place + 46, nameSize),
                let content = bytes.part(local + 30 + localName + localExtra, size)
            else { throw TapeProblem("The zip file is cut off") }
            let text = String(decoding: name, as: UTF8.self)
            guard way == 0 else {
                throw TapeProblem(
                    "\(text) was squeezed by another program; unpack the zip file and name its folder")
            }
            guard checksum(content) == UInt32(sum) else {
                throw TapeProblem("\(text) in the zip file is damaged")
            }
            files.append(BundleFile(text, String(decoding: content, as: UTF8.self)))
            place += 46 + nameSize + extra + remark
        }
        return files
    }

    private static let localMark: UInt32 = 0x0403_4B50
    private static let directoryMark: UInt32 = 0x0201_4B50
    private static let endMark: UInt32 = 0x0605_4B50

    /// A remark may follow it.
    private static func endOfDirectory(in bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        let first = max(0, bytes.count - 22 - Int(UInt16.max))
        return (first...(bytes.count - 22)).last { bytes.number32(at: $0) == Int(endMark) }
    }

    /// CRC-32.
    static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in
                rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1
            }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func add16(_ number: UInt16) {
        append(UInt8(truncatingIfNeeded: number))
        append(UInt8(truncatingIfNeeded: number >> 8))
    }

    fileprivate mutating func add32(_ number: UInt32) {
        add16(UInt16(truncatingIfNeeded: number))
        add16(UInt16(truncatingIfNeeded: number >> 16))
    }

    /// nil beyond the end.
    fileprivate func number16(at place: Int) -> Int? {
        part(place, 2).map { Int($0[$0.startIndex]) | Int($0[$0.startIndex + 1]) << 8 }
    }

    fileprivate func number32(at place: Int) -> Int? {
        guard let low = number16(at: place), let high = number16(at: place + 2) else { return nil }
        return low | high << 16
    }

    fileprivate func part(_ place: Int, _ count: Int) -> ArraySlice<UInt8>? {
        place >= 0 && count >= 0 && place <= self.count - count ? self[place..<place + count] : nil
    }
}
