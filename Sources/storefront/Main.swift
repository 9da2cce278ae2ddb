@main struct Storefront { static func main() {} }
