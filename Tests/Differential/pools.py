"""The small sets that random commands choose their arguments from, so that keys and types collide."""

KEYS = [b"a", b"b", b"c", b"key:1", b"key:2", b"key:10", b"user:10001:blocked", b"user:10002:blocked",
        b"user:7:profile", b"000017", b"17", b"-17", b"9223372036854775807", b"", b"\x00\xff\r\n", b"h[a]*?",
        b"session:6f1c24d5-28a3-4b8e-9d43-0d7c1f0a2b11", b"key:000000000063", b"key:000000000064",
        b"user:10003:blocked", b"user:10047:blocked", b"t:1:o:2:x", b"t:2:o:3:x", b"ann@example.com",
        b"tok:0123456789abcdef0123456789abcdef", b"K" * 600, b"k" * 70, b"key:1:2:3", "schlüssel".encode()]
FIELDS = [b"f", b"g", b"name", b"email", b"", b"0", b"1", b"01", b"-5", b"9223372036854775807",
          b"\x00bin\xff", b"l" * 64, b"L" * 65] + [b"field:%d" % n for n in range(24)]
INTEGERS = [b"0", b"1", b"-1", b"7", b"127", b"128", b"4095", b"4096", b"9999", b"10000", b"32768", b"8388608",
            b"2147483648", b"-32769", b"9223372036854775807", b"-9223372036854775808",
            b"9223372036854775000", b"9223372036854775808"]
FLOATS = [b"0.1", b"-0.5", b"3.0", b"1e3", b"5.0e-3", b"10.50", b"1.23456789012345678", b"1e17", b"-0.0", b"2.5"]
NOT_NUMBERS = [b"abc", b"", b" 1", b"1 ", b"007", b"+1", b"nan", b"inf", b"1.5x", b"0x10", b"--1"]
TEXTS = [b"", b"x", b"hello", b"a\x00b\xff", b"\r\n", b"AI27X", b"s" * 43, b"s" * 44, b"s" * 45, b"v" * 63,
         b"v" * 64, b"v" * 65, b"long" * 60, b"L" * 1000]
INDEXES = [b"0", b"1", b"2", b"5", b"-1", b"-2", b"-100", b"100", b"44", b"999999999999", b"x"]
OFFSETS = [b"0", b"1", b"3", b"10", b"44", b"70", b"300", b"-1", b"x"]
PATTERNS = [b"*", b"key:*", b"user:*", b"?", b"[a-b]", b"[^a]", b"*1*", b"h\\[a\\]*", b"", b"nothing", b"*\xff*"]
COUNTS = [b"0", b"1", b"3", b"-1", b"-5", b"100", b"x"]
# Relative times lie far apart from one another and from the absolute ones, so that the moment at
# which a server reads its clock decides nothing.
RELATIVE_SECONDS = [b"2000", b"90000", b"7000000", b"-1", b"0", b"x", b"9223372036854775807"]
RELATIVE_MILLISECONDS = [b"3000000", b"95000000", b"-1", b"0", b"1.5", b"9223372036854775807"]
ABSOLUTE_SECONDS = [b"1", b"4000000000", b"4100000000", b"4200000000", b"-5", b"9223372036854775", b"x"]
ABSOLUTE_MILLISECONDS = [b"1", b"4000000000000", b"4100000000001", b"4200000000000", b"0", b"9223372036854775807"]


class Choice:
    """Choices with one random source."""

    def __init__(self, random):
        self.random = random

    def of(self, *options):
        return self.random.choice(options)

    def chance(self, probability):
        return self.random.random() < probability

    def key(self):
        return self.random.choice(KEYS)

    def keys(self, most=4):
        return [self.key() for _ in range(self.random.randint(1, most))]

    def field(self):
        return self.random.choice(FIELDS)

    def integer(self):
        return b"%d" % self.random.randint(-1000, 1000) if self.chance(0.5) else self.random.choice(INTEGERS)

    def number(self):
        """An integer or a float; now and then neither."""
        pool = FLOATS if self.chance(0.6) else INTEGERS if self.chance(0.9) else NOT_NUMBERS
        return self.random.choice(pool)

    def value(self):
        roll = self.random.random()
        if roll < 0.35:
            return self.integer()
        if roll < 0.45:
            return self.random.choice(FLOATS)
        if roll < 0.5:
            return self.random.choice(NOT_NUMBERS)
        if roll < 0.9:
            return self.random.choice(TEXTS)
        return self.random.randbytes(self.random.choice([1, 5, 20, 44, 45, 64, 65, 200]))

    def case(self, word):
        return word if self.chance(0.8) else word.lower()
