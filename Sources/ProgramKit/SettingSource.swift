import Configuration
import Glibc

/// A place that may name settings.
struct SettingSource {
    private let name: String?
    private let provider: any ConfigProvider
    private let prefix: [String]
    private let stripsQuotes: Bool

    /// Environment, `.env` and configuration file, the first to count first.
    static func all(_ places: Places) async throws -> [SettingSource] {
        var sources = [
            SettingSource(
                name: nil,
                provider: EnvironmentVariablesProvider(environmentVariables: places.environment),
                prefix: ["storefront"], stripsQuotes: false)
        ]
        if isFile(places.dotEnv) {
            let provider = try await reading(places.dotEnv) {
                try await EnvironmentVariablesProvider(environmentFilePath: .init(places.dotEnv))
            }
            sources.append(
                SettingSource(
                    name: places.dotEnv, provider: provider, prefix: ["storefront"], stripsQuotes: true))
        }
        if isFile(places.configuration) {
            let provider = try await reading(places.configuration) {
                try await FileProvider<YAMLSnapshot>(filePath: .init(places.configuration))
            }
            sources.append(
                SettingSource(name: places.configuration, provider: provider, prefix: [], stripsQuotes: false)
            )
        }
        return sources
    }

    func find(_ setting: any AnySetting) -> FoundSetting? {
        let components = prefix + setting.key.split(separator: ".").map(String.init)
        // An empty text in the environment is how one is taken away for one command.
        if let text = text(components) {
            return FoundSetting(text: text, source: name ?? setting.environmentName)
        }
        // The configuration file has no prefix and knows settings by their keys alone.
        guard !prefix.isEmpty else { return nil }
        for other in setting.alsoNamed {
            if let text = text(other.lowercased().split(separator: "_").map(String.init)) {
                return FoundSetting(text: text, source: name ?? other)
            }
        }
        return nil
    }

    private func text(_ components: [String]) -> String? {
        guard let result = try? provider.value(forKey: AbsoluteConfigKey(components), type: .string),
            case .string(let text)? = result.value?.content, !text.isEmpty
        else { return nil }
        return stripsQuotes ? text.withoutQuotes : text
    }

    /// There and not empty: an empty file of settings sets nothing.
    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_size > 0
    }

    private static func reading<Provider>(_ path: String, _ body: () async throws -> Provider) async throws
        -> Provider
    {
        do { return try await body() } catch {
            let reason = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
            throw ProgramFailure("\(path) cannot be read: \(reason)")
        }
    }
}

extension String {
    /// Without a pair of quotes round it, as many `.env` files have them.
    fileprivate var withoutQuotes: String {
        guard count >= 2, let first, first == last, first == "\"" || first == "'" else { return self }
        return String(dropFirst().dropLast())
    }
}
