/// `docs/configuration.md`, from the declarations.
package enum ConfigurationReference {
    package static var markdown: String {
        """
        # Configuration

        Written by `snug document configuration`; change the declarations in `Sources/SnugConfiguration/Directives`
        instead.

        `snug serve [CONFIG-FILE] [--DIRECTIVE VALUE ...]` reads the file, then what the command line adds; `-` reads
        directives from standard input. The file has the format of redis.conf: one directive a line, lines that begin
        with `#` are comments, values in double or single quotes may hold blanks, `include` reads another file or, with
        a glob pattern, several. Of repeated directives the last counts; `save` and the classes of
        `client-output-buffer-limit` add up. Amounts of memory are bytes, or have a unit: 1k is 1000, 1kb is 1024, and
        so on to g and gb.

        Names that Redis used earlier are as good as the new ones. *Change*: whether CONFIG SET may change the value;
        *protected* ones only where `enable-protected-configs` allows it. *Effect*: *none* means that the value is kept
        and answered by CONFIG GET, and nothing else happens.

        `rename-command` is understood as in Redis. `loadmodule` and `user` are refused.

        | directive | earlier name | takes | default | change | effect |
        |---|---|---|---|---|---|

        """ + Directives.all.map(row).joined()
    }

    private static func row(_ directive: Directive) -> String {
        let initial = String(decoding: directive.value(in: Configuration()), as: UTF8.self)
        let cells = [
            "`\(directive.name)`", directive.oldName.map { "`\($0)`" } ?? "", directive.kind.description,
            initial.isEmpty ? "" : "`\(initial)`", change(directive), effect(directive),
        ]
        return "| " + cells.joined(separator: " | ") + " |\n"
    }

    private static func change(_ directive: Directive) -> String {
        switch directive.change {
        case .atRunTime: "yes"
        case .protected: "protected"
        case .atStart: "no"
        }
    }

    private static func effect(_ directive: Directive) -> String {
        switch directive.effect {
        case .full: "yes"
        case .none: "none"
        case .notYet(let reason): reason
        }
    }
}
