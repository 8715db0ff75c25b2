"""Payloads of RESTORE, written by hand: every encoding that a server of any version may have dumped."""

import struct

_POLYNOMIAL = 0x95AC9329AC4BC9B5


def _table():
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (_POLYNOMIAL if value & 1 else 0)
        yield value


_TABLE = tuple(_table())


def crc64(data):
    value = 0
    for byte in data:
        value = _TABLE[(value ^ byte) & 0xff] ^ value >> 8
    return value


def payload(kind, body, version=10):
    """A payload with a true checksum."""
    data = bytes([kind]) + body + struct.pack("<H", version)
    return data + struct.pack("<Q", crc64(data))


def rechecked(data):
    """The same payload with the checksum that its bytes have."""
    return data[:-8] + struct.pack("<Q", crc64(data[:-8]))


def length(number):
    if number < 64:
        return bytes([number])
    if number < 1 << 14:
        return struct.pack(">H", 0x4000 | number)
    return b"\x80" + struct.pack(">I", number) if number < 1 << 32 else b"\x81" + struct.pack(">Q", number)


def string(data):
    return length(len(data)) + data


def literal_lzf(data):
    """A compressed string in which nothing is repeated."""
    packed = b"".join(bytes([len(part) - 1]) + part for part in (data[n:n + 32] for n in range(0, len(data), 32)))
    return b"\xc3" + length(len(packed)) + length(len(data)) + packed


def integer_of(element):
    """The integer that an element is the canonical text of, or None."""
    try:
        number = int(element)
    except ValueError:
        return None
    fits = -(1 << 63) <= number < 1 << 63
    return number if fits and str(number).encode() == element else None


def ziplist(elements):
    body, former, tail = b"", 0, 10
    for element in elements:
        tail = 10 + len(body)
        entry = (bytes([former]) if former < 254 else b"\xfe" + struct.pack("<I", former)) + _ziplist_entry(element)
        body += entry
        former = len(entry)
    return struct.pack("<IIH", len(body) + 11, tail, min(len(elements), 65535)) + body + b"\xff"


def _ziplist_entry(element):
    number = integer_of(element)
    if number is None:
        if len(element) < 64:
            return bytes([len(element)]) + element
        if len(element) < 1 << 14:
            return struct.pack(">H", 0x4000 | len(element)) + element
        return b"\x80" + struct.pack(">I", len(element)) + element
    if 0 <= number <= 12:
        return bytes([0xf1 + number])
    if -128 <= number < 128:
        return b"\xfe" + struct.pack("<b", number)
    if -(1 << 15) <= number < 1 << 15:
        return b"\xc0" + struct.pack("<h", number)
    if -(1 << 23) <= number < 1 << 23:
        return b"\xf0" + struct.pack("<i", number)[:3]
    if -(1 << 31) <= number < 1 << 31:
        return b"\xd0" + struct.pack("<i", number)
    return b"\xe0" + struct.pack("<q", number)


def zipmap(pairs, unused=0):
    def count(data):
        return bytes([len(data)]) if len(data) < 254 else b"\xfe" + struct.pack("<I", len(data))
    body = b"".join(
        count(field) + field + count(value) + bytes([unused]) + value + b"\0" * unused for field, value in pairs)
    return bytes([min(len(pairs), 254)]) + body + b"\xff"


def intset(numbers):
    width = max((2 if -(1 << 15) <= n < 1 << 15 else 4 if -(1 << 31) <= n < 1 << 31 else 8) for n in numbers)
    form = {2: "<h", 4: "<i", 8: "<q"}[width]
    return struct.pack("<II", width, len(numbers)) + b"".join(struct.pack(form, n) for n in sorted(numbers))


def listpack(elements):
    body = b"".join(_listpack_entry(element) for element in elements)
    return struct.pack("<IH", len(body) + 7, min(len(elements), 65535)) + body + b"\xff"


def _listpack_entry(element):
    number = integer_of(element)
    if number is not None:
        head = _listpack_integer(number)
    elif len(element) < 64:
        head = bytes([0x80 | len(element)]) + element
    elif len(element) < 4096:
        head = struct.pack(">H", 0xe000 | len(element)) + element
    else:
        head = b"\xf0" + struct.pack("<I", len(element)) + element
    return head + _back_length(len(head))


def _listpack_integer(number):
    if 0 <= number < 128:
        return bytes([number])
    if -4096 <= number < 4096:
        return struct.pack(">H", 0xc000 | number & 0x1fff)
    if -(1 << 15) <= number < 1 << 15:
        return b"\xf1" + struct.pack("<h", number)
    if -(1 << 23) <= number < 1 << 23:
        return b"\xf2" + struct.pack("<i", number)[:3]
    if -(1 << 31) <= number < 1 << 31:
        return b"\xf3" + struct.pack("<i", number)
    return b"\xf4" + struct.pack("<q", number)


def _back_length(count):
    width = next(n for n, most in ((1, 127), (2, 16382), (3, 2097150), (4, 268435454)) if count <= most)
    digits = [count >> 7 * n & 0x7f for n in reversed(range(width))]
    return bytes([digits[0], *(digit | 0x80 for digit in digits[1:])])


def text_score(score):
    if score in (float("inf"), float("-inf")):
        return b"\xfe" if score > 0 else b"\xff"
    text = b"%.17g" % score
    return bytes([len(text)]) + text
