/// Cluster and TLS, which are not there yet.
enum ClusterDirectives {
    static let all: [Directive] = [
        .kept("cluster-enabled", false, change: .atStart, effect: .notYet("there is no cluster mode")),
        .kept("cluster-config-file", .text, "nodes.conf", change: .atStart),
        .kept("cluster-port", 0, .ports, change: .atStart),
        .kept("cluster-node-timeout", 15000, .natural),
        .kept("cluster-migration-barrier", 1, .natural32),
        .kept("cluster-replica-no-failover", oldName: "cluster-slave-no-failover", .bool, "no"),
        .kept("cluster-replica-validity-factor", oldName: "cluster-slave-validity-factor", 10, .natural32),
        .kept("cluster-require-full-coverage", true),
        .kept("cluster-allow-pubsubshard-when-down", true),
        .kept("cluster-allow-reads-when-down", false),
        .kept("cluster-allow-replica-migration", true),
        .kept("cluster-announce-ip", .text, ""),
        .kept("cluster-announce-hostname", .text, "", check: isHostName),
        .kept("cluster-announce-human-nodename", .text, ""),
        .kept("cluster-announce-port", 0, .ports),
        .kept("cluster-announce-bus-port", 0, .ports),
        .kept("cluster-announce-tls-port", 0, .ports),
        .kept("cluster-link-sendbuf-limit", .memory(.memory), "0"),
        .kept("cluster-preferred-endpoint-type", .choice(["ip", "hostname", "unknown-endpoint"]), "ip"),
        .kept("tls-port", 0, .ports, effect: .notYet("there is no TLS yet: the port is not opened")),
        .kept("tls-session-cache-size", 20480, .natural32),
        .kept("tls-session-cache-timeout", 300, .natural32),
        .kept("tls-cluster", false),
        .kept("tls-replication", false),
        .kept("tls-auth-clients", .choice(["no", "yes", "optional"]), "yes"),
        .kept("tls-prefer-server-ciphers", false),
        .kept("tls-session-caching", true),
        .kept("tls-cert-file", .text, ""),
        .kept("tls-key-file", .text, ""),
        .kept("tls-key-file-pass", .text, ""),
        .kept("tls-client-cert-file", .text, ""),
        .kept("tls-client-key-file", .text, ""),
        .kept("tls-client-key-file-pass", .text, ""),
        .kept("tls-dh-params-file", .text, ""),
        .kept("tls-ca-cert-file", .text, ""),
        .kept("tls-ca-cert-dir", .text, ""),
        .kept("tls-protocols", .text, ""),
        .kept("tls-ciphers", .text, ""),
        .kept("tls-ciphersuites", .text, ""),
    ]

    @Sendable
    private static func isHostName(_ words: [[UInt8]]) throws(ValueError) {
        guard words[0].count < 256 else { throw ValueError("Hostnames must be less than 256 characters") }
        let isPlain = words[0].allSatisfy { byte in
            byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte >= 48 && byte <= 57
                || byte | 0x20 >= 97 && byte | 0x20 <= 122
        }
        guard isPlain else { throw ValueError("Hostnames may only contain alphanumeric characters, hyphens or dots") }
    }
}
