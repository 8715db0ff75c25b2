/// The process and what clients may do to it.
enum ProcessDirectives {
    static let all: [Directive] = [
        .kept(
            "daemonize", false, change: .atStart,
            effect: .notYet("Snug stays in the foreground: let a service manager or the shell put it aside")),
        .kept(
            "supervised", .choice(["upstart", "systemd", "auto", "no"]), "no", change: .atStart,
            effect: .notYet("no service manager is told of the start: use Type=simple")),
        .text("pidfile", \.process.pidFilePath, change: .atStart),
        .text("dir", \.process.directory, change: .protected),
        .kept("always-show-logo", false, change: .atStart),
        .kept("set-proc-title", true, change: .atStart),
        ProcessTitle.directive,
        shutdown("shutdown-on-sigint", \.process.onInterrupt),
        shutdown("shutdown-on-sigterm", \.process.onTerminate),
        .kept("shutdown-timeout", 10, .natural32),
        password,
        .kept(
            "aclfile", .text, "", change: .atStart,
            effect: .notYet("users cannot be defined yet: the file is not read")),
        .kept("acl-pubsub-default", .choice(["allchannels", "resetchannels"]), "resetchannels"),
        .choice("enable-debug-command", \.privileges.debugCommand, change: .atStart),
        .choice("enable-module-command", \.privileges.moduleCommand, change: .atStart),
        .choice("enable-protected-configs", \.privileges.protectedDirectives, change: .atStart),
        .kept("sanitize-dump-payload", .choice(["no", "yes", "clients"]), "no"),
        .kept("disable-thp", true, change: .atStart),
        .kept("oom-score-adj", .choice(["no", "yes", "relative", "absolute"]), "no"),
        oomScoreValues,
        .kept("server_cpulist", .text, "", change: .atStart),
        .kept("bio_cpulist", .text, "", change: .atStart),
        .kept("aof_rewrite_cpulist", .text, "", change: .atStart),
        .kept("bgsave_cpulist", .text, "", change: .atStart),
        .kept("ignore-warnings", .text, ""),
    ]

    /// In Redis the password has at most 512 bytes where it matters; any length is taken.
    private static let password = Directive(
        "requirepass", .text,
        read: { $0.password },
        write: { (configuration, words, _) in configuration.password = words[0] })

    private static let oomScoreValues = Directive.kept(
        "oom-score-adj-values", .words("three integers from -2000 to 2000"), "0 200 800", wordCounts: 0...Int.max
    ) { (words) throws(ValueError) in
        guard words.count == 3 else { throw .wrongCount }
        for word in words where (try? ValueKind.integer(word, in: -2000...2000)) == nil {
            throw ValueError("Invalid oom-score-adj-values, elements must be between -2000 and 2000.")
        }
    }

    /// `default` stands for no option.
    private static func shutdown(_ name: String, _ path: Directive.Path<ShutdownOptions>) -> Directive {
        let words = ["default"] + ShutdownOptions.names.map(\.name)
        return Directive(
            name, .choices(words), wordCounts: 0...Int.max,
            read: { configuration in
                let options = configuration[keyPath: path]
                let given = ShutdownOptions.names.filter { options.contains($0.option) }.map(\.name)
                return Array((given.isEmpty ? "default" : given.joined(separator: " ")).utf8)
            },
            write: { (configuration, given, _) throws(ValueError) in
                var options: ShutdownOptions = []
                for index in try ValueKind.choices(Array(given.joined(separator: [32])), among: words) where index > 0 {
                    options.insert(ShutdownOptions.names[index - 1].option)
                }
                guard !options.isSuperset(of: [.save, .nosave]) else {
                    throw ValueError("shutdown options SAVE and NOSAVE can't be used simultaneously")
                }
                configuration[keyPath: path] = options
            })
    }
}
