/// What this program calls itself, and which Redis it stands for.
package enum SnugVersion {
    package static let current = "0.1.0"
    /// The version in `redis_version`: what clients go by.
    package static let redis = "7.4.0"
}
