import SnugMemory
import Testing

@testable import SnugEngine

/// Leaves of a tree, read through its root alone.
struct CountedTreeAudit {
    private(set) var leaves: [TreeChild] = []
    private(set) var allocatedByteCount = 0

    /// Walks all branches and holds them against the tree's invariants.
    init(_ tree: borrowing CountedTree) {
        if tree.leafCount == 0 {
            #expect(tree.root == 0 && tree.height == 0 && tree.count == 0)
        } else if tree.height == 0 {
            leaves = [TreeChild(word: tree.root, count: tree.count, key: 0)]
        } else {
            _ = walk(tree.root, tree.height, isRoot: true, tree.branchMax)
        }
        #expect(leaves.count == tree.leafCount)
        #expect(leaves.reduce(0) { $0 + $1.count } == tree.count)
        #expect(allocatedByteCount == tree.allocatedByteCount)
    }

    /// The elements and the first key below a branch.
    private mutating func walk(_ word: UInt64, _ height: Int, isRoot: Bool, _ branchMax: Int) -> (Int, UInt64) {
        let branch = TreeBranch(bits: word)
        allocatedByteCount += branch.block.allocatedByteCount
        #expect(branch.count >= (isRoot ? 2 : 1) && branch.count <= branchMax)
        #expect(branch.count <= branch.room && branch.byteCount <= branch.block.allocatedByteCount)
        for index in 0..<branch.count {
            let child = branch.child(at: index)
            if height == 1 {
                leaves.append(child)
            } else {
                let (count, key) = walk(child.word, height - 1, isRoot: false, branchMax)
                #expect(child.count == count && child.key == key)
            }
        }
        return (branch.elementCount, branch.key(at: 0))
    }
}
