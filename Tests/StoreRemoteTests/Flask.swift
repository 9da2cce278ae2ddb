/// A server of the same contract that was made otherwise: HTTP dates, money as it comes out of floating-point
/// numbers or as text, `msg` in its errors, paths that must end in a slash, none of the added routes, no
/// pages where the contract does not ask for them, no idempotency keys.
enum Flask {
    static let date = "Sun, 22 Nov 2026 14:05:09 GMT"
    static let products = [
        #"{"id":3,"name":"Lamp","description":null,"price":29.990000000000002,"stock":"4","category":"Home","created_at":"\#(date)","updated_at":"\#(date)"}"#,
        #"{"id":2,"name":"Pen","price":"1.1","stock":9,"category":"Paper","created_at":"2026-11-22T14:05:09.123456","updated_at":"2026-11-22 14:05:09"}"#,
        #"{"id":1,"name":"Ink","price":2,"stock":null,"category":null,"colour":"blue"}"#,
    ]
    static let orderMembers =
        #"{"id":11,"user_id":7,"status":"pending","subtotal":59.980000000000004,"tax":"5.10","discount_amount":null,"total":65.08,"discount_code":null,"created_at":"\#(date)","updated_at":"\#(date)","items":[{"id":1,"order_id":11,"product_id":3,"product_name":"Lamp","quantity":2,"unit_price":29.990000000000002,"total_price":59.980000000000004}]}"#
    static let order = #"{"order":\#(orderMembers)}"#
    static let user = #"{"id":7,"email":"customer@example.com","name":"Customer","created_at":"\#(date)"}"#

    static func reply(_ request: ReceivedRequest) -> Reply {
        let path = request.path
        guard path.hasSuffix("/") else {
            let query = request.target.dropFirst(path.count)
            return .answer(308, "<!doctype html>", headers: ["Location": "\(path)/\(query)"])
        }
        let isSignedIn = request.headers["authorization"] == "Bearer token-1"
        switch "\(request.method) \(path)" {
        case "POST /api/auth/login/":
            guard request.body.contains("storefront-demo") else {
                return .answer(401, #"{"msg":"Bad e-mail or password"}"#)
            }
            return .answer(200, #"{"user":\#(user),"access_token":"token-1"}"#)
        case "GET /api/products/":
            let rows = products.filter { row in
                request.parameter("category").map { row.contains("\"category\":\"\($0)\"") } ?? true
            }
            return .answer(
                200,
                #"{"products":[\#(rows.joined(separator: ","))],"total":\#(rows.count),"page":1,"per_page":20,"pages":1}"#
            )
        case "GET /api/products/search/":
            return .answer(200, #"{"products":[\#(products.joined(separator: ","))],"count":3}"#)
        case "GET /api/products/3/": return .answer(200, #"{"product":\#(products[0])}"#)
        case _ where !isSignedIn && path.hasPrefix("/api/orders"),
            _ where !isSignedIn && path.hasPrefix("/api/pay"):
            return .answer(401, #"{"msg":"Token has expired"}"#)
        case "POST /api/orders/":
            return request.body.contains("\"quantity\":2")
                ? .answer(201, order)
                : .answer(400, #"{"error":"Insufficient stock for Lamp. Available: 4"}"#)
        case "GET /api/orders/": return .answer(200, #"{"orders":[\#(orderMembers)],"count":1}"#)
        case "GET /api/orders/11/": return .answer(200, order)
        case "POST /api/payments/checkout/":
            return .answer(200, order.replacing("pending", with: "paid"))
        case "POST /api/payments/calculate/":
            let isSave = request.body.contains("SAVE20")
            return .answer(
                200,
                isSave
                    ? #"{"subtotal":199.99,"discount_code":"SAVE20","discount_amount":39.998000000000005,"discounted_subtotal":159.992,"tax":16.99915,"total":176.99115}"#
                    : #"{"subtotal":199.99,"discount_code":null,"discount_amount":0,"discounted_subtotal":199.99,"tax":17.0,"total":"216.99"}"#
            )
        default:
            return .answer(404, "<!doctype html><title>404 Not Found</title><h1>Not Found</h1>")
        }
    }
}
