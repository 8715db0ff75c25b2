import Testing

/// Imports follow the layers; nothing skips upward, nothing points sideways.
@Suite struct LayerTests {
    /// What each target may import. The order is that of the layers.
    static let allowed: [String: Set<String>] = [
        "CSnug": [],
        "SnugMemory": ["CSnug", "Glibc"],
        "SnugEngine": ["SnugMemory"],
        "SnugRESP": ["SnugMemory"],
        "SnugConfiguration": ["SnugMemory", "SnugEngine", "SnugRESP", "Glibc"],
        "SnugRDB": ["SnugMemory", "SnugEngine"],
        "SnugCommands": ["SnugMemory", "SnugEngine", "SnugRDB", "SnugRESP"],
        "SnugServer": [
            "CLinux", "SnugMemory", "SnugEngine", "SnugRESP", "SnugCommands", "SnugConfiguration", "Glibc", "Logging",
            "Synchronization",
        ],
        "SnugClient": ["Glibc", "NIOCore", "NIOEmbedded", "NIOSSL", "Synchronization"],
        "SnugLab": ["SnugClient", "Glibc"],
        "snug": [
            "SnugServer", "SnugConfiguration", "SnugClient", "SnugLab", "ArgumentParser", "Logging", "Glibc",
        ],
    ]

    @Test func importsStayInsideTheLayers() throws {
        for file in try SourceTree.swiftFiles(under: "Sources") {
            let allowed = try #require(Self.allowed[file.target], "\(file.path): a target without a layer")
            for line in file.lines {
                let words = line.split(separator: " ").map(String.init)
                guard let place = words.firstIndex(of: "import"), place < 3, line.first != " ", line.first != "/",
                    let module = words.dropFirst(place + 1).last
                else { continue }
                #expect(allowed.contains(module), "\(file.path) imports \(module), which is not below \(file.target)")
            }
        }
    }

    /// Sockets are the transport's affair: commands, sessions and dispatch run without them.
    @Test func onlyTheTransportSeesSockets() throws {
        for file in try SourceTree.swiftFiles(under: "Sources/SnugServer")
        where !file.path.contains("/Transport/") && !file.path.contains("/Start/") {
            for line in file.lines {
                let seen = ["EventLoop", "StreamSocket", "import CLinux", "recv(", "accept("].filter {
                    line.code.contains($0)
                }
                #expect(seen.isEmpty, "\(file.path) sees sockets: \(seen)")
            }
        }
    }

    /// The engine is told the time; only `Clock` and the start read it.
    @Test func clocksAreReadInOnePlace() throws {
        for file in try SourceTree.swiftFiles(under: "Sources") where file.name != "Clock.swift" {
            for line in file.lines {
                #expect(!line.code.contains("clock_gettime"), "\(file.path) reads a clock")
            }
        }
    }
}
