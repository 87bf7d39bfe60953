"""WebAssembly's binary encoding: numbers and names (Core Specification 2.0, section 5)."""

from __future__ import annotations


class Reader:
    """A cursor over WebAssembly's binary encoding."""

    def __init__(self, data: bytes, position: int = 0) -> None:
        self.data = data
        self.position = position

    def byte(self) -> int:
        """The next byte."""
        value = self.data[self.position]
        self.position += 1
        return value

    def unsigned(self) -> int:
        """The next unsigned LEB128 number."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def signed(self) -> int:
        """The next signed LEB128 number."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value - (1 << shift) if byte & 0x40 else value

    def name(self) -> bytes:
        """The next length-prefixed name, as bytes."""
        length = self.unsigned()
        self.position += length
        return self.data[self.position - length : self.position]

    def limits(self) -> tuple[int, int, int]:
        """Skip a limits record; where its flag byte and its maximum start and where it ends."""
        flag_at = self.position
        flag = self.byte()
        self.unsigned()
        maximum_at = self.position
        if flag & 1:
            self.unsigned()
        return flag_at, maximum_at, self.position


def unsigned(number: int) -> bytes:
    """`number` as unsigned LEB128."""
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def signed(number: int) -> bytes:
    """`number` as signed LEB128."""
    out = bytearray()
    while not -64 <= number < 64:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number & 0x7F)
    return bytes(out)
