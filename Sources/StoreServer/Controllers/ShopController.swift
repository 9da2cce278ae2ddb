import Hummingbird
import StoreDomain
import StoreWire

/// The shop's policy and its discount codes.
struct ShopController: Sendable {
    let policies: any PolicyService
    let codes: any DiscountService

    func policy(_ request: APIRequest) async throws -> Response {
        .json(One(try await policies.current()))
    }

    func setPolicy(_ request: APIRequest) async throws -> Response {
        let body = try PolicyChangeBody(request.body)
        return .json(One(try await policies.set(body.name, to: body.value, as: request.principal)))
    }

    func policyHistory(_ request: APIRequest) async throws -> Response {
        .json(Many(try await policies.history(as: request.principal)))
    }

    func applyPreset(_ request: APIRequest) async throws -> Response {
        let body = try PresetBody(request.body)
        return .json(
            One(
                try await policies.apply(
                    body.country, checksOnly: body.checksOnly, as: request.principal)))
    }

    func discounts(_ request: APIRequest) async throws -> Response {
        .json(Many(try await codes.discounts(as: request.principal)))
    }

    func addDiscount(_ request: APIRequest) async throws -> Response {
        let discount = try Discount(request.body)
        return .json(One(try await codes.add(discount, as: request.principal)), status: .created)
    }

    func changeDiscount(_ request: APIRequest) async throws -> Response {
        let body = try DiscountChangeBody(request.body)
        return .json(
            One(try await codes.change(request.parameter ?? "", body.change, as: request.principal)))
    }
}
