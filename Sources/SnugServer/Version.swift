/// The versions that Snug answers with.
package enum SnugVersion {
    /// Snug's own.
    package static let current = "0.1.0"
    /// The version of Redis whose behaviour clients can rely on: `redis_version` in INFO, `version` in HELLO.
    package static let redis = "7.4.0"
}
