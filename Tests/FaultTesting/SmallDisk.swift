import Foundation

/// A file system of one megabyte of its own, where the machine lets us mount one.
package final class SmallDisk {
    package let path: String

    package static let isPossible: Bool = {
        guard geteuid() == 0, let disk = SmallDisk() else { return false }
        return access(disk.path, W_OK) == 0
    }()

    package init?() {
        var template = Array("/tmp/storefront-disk-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return nil }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard mount("tmpfs", path, "tmpfs", 0, "size=1m") == 0 else {
            rmdir(path)
            return nil
        }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }

    package func makeReadOnly() -> Bool {
        // A program that another test starts holds the files of this one until it has begun.
        for _ in 0..<10_000 {
            if mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0 { return true }
            guard errno == EBUSY else { return false }
            sched_yield()
        }
        return false
    }

    package func file(_ name: String) -> String { path + "/" + name }

    /// Leaves no byte free.
    package func fill() {
        let descriptor = open(file("ballast"), O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var size = 4096
        while size > 0 {
            if write(descriptor, [UInt8](repeating: 1, count: size), size) < size { size /= 2 }
        }
        close(descriptor)
    }

    package func makeRoom() { unlink(file("ballast")) }
}
