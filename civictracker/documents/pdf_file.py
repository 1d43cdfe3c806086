"""PDF's objects in a file: numbered, deflated, found through a cross-reference table (ISO 32000-1, 7.5)."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Value = object  # bytes are names and numbers as they stand; int, float, bool, str, Ref, list, dict as below


@dataclass(frozen=True, slots=True)
class Ref:
    number: int


class PdfFile:
    """Objects get their numbers in the order in which they are asked for: equal input, equal bytes."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def reserve(self) -> Ref:
        """A number for an object that others name before it is known."""
        self._bodies.append(b"")
        return Ref(len(self._bodies))

    def add(self, value: Value) -> Ref:
        return self.put(self.reserve(), value)

    def put(self, ref: Ref, value: Value) -> Ref:
        self._bodies[ref.number - 1] = written(value)
        return ref

    def stream(self, data: bytes, about: Mapping[str, Value] | None = None, *, deflated: bool = True) -> Ref:
        entries = dict(about or {})
        if deflated:
            data = zlib.compress(data, 6)
            entries["Filter"] = b"/FlateDecode"
        entries["Length"] = len(data)
        ref = self.reserve()
        # CR LF at the end: after data whose last byte is CR, LF alone would be taken for its other half.
        self._bodies[ref.number - 1] = written(entries) + b"\nstream\n" + data + b"\r\nendstream"
        return ref

    def content(self, *, root: Ref, info: Ref) -> bytes:
        """The whole file, PDF 1.4, as archives want it (ISO 19005-1). Its ID follows from what it holds."""
        parts = [b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"]
        offsets, at = [], len(parts[0])
        for number, body in enumerate(self._bodies, 1):
            part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            offsets.append(at)
            parts.append(part)
            at += len(part)
        mark = hashlib.sha256(b"".join(parts)).hexdigest()[:32].encode()
        identity = b"[<%b> <%b>]" % (mark, mark)
        table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        trailer = {"Size": len(offsets) + 1, "Root": root, "Info": info, "ID": identity}
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(offsets) + 1, table))
        parts.append(b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (written(trailer), at))
        return b"".join(parts)


def written(value: Value) -> bytes:
    """A value in PDF's syntax; str is a text string, bytes stand for themselves."""
    match value:
        case bytes():
            return value
        case bool():
            return b"true" if value else b"false"
        case int():
            return b"%d" % value
        case float():
            return number(value)
        case str():
            return b"<" + b"\xfe\xff".hex().encode() + value.encode("utf-16-be").hex().encode() + b">"
        case Ref():
            return b"%d 0 R" % value.number
        case Mapping():
            return b"<<%b>>" % b"".join(b"/%b %b" % (k.encode(), written(v)) for k, v in value.items())
        case Sequence():
            return b"[%b]" % b" ".join(map(written, value))
    raise TypeError(type(value))


def number(value: float) -> bytes:
    """At most three decimals, as short as can be."""
    text = (b"%.3f" % value).rstrip(b"0").rstrip(b".")
    return text if text != b"-0" else b"0"
