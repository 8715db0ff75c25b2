import SnugEngine
import SnugMemory

/// Whatever the validator accepts is read within its bytes, forwards as backwards, and gives the same elements when it
/// is written again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // SAFETY: libFuzzer passes `count` readable bytes.
    var input = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    check(input)
    // The same elements under a header that is true, so that the fuzzer need not guess a total.
    guard input.count >= 7 else { return 0 }
    for index in 0..<4 { input[index] = UInt8(truncatingIfNeeded: input.count >> (index * 8)) }
    input[4] = 255
    input[5] = 255
    input[input.count - 1] = 255
    check(input)
    return 0
}

private func check(_ input: [UInt8]) {
    guard let reader = ListpackReader(validating: input.rawBytes) else { return }
    let elements = forwards(reader)
    precondition(elements.count == reader.count, "the count is not that of the elements")
    precondition(Array(backwards(reader).reversed()) == elements, "backwards reads otherwise than forwards")
    for (index, element) in elements.enumerated().prefix(4) { checkFinding(element, index, elements, reader) }
    let copy = Listpack.bytes(of: elements)
    guard let again = ListpackReader(validating: copy.rawBytes) else {
        preconditionFailure("the validator refuses what is written")
    }
    precondition(forwards(again) == elements, "writing changed an element")
}

private func forwards(_ reader: borrowing ListpackReader) -> [[UInt8]] {
    var elements: [[UInt8]] = []
    var offset = reader.firstOffset
    while offset < reader.endOffset {
        elements.append(reader.value(at: offset).withBytes { $0.makeArray() })
        offset = reader.offset(after: offset)
    }
    precondition(offset == reader.endOffset, "the last element does not end at the end")
    return elements
}

private func backwards(_ reader: borrowing ListpackReader) -> [[UInt8]] {
    var elements: [[UInt8]] = []
    var offset = reader.endOffset
    while let previous = reader.offset(before: offset) {
        elements.append(reader.value(at: previous).withBytes { $0.makeArray() })
        offset = previous
    }
    return elements
}

private func checkFinding(
    _ element: [UInt8], _ index: Int, _ elements: [[UInt8]], _ reader: borrowing ListpackReader
) {
    let first = elements.firstIndex(of: element)
    let found = reader.find(element.rawBytes, from: reader.firstOffset, skipping: 0)
    precondition(found == first.flatMap { reader.offset(ofIndex: $0) }, "an element is not found where it is")
}
