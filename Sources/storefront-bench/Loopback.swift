import ArgumentParser
import Foundation

/// Ports of this machine.
enum Loopback {
    /// Calls `body` with the address of a port, which it may change.
    static func withAddress<Result>(
        port: Int, _ body: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Result
    ) -> (result: Result, port: Int) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &size) }
        }
        return (result, Int(in_port_t(bigEndian: address.sin_port)))
    }

    /// A connection to a port.
    static func connection(to port: Int) throws -> Int32 {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw ValidationError("no socket: error \(errno)") }
        guard withAddress(port: port, { connect(socket, $0, $1) }).result == 0 else {
            let code = errno
            close(socket)
            throw ValidationError("no connection to port \(port): error \(code)")
        }
        return socket
    }

    /// A port that nobody listens on.
    static func freePort() throws -> Int {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        let (isBound, port) = withAddress(port: 0) {
            bind(socket, $0, $1) == 0 && getsockname(socket, $0, &$1) == 0
        }
        guard isBound else { throw ValidationError("no port is free: error \(errno)") }
        return port
    }
}
