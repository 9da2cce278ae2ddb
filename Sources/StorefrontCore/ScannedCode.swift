/// What a scanner types, told from numbers that people type.
public enum ScannedCode {
    public static func isOne(_ text: String) -> Bool { ShopModel.isBarcode(text) }
}
