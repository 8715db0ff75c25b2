import Glibc

/// A seed that is new for each run and printed; a number in the environment variable SNUG_SEED repeats a run.
func newSeed(_ test: String = #function) -> UInt64 {
    // SAFETY: the environment is not changed while tests run, and the text ends with a zero.
    let given = unsafe getenv("SNUG_SEED").flatMap { unsafe UInt64(String(cString: $0)) }
    let seed = given ?? UInt64.random(in: 0...UInt64.max)
    print("\(test): SNUG_SEED=\(seed)")
    return seed
}
