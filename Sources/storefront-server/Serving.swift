import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import ProgramKit
import ServiceLifecycle
import StoreDomain
import StoreService
import StoreSQLite
import StoreServer

/// One run of the server: opens the store, serves until it is told to stop, closes the store.
struct Serving {
    let settings: Settings
    let places: Places
    /// nil for a store file; else a demo store of so many products, or of the usual number.
    let demoProducts: Int??

    /// How long requests under way may take after the signal to stop.
    private static let patience = Duration.seconds(10)

    func run() async throws {
        let (clock, ids) = (settings.clock, SystemIDs())
        let logger = Logger(label: "storefront-server") { [settings] _ in
            JSONLogHandler(
                level: Logger.Level(rawValue: settings[ServerSettings.logLevel]) ?? .info, clock: clock)
        }
        let transport = try transport()
        let address = try demoProducts == nil ? DatabaseAddress.find(settings, places) : nil
        let store = try await open(address, clock: clock, ids: ids)
        let result: Result<Void, any Error>
        do {
            let secret = try SecretKey.resolve(settings, besides: try address?.secretPath(places), ids: ids)
            let parts = store.parts(
                await TokenAuthority(secret: secret, clock: clock, ids: ids), ids: ids)
            let application = try buildApplication(parts, options, logger: logger, transport: transport) {
                port in
                logger.info(
                    "listening",
                    metadata: [
                        "host": .string(options.host), "port": .stringConvertible(port),
                        "store": .string(address == nil ? "demo" : store.name),
                    ])
            }
            try await serve(
                application, DueWatch(store, clock: clock, logger: logger), logger)
            result = .success(())
        } catch { result = .failure(error) }
        try store.close()
        try result.get()
        logger.info("stopped")
    }

    private func serve(_ application: some ApplicationProtocol, _ care: DueWatch, _ logger: Logger)
        async throws
    {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        var configuration = ServiceGroupConfiguration(
            services: [application, care], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        configuration.maximumGracefulShutdownDuration = Self.patience
        do { try await ServiceGroup(configuration: configuration).run() } catch is CancellationError {
            logger.warning("requests that took too long were dropped")
        } catch let error as IOError {
            throw ProgramFailure("\(options.host):\(options.port) cannot be listened on: \(error)")
        }
    }

    private func open(_ address: DatabaseAddress?, clock: any StoreClock, ids: any IDSource) async throws
        -> OpenStore
    {
        let purpose = StorePurpose.server(
            firstAccountIsAdmin: settings[ServerSettings.environment] != .production,
            takesPayments: settings[ServerSettings.takesPayments])
        guard let address else {
            return .file(
                try LocalStore.temporaryDemo(
                    products: (demoProducts ?? nil) ?? DemoData.defaultProducts, purpose: purpose,
                    policy: settings.policy, clock: clock, zones: SystemZones.shared, ids: ids))
        }
        return try await .open(address, settings, purpose: purpose, makesStore: true)
    }

    private var options: ServerOptions {
        var options = ServerOptions()
        options.host = settings[ServerSettings.host]
        options.port = settings[ServerSettings.port]
        options.origins = origins
        return options
    }

    private var origins: AllowedOrigins {
        guard let origins = settings[ServerSettings.origins] else {
            return settings[ServerSettings.environment] == .production ? .none : .any
        }
        return origins.contains("*") ? .any : origins.isEmpty ? .none : .these(Set(origins))
    }

    /// http, or https where certificate and key are set.
    private func transport() throws -> (HTTPServerBuilder) throws -> HTTPServerBuilder {
        let (certificate, key) = (settings[ServerSettings.certificate], settings[ServerSettings.privateKey])
        guard !certificate.isEmpty || !key.isEmpty else { return { $0 } }
        guard !certificate.isEmpty, !key.isEmpty else {
            throw ProgramFailure("tls.certificate and tls.key belong together; one is missing")
        }
        let chain: [NIOSSLCertificateSource]
        do { chain = try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) } } catch {
            throw ProgramFailure("\(certificate) cannot be read as a certificate: \(error)")
        }
        let privateKey: NIOSSLPrivateKey
        do { privateKey = try NIOSSLPrivateKey(file: key, format: .pem) } catch {
            throw ProgramFailure("\(key) cannot be read as a private key")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        return { [configuration] in try .tls($0, tlsConfiguration: configuration) }
    }
}
