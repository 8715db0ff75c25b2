/// What the report says whatever was measured, and how it looks.
extension Report {
    static func introduction(_ record: RunRecord) -> String {
        let points =
            record.repeatCount == 1
            ? "one run" : "\(record.repeatCount) runs, the line through each reaches from the lowest to the highest"
        return """
            <section>
            <h2>Why a small value is not small</h2>
            <p>A key-value server that holds <code>user:10001:blocked</code> with the value <code>1</code> stores more \
            than those nineteen bytes. In Redis each key has an entry in a table (24 bytes), a share of the table \
            itself (8), its text with a header, and an object for its value (16 unless it is a small number), each \
            rounded up to what the allocator hands out. The key costs several times what the value does.</p>
            <p>The known cure is to put many values into few hashes. As long as a hash is small, the server keeps it \
            as one packed list without any of that: a few bytes for a field and its value. Two limits decide what is \
            small, a number of fields (<code>hash-max-listpack-entries</code>, 512 by default) and a length \
            (<code>hash-max-listpack-value</code>, 64 bytes). Past either, the hash becomes a table, nothing announces \
            it, and nothing undoes it. And a packed list has to be searched from its beginning.</p>
            <p>The charts below show what that saves, where it ends, and what it costs. Points are the middle of \
            \(points). Memory is what the server has handed out (<code>used_memory</code>) and what the system has \
            given it (resident), each above the empty server.</p>
            </section>

            """
    }

    static let pageStyle = """
        :root{color-scheme:light dark;--page:#fff;--text:#1b1b1b;--soft:#595959;--rule:#dcdcdc;--warn:#fff3d6}
        @media(prefers-color-scheme:dark){:root{--page:#161616;--text:#ececec;--soft:#b4b4b4;--rule:#3c3c3c;\
        --warn:#3d3010}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--text);line-height:1.5;\
        font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        header,main{max-width:1180px;margin:0 auto;padding:0 12px}header{padding-top:24px}
        h1{font-size:1.9rem;line-height:1.2;margin:0}h2{font-size:1.3rem;line-height:1.25;margin:2.2rem 0 .4rem}
        p{max-width:72ch;margin:.5rem 0;overflow-wrap:anywhere}header p{color:var(--soft)}
        .warning{background:var(--warn);color:var(--text)!important;padding:.5rem .8rem;border-radius:4px}
        .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,440px),1fr));gap:20px 28px;\
        margin:1rem 0}
        figure{margin:0;min-width:0}.chart{display:block;width:100%;max-width:560px;height:auto}
        .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums}
        th,td{padding:.25rem .7rem .25rem 0;text-align:left;border-bottom:1px solid var(--rule);white-space:nowrap}
        .r{text-align:right}summary{cursor:pointer;margin:.5rem 0}code{font-size:.92em}
        """
}
