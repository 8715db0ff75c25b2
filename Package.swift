// swift-tools-version: 6.2
import PackageDescription

/// `SNUG_PARTS=core` leaves out the server and everything above it, so that the sanitizer builds of the engine and the
/// parser take seconds instead of minutes, and jemalloc, which sanitizers replace. `SNUG_PARTS=fuzz` does the same and
/// adds the fuzz targets, which `Scripts/fuzz` builds.
let parts = Context.environment["SNUG_PARTS"] ?? ""
let coreOnly = parts == "core" || parts == "fuzz"

/// `--sanitize=fuzzer --sanitize=address` would reach the compiler in an order that changes from build to build, and it
/// heeds only the last when it decides on coverage, without which libFuzzer is blind. So both are named here, together,
/// beside a `--sanitize=fuzzer` on the command line, which keeps the program's start to libFuzzer.
let fuzzFlags: [SwiftSetting] = parts == "fuzz" ? [.unsafeFlags(["-sanitize=fuzzer,address"])] : []

let settings: [SwiftSetting] =
    fuzzFlags + [
        .strictMemorySafety(),
        .treatWarning("StrictMemorySafety", as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableExperimentalFeature("Lifetimes"),
    ]

let coreTargets: [Target] = [
    .target(
        name: "CSnug",
        cSettings: (coreOnly ? [.define("SNUG_WITHOUT_JEMALLOC")] : [])
            + (parts == "fuzz" ? [.unsafeFlags(["-fsanitize=address"])] : []),
        linkerSettings: coreOnly ? [] : [.linkedLibrary("jemalloc")]),
    .target(
        name: "SnugMemory", dependencies: ["CSnug"], swiftSettings: settings + [.enableExperimentalFeature("RawLayout")]
    ),
    .target(name: "SnugEngine", dependencies: ["SnugMemory"], swiftSettings: settings),
    .target(name: "SnugRESP", dependencies: ["SnugMemory"], swiftSettings: settings),
    .target(name: "SnugRDB", dependencies: ["SnugMemory", "SnugEngine"], swiftSettings: settings),
    .target(
        name: "SnugCommands", dependencies: ["SnugMemory", "SnugEngine", "SnugRDB", "SnugRESP"],
        swiftSettings: settings),
    .target(
        name: "SnugConfiguration", dependencies: ["SnugMemory", "SnugEngine", "SnugRESP"], swiftSettings: settings),
    .executableTarget(
        name: "EngineBenchmark", dependencies: ["SnugEngine", "SnugMemory"], path: "Benchmarks/Engine",
        swiftSettings: settings),
    .executableTarget(
        name: "OrderBenchmark", dependencies: ["SnugEngine", "SnugMemory"], path: "Benchmarks/Order",
        swiftSettings: settings),
    .systemLibrary(name: "CLinux"),
    .executableTarget(
        name: "LoadBenchmark", dependencies: ["CLinux", "SnugMemory"], path: "Benchmarks/Load",
        swiftSettings: settings),
    .testTarget(name: "SnugMemoryTests", dependencies: ["SnugMemory"], swiftSettings: settings),
    .testTarget(name: "SnugEngineTests", dependencies: ["SnugEngine", "SnugMemory"], swiftSettings: settings),
    .testTarget(name: "SnugRESPTests", dependencies: ["SnugRESP", "SnugMemory"], swiftSettings: settings),
    .testTarget(name: "SnugRDBTests", dependencies: ["SnugRDB", "SnugEngine", "SnugMemory"], swiftSettings: settings),
    .testTarget(
        name: "SnugCommandsTests", dependencies: ["SnugCommands", "SnugEngine", "SnugRESP", "SnugMemory"],
        swiftSettings: settings),
    .testTarget(
        name: "SnugConfigurationTests", dependencies: ["SnugConfiguration", "SnugEngine", "SnugMemory"],
        resources: [.copy("Golden")], swiftSettings: settings),
]

let serverTargets: [Target] = [
    .target(
        name: "SnugServer",
        dependencies: [
            "CLinux", "SnugMemory", "SnugEngine", "SnugRESP", "SnugCommands", "SnugConfiguration",
            .product(name: "Logging", package: "swift-log"),
        ],
        swiftSettings: settings),
    .target(
        name: "SnugClient",
        dependencies: [
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOEmbedded", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ],
        swiftSettings: settings),
    .target(name: "SnugLab", dependencies: ["SnugClient"], swiftSettings: settings),
    .executableTarget(
        name: "snug",
        dependencies: [
            "SnugServer", "SnugConfiguration", "SnugClient", "SnugLab",
            .product(name: "Logging", package: "swift-log"),
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: settings),
    .testTarget(name: "SnugServerTests", dependencies: ["SnugServer", "SnugConfiguration"], swiftSettings: settings),
    .testTarget(name: "SnugClientTests", dependencies: ["SnugClient"], swiftSettings: settings),
    .testTarget(name: "SnugLabTests", dependencies: ["SnugLab", "SnugClient"], swiftSettings: settings),
    .testTarget(name: "TidyTests", path: "Tests/Tidy", swiftSettings: settings),
]

/// One program each, under `Fuzz/`. Run by `Scripts/fuzz`.
func fuzzTarget(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "Fuzz/\(name)",
        swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])],
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])])
}

let fuzzTargets: [Target] = [
    fuzzTarget("RequestParser", ["SnugRESP", "SnugMemory"]),
    fuzzTarget("InlineSplitter", ["SnugRESP", "SnugMemory"]),
    fuzzTarget("ListpackValidation", ["SnugEngine", "SnugMemory"]),
    fuzzTarget("HyperLogLogs", ["SnugEngine", "SnugMemory"]),
    fuzzTarget("ConfigurationFile", ["SnugConfiguration", "SnugMemory"]),
    fuzzTarget("RestorePayload", ["SnugRDB", "SnugEngine", "SnugMemory"]),
]

let package = Package(
    name: "snug",
    products: [
        .library(name: "SnugEngine", targets: ["SnugEngine"])
    ] + (coreOnly ? [] : [.executable(name: "snug", targets: ["snug"])]),
    dependencies: coreOnly
        ? []
        : [
            .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
            .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
            .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
            .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        ],
    targets: coreTargets + (parts == "fuzz" ? fuzzTargets : []) + (coreOnly ? [] : serverTargets))
