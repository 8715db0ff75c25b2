internal import CSnug

/// Bytes that the allocator set aside for an object, without what its fields refer to. Zero for an object that is not
/// on the heap.
package func allocatedByteCount(of object: AnyObject) -> Int {
    // SAFETY: a native Swift object lies at the start of its allocation, and it is alive during the call.
    unsafe malloc_usable_size(Unmanaged.passUnretained(object).toOpaque())
}
