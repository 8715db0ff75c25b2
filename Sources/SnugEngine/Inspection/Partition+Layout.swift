internal import SnugMemory

extension Partition {
    /// How a key is stored, or nil when it is not there. Leaves no trace. A step for each run of the key's pack.
    package mutating func layout(of key: RawSpan) -> KeyLayout? {
        guard let location = lookup(key, .peek), let head = location.head, let body = location.body else { return nil }
        let shares = map.value.map.byteCountShares(of: location)
        var shape = GrowableBytes()
        head.appendShape(in: vocabulary.value, to: &shape)
        return KeyLayout(
            shape: shape.bytes.makeArray(), templatePlace: head.layoutPlace, runKeys: body.count,
            runByteCount: head.pack.byteCount(of: head.run), presence: body.layoutPresence, values: body.layoutValues,
            expiries: body.layoutExpiries, keepsAccess: body.hasAccess, payload: location.cell.layoutPayload,
            payloadByteCount: location.cell.byteCount, pack: KeyLayout.PackFigures(head.pack, number: location.bucket),
            outsideByteCount: shares.outside, byteCount: shares.pack + shares.outside)
    }
}

extension KeyLayout.PackFigures {
    fileprivate init(_ pack: Pack, number: Int) {
        self.init(
            number: number, byteCount: pack.byteCount, allocatedByteCount: pack.block.allocatedByteCount,
            keys: pack.keyCount, runs: pack.runCount)
    }
}

extension RunHead {
    fileprivate var layoutPlace: KeyLayout.TemplatePlace {
        if let template { return .kept(number: template) }
        return isBoxed ? .block : .run
    }
}

extension RunBody {
    fileprivate var layoutPresence: KeyLayout.Presence {
        guard form == Self.columns else { return isIndexed ? .lone : .single }
        switch presenceForm {
        case .all: return .all
        case .bitmap: return .bitmap
        case .list: return .list
        }
    }

    fileprivate var layoutValues: KeyLayout.Values {
        guard form == Self.columns else { return isIndexed ? .lone : .single }
        switch valueForm {
        case .integers: return .integers(bits: IntegerColumn.bitCount(integers.column.width))
        case .fixed: return .fixed(byteCount: cell(at: 0).byteCount)
        case .cells: return .cells
        case .words: return .words(count: wordCount, bits: IntegerColumn.bitCount(words.width))
        }
    }

    fileprivate var layoutExpiries: KeyLayout.Expiries {
        switch expiryForm {
        case .none: .none
        case .one, .short: .one
        case .some: .some(count: expiringCount, bits: IntegerColumn.bitCount(expiries.column.width))
        }
    }
}

extension Cell {
    fileprivate var layoutPayload: KeyLayout.Payload {
        switch kind {
        case .integer: .integer
        case .bytes: .bytes
        case .rawBytes: .changedBytes
        case .packed, .packedShort: .sixBitText
        case .compact: .compact(valueType)
        case .reference:
            switch reference.kind {
            case .bytes: .longString
            case .rawBytes: .changedLongString
            case .compact: .largeCompact(valueType)
            case .table: .table(KeyLayout.TableFigures(reference.table))
            case .memberTable: .memberTable(KeyLayout.MemberTableFigures(reference.memberTable))
            case .listTable: .listTable(KeyLayout.ListTableFigures(reference.listTable))
            case .sortedSetTable: .sortedSetTable(KeyLayout.SortedSetTableFigures(reference.sortedSetTable))
            case .stream: .stream(KeyLayout.StreamFigures(reference.stream))
            }
        }
    }
}

extension KeyLayout.TableFigures {
    fileprivate init(_ table: Box<FieldTable>) {
        let order: KeyLayout.TableOrder? =
            switch table.value.order {
            case .none: nil
            case .rising: .rising
            case .addition: .addition
            }
        self.init(fields: table.value.count, packs: table.value.map.directory.count, order: order)
    }
}

extension KeyLayout.MemberTableFigures {
    fileprivate init(_ table: Box<MemberTable>) {
        self.init(members: table.value.count, packs: table.value.map.directory.count)
    }
}

extension KeyLayout.ListTableFigures {
    fileprivate init(_ table: Box<ListTable>) {
        self.init(elements: table.value.count, nodes: table.value.sequence.nodeCount)
    }
}

extension KeyLayout.SortedSetTableFigures {
    fileprivate init(_ table: Box<SortedSetTable>) {
        self.init(
            members: table.value.count, packs: table.value.map.directory.count,
            leaves: table.value.index.tree.leafCount)
    }
}

extension KeyLayout.StreamFigures {
    fileprivate init(_ stream: Box<EntryStream>) {
        self.init(entries: stream.value.count, nodes: stream.value.nodeCount, groups: stream.value.groupCount)
    }
}
