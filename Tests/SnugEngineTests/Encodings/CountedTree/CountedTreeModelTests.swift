import SnugMemory
import Testing

@testable import SnugEngine

/// A counted tree beside an array of its leaves. The leaves are numbers, no memory is behind them.
private struct CountedTreeModel: ~Copyable {
    var tree: CountedTree
    var leaves: [TreeChild] = []
    private var lastWord: UInt64 = 0

    init(branchMax: Int) { tree = CountedTree(branchMax: branchMax) }

    private func path(toLeaf number: Int) -> TreePath {
        let start = leaves[..<number].reduce(0) { $0 + $1.count }
        let (path, index) = tree.path(to: start)
        #expect(index == 0 && path.leaf == leaves[number].word)
        return path
    }

    mutating func insert(_ number: Int, before: Bool, _ count: Int, _ key: UInt64) {
        lastWord += 1
        let leaf = TreeChild(word: lastWord, count: count, key: key)
        guard !leaves.isEmpty else {
            tree.insertOnly(leaf)
            leaves = [leaf]
            return
        }
        tree.insert(leaf, before: before, path(toLeaf: number))
        leaves.insert(leaf, at: number + (before ? 0 : 1))
    }

    mutating func update(_ number: Int, _ count: Int, _ key: UInt64) {
        lastWord += 1
        tree.update(path(toLeaf: number), word: lastWord, countChange: count - leaves[number].count, key: key)
        leaves[number] = TreeChild(word: lastWord, count: count, key: key)
    }

    mutating func remove(_ number: Int) {
        tree.remove(path(toLeaf: number))
        leaves.remove(at: number)
    }

    mutating func removeAll() {
        tree.removeAll()
        leaves = []
    }

    func check() {
        var expected = leaves
        // One leaf alone has no branch that would note its key.
        if expected.count == 1 { expected[0].key = 0 }
        #expect(CountedTreeAudit(tree).leaves == expected)
        guard !leaves.isEmpty else { return }
        var (forward, backward): ([UInt64], [UInt64]) = ([], [])
        var path = tree.firstPath
        repeat {
            forward.append(path.leaf)
        } while tree.advance(&path)
        path = tree.lastPath
        repeat {
            backward.append(path.leaf)
        } while tree.retreat(&path)
        #expect(forward == leaves.map(\.word))
        #expect(backward == forward.reversed())
        var start = 0
        for leaf in leaves {
            for index in 0..<leaf.count {
                let found = tree.path(to: start + index)
                #expect(found.path.leaf == leaf.word && found.index == index)
                #expect(tree.start(of: found.path) == start && tree.elementCount(of: found.path) == leaf.count)
            }
            start += leaf.count
        }
        let end = tree.path(to: start)
        #expect(end.path.leaf == leaves.last?.word && end.index == leaves.last?.count)
    }
}

@Suite struct CountedTreeModelTests {
    @Test(arguments: [4, 5, 7, 127]) func randomChanges(branchMax: Int) {
        let seed = newSeed()
        var random = RandomSource(seed: seed)
        var model = CountedTreeModel(branchMax: branchMax)
        for phase in 0..<8 {
            // Growing and shrinking in turns, so that every height is crossed both ways.
            for step in 0..<400 {
                let isGrowing = random.next(below: 10) < (phase % 2 == 0 ? 8 : 2)
                let number = model.leaves.isEmpty ? 0 : Int(random.next(below: UInt64(model.leaves.count)))
                let (count, key) = (Int(random.next(below: 4)) + 1, random.next(below: 100))
                if isGrowing || model.leaves.isEmpty {
                    model.insert(number, before: random.next(below: 2) == 0, count, key)
                } else if random.next(below: 4) == 0 {
                    model.update(number, count, key)
                } else {
                    model.remove(number)
                }
                if step % 23 == 0 { model.check() }
            }
            model.check()
        }
        model.removeAll()
        model.check()
    }

    /// Leaves that come in order fill their branches, at either end.
    @Test(arguments: [false, true]) func branchesOfOrderedLeavesAreFull(before: Bool) {
        var model = CountedTreeModel(branchMax: 16)
        for number in 0..<1000 { model.insert(before ? 0 : max(0, number - 1), before: before, 1, 0) }
        model.check()
        #expect(model.tree.height == 3)
        // 1000 leaves take 63 branches of 16, and those 4 and a root.
        let branch = TreeBranch(room: 16)
        defer { branch.block.free() }
        #expect(model.tree.allocatedByteCount <= 75 * branch.block.allocatedByteCount)
        for _ in 0..<999 { model.remove(before ? 0 : model.leaves.count - 1) }
        model.check()
        #expect(model.tree.allocatedByteCount == 0)
    }
}
