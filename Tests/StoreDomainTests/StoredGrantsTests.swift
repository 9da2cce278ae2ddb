import Foundation
import StoreDomain
import Testing

/// What roles may do, as stores keep it.
@Suite struct StoredGrantsTests {
    @Test(arguments: Role.standard)
    func whatIsKeptIsRead(_ role: Role) throws {
        let kept = try JSONEncoder().encode(role.grants)
        #expect(try JSONDecoder().decode(StoredGrants.self, from: kept).grants == role.grants)
    }

    @Test func aPermissionOfALaterVersionIsPassedOver() throws {
        let kept = try JSONEncoder().encode([Permission.sell: Role.Limit.unlimited])
        let text = String(decoding: kept, as: UTF8.self)
        let later = text.replacing("{\"sell\"", with: "{\"flyToTheMoon\":{\"unlimited\":{}},\"sell\"")
        #expect(later != text)
        let read = try JSONDecoder().decode(StoredGrants.self, from: Data(later.utf8))
        #expect(read.grants == [.sell: .unlimited])
    }
}
