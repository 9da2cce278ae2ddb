/// Every promise of every service.
public enum Contracts {
    public static let all =
        AuthContract.cases + CatalogContract.cases + OrderContract.cases + SalesContract.cases
        + PaymentContract.cases + ExpiryContract.cases + CounterContract.cases + CardContract.cases
        + StockContract.cases + OfficeContract.cases + PriceDatesContract.cases + TransferContract.cases
        + CustomerContract.cases
        + CartContract.cases + CheckoutContract.cases + ReportContract.cases + CostContract.cases
}
