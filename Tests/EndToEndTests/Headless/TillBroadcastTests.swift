import Foundation
import ProgramKit
import StoreDomain
import StoreTesting
import StorefrontCore
import StorefrontTUI
import Testing

@testable import storefront

/// A till and those who look on, over the socket between them.
@Suite(.timeLimit(.minutes(20))) struct TillBroadcastTests {
    private let home: TemporaryHome
    private let place: TillPlace

    init() throws {
        home = try TemporaryHome()
        place = TillPlace(
            till: "1", store: "/shop.db", in: Places(environment: ["XDG_STATE_HOME": home.path("state")]))
    }

    /// A scene with so many lines.
    private func scene(_ count: Int) throws -> TillScene {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        var driver = try ModelDriver(context: context, shop: try FixtureShop())
        driver.signIn(.staff)
        driver.press(.openShop)
        for code in ["CS-100", "CS-102", "CS-104"].prefix(count) { driver.send(.scanned(code)) }
        return TillScene(driver.state, isForStaff: true)
    }

    /// As a runtime does: whoever comes is shown the scene that is.
    private func serve(_ broadcast: TillBroadcast, _ scene: TillScene) -> Task<Void, Never> {
        Task {
            for await _ in broadcast.arrivals { broadcast.show(scene) }
        }
    }

    @Test func whoComesSeesWhatIsAndWhatFollows() async throws {
        let (first, second) = (try scene(1), try scene(2))
        let lookout = try TillLookout(place, as: .owner)
        var seen = lookout.scenes.makeAsyncIterator()
        #expect(await seen.next() == .some(nil), "the till is not open")
        let broadcast = TillBroadcast(place)
        let serving = serve(broadcast, first)
        #expect(!broadcast.isThere)
        broadcast.open()
        #expect(await seen.next() == first)
        #expect(broadcast.isThere)
        broadcast.show(second)
        #expect(await seen.next() == second)
        // It closes, and comes back by itself.
        broadcast.close()
        #expect(await seen.next() == .some(nil))
        let again = TillBroadcast(place)
        let servingAgain = serve(again, second)
        again.open()
        #expect(await seen.next() == second)
        lookout.end()
        again.close()
        await serving.value
        await servingAgain.value
    }

    /// What customers are not to see is not even sent.
    @Test func aDisplayIsSentNothingOfTheStaff() async throws {
        let scene = try scene(1)
        #expect(scene.staff != nil)
        let broadcast = TillBroadcast(place)
        let serving = serve(broadcast, scene)
        broadcast.open()
        let lookout = try TillLookout(place, as: .customer)
        for await seen in lookout.scenes {
            guard let seen else { continue }
            #expect(seen == scene.forCustomers && seen.staff == nil)
            break
        }
        lookout.end()
        broadcast.close()
        await serving.value
    }

    /// One that reads nothing holds nobody up.
    @Test func whoReadsNothingHoldsNobodyUp() async throws {
        let (one, two) = (try scene(1), try scene(3))
        let broadcast = TillBroadcast(place)
        let serving = serve(broadcast, one)
        broadcast.open()
        let lookout = try TillLookout(place, as: .owner)
        var seen = lookout.scenes.makeAsyncIterator()
        while await seen.next() != one {}
        let address = try #require(TillPlace.address(place.socket))
        let stuck = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(stuck) }
        let isConnected = address.withAddress { connect(stuck, $0, $1) } == 0
        #expect(isConnected)
        #expect(write(stuck, "owner\n", 6) == 6)
        for _ in 0..<5_000 {
            broadcast.show(one)
            broadcast.show(two)
        }
        while await seen.next() != two {}
        lookout.end()
        broadcast.close()
        await serving.value
    }

    @Test func whoSaysNothingSensibleIsSentAway() async throws {
        let broadcast = TillBroadcast(place)
        let lookout = try TillLookout(place, as: .owner)
        let serving = serve(broadcast, try scene(1))
        broadcast.open()
        for await seen in lookout.scenes where seen != nil { break }
        let address = try #require(TillPlace.address(place.socket))
        let rude = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #expect(address.withAddress { connect(rude, $0, $1) } == 0)
        #expect(write(rude, "GET / HTTP/1.1\n", 15) == 15)
        var byte: UInt8 = 0
        #expect(read(rude, &byte, 1) == 0, "the end")
        close(rude)
        lookout.end()
        broadcast.close()
        await serving.value
    }

    /// A program that was killed leaves its socket; the next one takes the place.
    @Test func aSecondProgramOfTheSameTillShowsNothingUntilTheFirstIsGone() async throws {
        let (one, two) = (try scene(1), try scene(2))
        let first = TillBroadcast(place)
        let serving = serve(first, one)
        first.open()
        let lookout = try TillLookout(place, as: .owner)
        var seen = lookout.scenes.makeAsyncIterator()
        while await seen.next() != one {}
        let second = TillBroadcast(place)
        second.open()
        second.show(two)
        second.close()
        first.show(two)
        #expect(await seen.next() == two, "it is the first that is seen")
        first.close()
        #expect(!FileManager.default.fileExists(atPath: place.socket))
        lookout.end()
        await serving.value
    }

    @Test func tillsOfOtherShopsAreOtherPlaces() throws {
        let places = Places(environment: ["XDG_STATE_HOME": home.path("state")])
        let all = [
            TillPlace(till: "1", store: "/a.db", in: places),
            TillPlace(till: "1", store: "/b.db", in: places),
            TillPlace(till: "2", store: "/a.db", in: places),
        ]
        #expect(Set(all.map(\.socket)).count == 3)
        #expect(TillPlace.address(String(repeating: "x", count: 200)) == nil)
    }
}
