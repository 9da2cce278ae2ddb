/// What WooCommerce's export calls its columns, in the languages of most shops: it writes its header in the
/// language of whoever exports.
enum WooCommerceNames {
    static let id = ["ID"]
    static let type = ["Type", "Typ", "Tipo", "Тип", "タイプ", "種類", "Rodzaj", "Soort"]
    static let sku = ["SKU", "Artikelnummer", "UGS", "COD", "Артикул", "REF", "商品コード"]
    static let name = [
        "Name", "Nom", "Nombre", "Nome", "Naam", "Nazwa", "Имя", "Название", "名前", "商品名", "Namn",
    ]
    static let published = [
        "Published", "Veröffentlicht", "Publié", "Publicado", "Pubblicato", "Gepubliceerd", "Opublikowano",
        "Opublikowany", "Опубликован", "Опубликовано", "公開済み", "公開", "Publicerad", "Publicerat",
    ]
    static let shortDescription = [
        "Short description", "Kurzbeschreibung", "Description courte", "Courte description",
        "Descripción corta",
        "Breve descrizione", "Korte omschrijving", "Korte beschrijving", "Descrição curta", "Breve descrição",
        "Krótki opis", "Краткое описание", "Короткое описание", "簡単な説明", "短い説明", "商品の簡単な説明",
        "Kort beskrivning",
    ]
    static let description = [
        "Description", "Beschreibung", "Descripción", "Descrizione", "Beschrijving", "Descrição", "Opis",
        "Описание", "説明", "Beskrivning",
    ]
    static let saleStarts = [
        "Date sale price starts", "Datum, an dem Angebotspreis beginnt", "Date de début de promo",
        "Día en que empieza el precio rebajado", "Data di partenza del prezzo in saldo",
        "Data di inizio del prezzo in offerta", "Startdatum actieprijs",
        "Data de início do preço promocional",
        "Data de preço promocional começa em", "Data de início da promoção",
        "Data rozpoczęcia ceny promocyjnej", "Data rozpoczęcia promocji",
        "Дата начала действия продажной цены", "Дата начала распродажи", "セール価格の開始日", "セール開始日",
        "Startdatum för reapris", "Datum då reapris startar",
    ]
    static let saleEnds = [
        "Date sale price ends", "Datum, an dem Angebotspreis endet", "Date de fin de promo",
        "Día en que termina el precio rebajado", "Termine data del prezzo di vendita",
        "Data di fine del prezzo in offerta", "Einddatum actieprijs", "Data de fim do preço promocional",
        "Data de preço promocional termina em", "Data de término da promoção",
        "Data zakończenia ceny promocyjnej", "Data zakończenia promocji",
        "Дата окончания действия продажной цены", "Дата окончания распродажи", "セール価格の終了日", "セール終了日",
        "Slutdatum för reapris", "Datum då reapris slutar",
    ]
    static let inStock = [
        "In stock?", "Vorrätig?", "Auf Lager?", "En stock?", "¿Existencias?", "¿En existencias?",
        "¿En inventario?",
        "Op voorraad?", "Em estoque?", "Em stock?", "W magazynie?", "Na stanie?", "В наличии?", "在庫あり?",
        "在庫あり？", "在庫がありますか?", "I lager?", "Finns i lager?",
    ]
    static let manageStock = ["Manage stock?", "Manage stock"]
    static let stock = [
        "Stock", "Lager", "Lagerbestand", "Bestand", "Inventario", "Existencias", "Magazzino", "Voorraad",
        "Estoque", "Stan magazynowy", "Magazyn", "Запасы", "Запас", "在庫", "Lagersaldo",
    ]
    static let salePrice = [
        "Sale price", "Angebotspreis", "Tarif promo", "Prix promo", "Precio rebajado", "Prezzo in offerta",
        "Prezzo in saldo", "Actieprijs", "Aanbiedingsprijs", "Preço promocional", "Cena promocyjna",
        "Цена распродажи", "Акционная цена", "セール価格", "セール特価", "Reapris",
    ]
    static let regularPrice = [
        "Regular price", "Regulärer Preis", "Normaler Preis", "Tarif régulier", "Tarif normal",
        "Prix régulier",
        "Precio normal", "Precio regular", "Prezzo di listino", "Prezzo base", "Reguliere prijs",
        "Normale prijs",
        "Preço normal", "Preço regular", "Preço original", "Cena regularna", "Cena podstawowa",
        "Базовая цена",
        "Обычная цена", "通常価格", "標準価格", "Ordinarie pris", "Normalpris",
    ]
    static let categories = [
        "Categories", "Kategorien", "Catégories", "Categorías", "Categorie", "Categorieën", "Categorias",
        "Kategorie", "Категории", "カテゴリー", "カテゴリ", "商品カテゴリー", "Kategorier",
    ]
    static let parent = [
        "Parent", "Übergeordnetes Produkt", "Übergeordnet", "Superior", "Padre", "Principal", "Genitore",
        "Hoofd",
        "Bovenliggend", "Ascendente", "Produto ascendente", "Nadrzędny", "Produkt nadrzędny", "Rodzic",
        "Родительский", "Родитель", "親", "親商品", "Överordnad", "Förälder",
    ]

    /// `GTIN, UPC, EAN, or ISBN`, of which each language writes the "or" its own way.
    static func isBarcode(_ key: String) -> Bool { key.hasPrefix("gtin") && key.contains("ean") }

    /// Which attribute's name or value a column holds.
    enum AttributeColumn: Hashable { case name(Int), value(Int) }

    private static let attributeWords = [
        "attribut", "atribut", "atrybut", "eigenschap", "атрибут", "аттрибут", "属性", "egenskap",
    ]
    private static let nameWords = [
        "name", "nom", "nombre", "nome", "naam", "nazwa", "имя", "название", "名", "namn",
    ]
    private static let valueWords = [
        "value", "wert", "valeur", "valor", "valore", "valuta", "waarde", "wartoś", "значени", "値", "värde",
    ]

    /// `Attribute 1 value(s)`, `Valor(es) del atributo 1`, `属性1の値`: a number, a word for attribute, and one
    /// for name or value.
    static func attribute(_ key: String) -> AttributeColumn? {
        guard attributeWords.contains(where: key.contains) else { return nil }
        let digits = key.split { !("0"..."9").contains($0) }
        guard digits.count == 1, let number = Int(digits[0]) else { return nil }
        var rest = key
        for word in attributeWords { rest = rest.replacing(word, with: "") }
        if valueWords.contains(where: rest.contains) { return .value(number) }
        return nameWords.contains(where: rest.contains) ? .name(number) : nil
    }
}
