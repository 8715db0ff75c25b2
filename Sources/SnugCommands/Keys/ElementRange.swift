/// The numbers of the elements from `first` through `last` of `count`, negative ones from the end, clipped to what is
/// there: those of a list, or the ranks of a sorted set.
func elementRange(from first: Int64, through last: Int64, of count: Int) -> Range<Int> {
    let count = Int64(count)
    let start = max(0, first < 0 ? first + count : first)
    let end = min(count - 1, last < 0 ? last + count : last)
    return start > end ? 0..<0 : Int(start)..<Int(end) + 1
}
