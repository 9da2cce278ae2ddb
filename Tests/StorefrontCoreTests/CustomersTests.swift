import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Customers: found, opened, merged, exported and erased, by who may.
@Suite struct CustomersScreenTests {
    private func driver(_ role: Role = .admin, customers: Int = 3) throws -> ModelDriver {
        var shop = try FixtureShop()
        shop.users += (0..<customers).map { number in
            User(
                id: Int64(100 + number), email: "ann\(number)@example.com", name: "Ann \(number)",
                role: .customer, createdAt: FixtureShop.now, updatedAt: FixtureShop.now)
        }
        var driver = try ModelDriver(shop: shop)
        driver.signIn(role)
        driver.press(.openCustomers)
        return driver
    }

    private func ids(_ driver: ModelDriver) -> [Int64]? { driver.state.customers?.customers?.map(\.id) }

    @Test func onlyWhoMaySeeOthersOrdersGetsThere() throws {
        #expect(try ids(driver(.staff)) == [102, 101, 100, 1])
        #expect(try driver(.customer).state.customers == nil)
    }

    @Test func theyAreFoundAndOneIsOpened() throws {
        var driver = try driver()
        driver.press(.findCustomers)
        driver.type("ann1")
        driver.press(.open)
        #expect(ids(driver) == [101], "\(driver)")
        driver.press(.open)
        #expect(driver.state.customers?.record?.user.id == 101)
        #expect(driver.state.customers?.title == "Ann 1")
        driver.press(.back)
        #expect(driver.state.customers?.record == nil && ids(driver) == [101])
        driver.press(.back)
        #expect(ids(driver) == [102, 101, 100, 1])
        driver.press(.findCustomers)
        driver.type("x")
        driver.press(.open)
        #expect(driver.state.prompt?.problem != nil && ids(driver)?.count == 4, "\(driver)")
    }

    @Test func moreOfThemAreLoadedBehindTheLast() throws {
        var driver = try driver(customers: 250)
        #expect(ids(driver)?.count == 100 && driver.state.customers?.next == 250)
        driver.press(.moreCustomers)
        #expect(ids(driver)?.count == 200 && driver.state.customers?.selection == 100, "\(driver)")
        driver.press(.moreCustomers)
        #expect(ids(driver)?.count == 251 && driver.state.customers?.next == nil)
        #expect(Set(ids(driver) ?? []).count == 251)
        #expect(!driver.state.availability(of: .moreCustomers).isEnabled)
        // Loaded anew, it is as long as it was.
        driver.press(.retry)
        #expect(ids(driver)?.count == 251)
    }

    @Test func twoAreMergedAfterBothWereSeen() throws {
        var driver = try driver()
        driver.press(.mergeCustomers)
        driver.type("ann0@example.com")
        driver.press(.open)
        #expect(driver.state.question == .customers(.merge(102, into: 100)), "\(driver)")
        driver.send(.answered(false))
        #expect(ids(driver)?.count == 4)
        driver.press(.mergeCustomers)
        driver.type("100")
        driver.press(.open)
        driver.send(.answered(true))
        #expect(driver.state.customers?.record?.user.id == 100 && ids(driver) == [101, 100, 1], "\(driver)")
    }

    @Test func oneIsErasedOnlyOnceSomebodyIsSure() throws {
        var driver = try driver()
        driver.press(.eraseCustomer)
        #expect(driver.state.question == .customers(.erase(102)))
        driver.send(.answered(false))
        #expect(ids(driver)?.contains(102) == true)
        driver.press(.open, .eraseCustomer)
        driver.send(.answered(true))
        #expect(ids(driver) == [101, 100, 1] && driver.state.customers?.record == nil, "\(driver)")
    }

    @Test func anExportIsAFileAndWhoMayNotHasNoneOfIt() throws {
        var driver = try driver()
        driver.press(.exportCustomer)
        #expect(driver.state.status?.file == "customer-102.json", "\(driver)")
        let staff = try self.driver(.staff)
        for command in [Command.mergeCustomers, .exportCustomer, .eraseCustomer] {
            #expect(!staff.state.availability(of: command).isEnabled, "\(command)")
        }
    }
}
