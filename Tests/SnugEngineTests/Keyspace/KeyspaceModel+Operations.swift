import SnugMemory
import Testing

@testable import SnugEngine

/// Operations on the partition and the dictionaries alike.
extension KeyspaceModel {
    // MARK: Strings

    mutating func set(_ key: [UInt8], _ text: [UInt8], _ change: ExpiryChange) {
        let former = value(key)?.expiry
        partition.setString(key.rawBytes, to: text.rawBytes, expiry: change)
        var value = Value(content: .string(text), encoding: Self.encoding(ofStored: text))
        switch change {
        case .keep: value.expiry = former
        case .remove: break
        case .set(let time): value.expiry = time
        }
        put(key, value)
    }

    mutating func setConditionally(_ key: [UInt8], _ text: [UInt8], ifNew: Bool) {
        let expected = (value(key) == nil) == ifNew
        let isDone = partition.setString(key.rawBytes, to: text.rawBytes, ifNew: ifNew)
        #expect(isDone == expected)
        if expected { put(key, Value(content: .string(text), encoding: Self.encoding(ofStored: text))) }
    }

    mutating func append(_ key: [UInt8], _ text: [UInt8]) {
        var expected: Result<[UInt8], EngineError> = .success(text)
        switch value(key)?.content {
        case .string(let former)?:
            let isTooLong = former.count + text.count > partition.limits.stringByteCountMax
            expected = isTooLong ? .failure(.stringTooLong) : .success(former + text)
        case .hash?, .set?: expected = .failure(.wrongType)
        case nil: break
        }
        let result = Result { () throws(EngineError) in try partition.appendString(key.rawBytes, text.rawBytes) }
        #expect(result == expected.map { $0.count })
        guard case .success(let whole) = expected else { return }
        let encoding = value(key) == nil ? Self.encoding(ofStored: whole) : .rawString
        put(key, Value(content: .string(whole), encoding: encoding, expiry: value(key)?.expiry))
    }

    mutating func setRange(_ key: [UInt8], _ offset: Int, _ text: [UInt8]) {
        var former: [UInt8] = []
        var expected: Result<[UInt8], EngineError>?
        switch value(key)?.content {
        case .string(let text)?: former = text
        case .hash?, .set?: expected = .failure(.wrongType)
        case nil: break
        }
        if expected == nil {
            if text.isEmpty {
                expected = .success(former)
            } else if offset > partition.limits.stringByteCountMax - text.count {
                expected = .failure(.stringTooLong)
            } else {
                var whole = former
                if whole.count < offset + text.count {
                    whole += [UInt8](repeating: 0, count: offset + text.count - whole.count)
                }
                whole.replaceSubrange(offset..<offset + text.count, with: text)
                expected = .success(whole)
            }
        }
        let result = Result { () throws(EngineError) in
            try partition.setStringRange(key.rawBytes, at: offset, to: text.rawBytes)
        }
        #expect(result == expected?.map { $0.count })
        guard case .success(let whole)? = expected, !text.isEmpty else { return }
        put(key, Value(content: .string(whole), encoding: .rawString, expiry: value(key)?.expiry))
    }

    mutating func increment(_ key: [UInt8], by amount: Int64) {
        var expected: Result<Int64, EngineError> = .success(amount)
        switch value(key)?.content {
        case .string(let text)?:
            let number = Int64(String(decoding: text, as: UTF8.self))
            if let number, bytes("\(number)") == text {
                let (sum, overflow) = number.addingReportingOverflow(amount)
                expected = overflow ? .failure(.overflow) : .success(sum)
            } else {
                expected = .failure(.notInteger)
            }
        case .hash?, .set?: expected = .failure(.wrongType)
        case nil: break
        }
        let result = Result { () throws(EngineError) in try partition.increment(key.rawBytes, by: amount) }
        #expect(result == expected)
        guard case .success(let sum) = expected else { return }
        put(key, Value(content: .string(bytes("\(sum)")), encoding: .integer, expiry: value(key)?.expiry))
    }

    // MARK: Hashes, as far as other operations need them

    mutating func setFields(_ key: [UInt8], _ pairs: [([UInt8], [UInt8])]) {
        var fields: [[UInt8]: [UInt8]] = [:]
        var former = Encoding.listpack
        if let value = value(key) {
            guard case .hash(let present) = value.content else { return }
            fields = present
            former = value.encoding
        }
        for (field, text) in pairs {
            fields[field] = text
            guard (try? partition.setHashValueIfAbsent(key.rawBytes, field.rawBytes, to: text.rawBytes)) == false
            else { continue }
            var addition = HashAddition()
            addition.add(field.rawBytes, text.rawBytes)
            guard var hash = try? partition.openHash(key.rawBytes, for: addition) else { continue }
            _ = partition.setField(field.rawBytes, to: text.rawBytes, in: &hash)
            partition.closeHash(key.rawBytes, hash, changeCount: 1)
        }
        let isLarge = fields.count > partition.limits.hashListpackEntriesMax || former == .hashTable
        put(
            key,
            Value(
                content: .hash(fields), encoding: isLarge ? .hashTable : .listpack, expiry: value(key)?.expiry))
    }

    // MARK: Sets, as far as other operations need them

    mutating func addMembers(_ key: [UInt8], _ members: [[UInt8]]) {
        let limits = partition.limits
        var content = SetModel.begin(members[0], of: members.count, limits)
        if let value = value(key) {
            guard case .set(let present) = value.content else {
                let isRefused = (try? partition.setCount(key.rawBytes)) == nil
                #expect(isRefused)
                return
            }
            content = SetModel.Content(members: Array(present), encoding: value.encoding)
            SetModel.prepare(&content, for: members.count, limits)
        }
        let first = members[0]
        guard var set = try? partition.openSet(key.rawBytes, forMember: first.rawBytes, of: members.count)
        else { return }
        var added = 0
        for member in members {
            let isNew = set.add(member.rawBytes)
            let expected = SetModel.add(member, to: &content, limits)
            #expect(isNew == expected)
            added += isNew ? 1 : 0
        }
        partition.closeSet(key.rawBytes, &set, changeCount: added)
        let former = value(key)
        let value = Value(content: .set(Set(content.members)), encoding: content.encoding, expiry: former?.expiry)
        if added > 0 { put(key, value) } else { databases[partition.selected][key] = value }
    }

    // MARK: Any key

    mutating func delete(_ key: [UInt8]) {
        let isThere = value(key) != nil
        let isDone = partition.delete(key.rawBytes)
        #expect(isDone == isThere)
        if isThere { put(key, nil) }
    }

    mutating func setExpiry(_ key: [UInt8], to time: Int64, if condition: ExpiryCondition) {
        let former = value(key)
        var expected = former != nil
        switch condition {
        case .none: expected = expected && former?.expiry == nil
        case .some: expected = expected && former?.expiry != nil
        case .later: expected = expected && time > (former?.expiry ?? .max)
        case .earlier: expected = expected && time < (former?.expiry ?? .max)
        default: break
        }
        // A key that never expires is later than any time.
        if condition == .earlier && former != nil && former?.expiry == nil { expected = true }
        let isDone = partition.setExpiry(of: key.rawBytes, to: time, if: condition)
        #expect(isDone == expected)
        guard expected, var value = former else { return }
        value.expiry = time
        put(key, time <= now ? nil : value)
    }

    mutating func persist(_ key: [UInt8]) {
        let expected = value(key)?.expiry != nil
        let isDone = partition.persist(key.rawBytes)
        #expect(isDone == expected)
        guard expected, var value = value(key) else { return }
        value.expiry = nil
        put(key, value)
    }

    mutating func rename(_ source: [UInt8], _ destination: [UInt8], onlyIfNew: Bool) {
        let (moved, former) = (value(source), value(destination))
        let result = Result { () throws(EngineError) in
            try partition.rename(source.rawBytes, to: destination.rawBytes, onlyIfNew: onlyIfNew)
        }
        guard let moved else {
            #expect(result == .failure(.noSuchKey))
            return
        }
        let expected = !onlyIfNew || (former == nil && source != destination)
        #expect(result == .success(expected))
        guard expected, source != destination else { return }
        put(source, nil)
        put(destination, moved)
    }

    mutating func copy(_ source: [UInt8], _ destination: [UInt8], to database: Int, replacing: Bool) {
        let result = Result { () throws(EngineError) in
            try partition.copy(
                source.rawBytes, to: destination.rawBytes, inDatabase: database, replacing: replacing)
        }
        guard database < databases.count else {
            #expect(result == .failure(.noSuchDatabase))
            return
        }
        if source == destination && database == partition.selected {
            #expect(result == .failure(.sameKey))
            return
        }
        let copied = value(source)
        let expected = copied != nil && (replacing || value(destination, in: database) == nil)
        #expect(result == .success(expected))
        if expected { put(destination, copied, in: database) }
    }

    mutating func move(_ key: [UInt8], to database: Int) {
        let result = Result { () throws(EngineError) in try partition.move(key.rawBytes, toDatabase: database) }
        if database >= databases.count {
            #expect(result == .failure(.noSuchDatabase))
            return
        }
        if database == partition.selected {
            #expect(result == .failure(.sameKey))
            return
        }
        let moved = value(key)
        let expected = moved != nil && value(key, in: database) == nil
        #expect(result == .success(expected))
        guard expected else { return }
        put(key, nil)
        put(key, moved, in: database)
    }

    // MARK: Databases

    mutating func flush(_ database: Int) {
        for key in databases[database].keys where value(key, in: database) != nil { put(key, nil, in: database) }
        databases[database] = [:]
        _ = partition.flush(database: database)
        #expect(partition.keyCount(inDatabase: database) == 0)
    }

    mutating func swapDatabases(_ first: Int, _ second: Int) {
        let keys = Set(databases[first].keys).union(databases[second].keys)
        for key in keys where first != second {
            guard value(key, in: first) != nil || value(key, in: second) != nil else { continue }
            versions[first][key, default: 0] += 1
            versions[second][key, default: 0] += 1
        }
        databases.swapAt(first, second)
        let result = Result { () throws(EngineError) in try partition.swapDatabases(first, second) }
        #expect((try? result.get()) != nil)
    }
}
