"""Conformance cases: the same commands sent to Snug and to redis-server, the replies compared.

A case file (`Tests/Conformance/GROUP/TOPIC.cases`) is text. `#` starts a comment line.

    case NAME                    a new case: fresh connections, empty databases, default configuration
    resp2 | resp3 | snug only    below it: run it in one protocol only, or without comparing

    > COMMAND ARGUMENT ...       send on the connection `main`, read one reply, compare
    NAME> COMMAND ...            the same on another connection, opened at its first use; names that
                                 begin with `plain` never send HELLO 3
    >> COMMAND ...               send without reading                          (also NAME>>)
    < REPLY-OPTIONAL             read one reply and compare                    (also NAME<)
    <closed, <nothing            the connection must be closed by now; no reply may come
    ! "bytes" "bytes" ...        send bytes as they are, one write for each     (also NAME!)
    for i in 1..512 > HSET h {i} v       one command for each number, pipelined, all compared
    wait 50                      milliseconds
    @snug > ..., @redis > ...    a step for one server alone, never compared

Arguments are quoted as in the inline protocol: bare, "with \\x00 escapes", 'plain'. In them stand
`{64*x}` for x repeated, `{now+10}` and `{nowms-5}` for the time, `{name}` for a captured value.

Lines that follow a step say how its replies are compared; without one they must be equal with types.

    = REPLY              Snug must give this; Redis 7.0's reply is not compared (say why in a comment).
                         `=2 REPLY` and `=3 REPLY` hold for one protocol.
    == REPLY             both servers must give this
    ~ unordered          elements in any order        ~ pairs        fields and values in any order
    ~ deep               unordered at every depth     ~ within N     numbers may differ by N
    ~ kind               only the type of the reply   ~ count        only the number of elements
    ~ like REGEX         both texts match the whole   ~ fields A B   these of `a=1 b=2` or `a:1` lines;
                                                   `db0.keys` of `db0:keys=1,...`
    ~ names              Snug has all field names that Redis has
    ~ sections           the `# Section` lines        ~ pick 0.3     one element, `*` for each
    ~ lines REGEX        only lines that match        ~ capture NAME keep the text as {NAME}, compare kinds
    ~ without A B        maps, flat ones too, without these fields

Replies are written `+OK`, `-ERR text`, `:1`, `"bulk"`, `="txt:verbatim"`, `,1.5`, `#t`, `(123`,
`[array, ...]`, `~[set]`, `>[push]`, `{key: value}` (in RESP2 the flat array), `nil` (any null but the
null array of RESP2), `nilarray`, `*` for anything, and `/regex/` for a matching text.
"""
