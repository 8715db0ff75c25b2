internal import Glibc

/// Standard output for results, standard error for what goes on meanwhile.
enum Terminal {
    static func complain(_ sentence: String) { write("snug: \(sentence)\n", to: STDERR_FILENO) }

    static func write(_ text: String, to descriptor: CInt) {
        _ = Files.append(Array(text.utf8), to: descriptor)
    }

    static func show(_ table: Table) {
        let columnMax = isTerminal(STDOUT_FILENO) ? columnCount(STDOUT_FILENO) : 200
        write("\n" + table.text(columnMax: columnMax) + "\n", to: STDOUT_FILENO)
    }

    static func isTerminal(_ descriptor: CInt) -> Bool { isatty(descriptor) == 1 }

    /// Columns of the terminal, 80 where there is none.
    static func columnCount(_ descriptor: CInt) -> Int {
        var size = winsize()
        // SAFETY: TIOCGWINSZ fills the structure given, which outlives the call.
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
