"""PDF from a layout: tagged for screen readers, with bookmarks, fit for archives (PDF/A-1a).

Written by our own hand, because Qt's writer knows neither tags nor bookmarks, and its text is shaped anew;
here every sign stands where the layout put it. Knows no toolkit, so any thread may write.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from civictracker.documents import pdf_archive
from civictracker.documents.files import replace_file
from civictracker.documents.layout import Box, Image, Layout, Mark, Page, Sign, Stroke, Tag, Text
from civictracker.documents.model import Document, Marker
from civictracker.documents.pages import paginate
from civictracker.documents.pdf_file import PdfFile, Ref, number
from civictracker.documents.pdf_font import EmbeddedFont
from civictracker.documents.pdf_pictures import put_picture
from civictracker.documents.pdf_tags import Structure

_ROUND = 0.5523  # of the radius: control points of a quarter circle


def write_pdf(document: Document, path: Path, *, now: datetime) -> None:
    """Write ``document``. Raises DiskError; ``path`` is whole or as it was."""
    replace_file(path, pdf_bytes(document, paginate(document), now))


def pdf_bytes(document: Document, layout: Layout, now: datetime) -> bytes:
    """The file's content; equal for equal arguments."""
    return _Pdf(document, layout).content(now)


class _Pdf:
    def __init__(self, document: Document, layout: Layout) -> None:
        self._document, self._layout = document, layout
        self._file = PdfFile()
        self._fonts = {bold: EmbeddedFont(bold=bold) for bold in (False, True)}
        self._structure = Structure()
        self._pictures: dict[bytes, tuple[str, Ref]] = {}
        self._headings: dict[Tag, tuple[str, int, float]] = {}  # text, page, height of its top

    def content(self, now: datetime) -> bytes:
        file, layout = self._file, self._layout
        root, tree, resources = file.reserve(), file.reserve(), file.reserve()
        pages = [file.reserve() for _ in layout.pages]
        for at, page in enumerate(layout.pages):
            stream = file.stream(self._page(page, at))
            file.put(pages[at], {
                "Type": b"/Page", "Parent": tree, "MediaBox": [0, 0, layout.width, layout.height],
                "Resources": resources, "Contents": stream, "StructParents": at,
            })  # fmt: skip
        file.put(tree, {"Type": b"/Pages", "Kids": pages, "Count": len(pages)})
        fonts = {f"F{int(bold)}": font.put_into(file) for bold, font in self._fonts.items()}
        used: dict[str, object] = {"Font": fonts, "ProcSet": b"[/PDF /Text /ImageC]"}
        if self._pictures:
            used["XObject"] = dict(self._pictures.values())
        file.put(resources, used)
        profile = file.stream(pdf_archive.srgb_profile(), {"N": 3})
        xmp = pdf_archive.xmp(self._document, now)
        file.put(root, {
            "Type": b"/Catalog", "Pages": tree, "Lang": self._document.language,
            "MarkInfo": {"Marked": True}, "StructTreeRoot": self._structure.put_into(file, pages),
            "Metadata": file.stream(xmp, {"Type": b"/Metadata", "Subtype": b"/XML"}, deflated=False),
            "ViewerPreferences": {"DisplayDocTitle": True},
            "OutputIntents": [{
                "Type": b"/OutputIntent", "S": b"/GTS_PDFA1", "OutputConditionIdentifier": b"(sRGB)",
                "Info": b"(sRGB)", "DestOutputProfile": profile,
            }],
            **self._outline(pages),
        })  # fmt: skip
        return file.content(root=root, info=file.add(pdf_archive.info(self._document, now)))

    def _outline(self, pages: list[Ref]) -> dict[str, object]:
        """Bookmarks: the headings, in order."""
        found = list(self._headings.values())
        if not found:
            return {}
        file = self._file
        outline, items = file.reserve(), [file.reserve() for _ in found]
        for i, (text, page, top) in enumerate(found):
            about: dict[str, object] = {
                "Title": text, "Parent": outline, "Dest": [pages[page], b"/XYZ", 0, top, b"null"],
            }  # fmt: skip
            about |= {"Prev": items[i - 1]} if i else {}
            about |= {"Next": items[i + 1]} if i + 1 < len(items) else {}
            file.put(items[i], about)
        entries = {"Type": b"/Outlines", "First": items[0], "Last": items[-1], "Count": len(items)}
        file.put(outline, entries)
        return {"Outlines": outline, "PageMode": b"/UseOutlines" if len(pages) > 1 else b"/UseNone"}

    # --- a page's content ---------------------------------------------------------------------

    def _page(self, page: Page, at: int) -> bytes:
        self._structure.new_page(page.tags)
        parts: list[bytes] = []
        last: Tag | None = None
        is_open = False
        for mark in page.marks:
            if not is_open or mark.tag != last:
                parts += [b"EMC"] if is_open else []
                parts.append(self._opened(mark.tag))
                last, is_open = mark.tag, True
            parts.append(self._drawn(mark))
            if isinstance(mark, Text) and mark.tag and mark.tag.path[0][0] in {"H1", "H2"}:
                top = self._layout.height - mark.y + mark.type.size * 1.4
                self._headings.setdefault(mark.tag, (mark.text, at, top))
        for tag, box in self._figures(page).items():
            self._structure.reach(tag, box)
        return b"\n".join([*parts, b"EMC"] if is_open else parts)

    def _opened(self, tag: Tag | None) -> bytes:
        if tag is None:
            return b"/Artifact BMC"
        return b"/%b <</MCID %d>> BDC" % (tag.path[-1][0].encode(), self._structure.mark(tag))

    def _figures(self, page: Page) -> dict[Tag, tuple[float, float, float, float]]:
        """The rectangle of each figure, in PDF's own coordinates."""
        found: dict[Tag, tuple[float, float, float, float]] = {}
        for mark in page.marks:
            if mark.tag is None or mark.tag.path[-1][0] != "Figure":
                continue
            left, top, right, bottom = _reach(mark)
            before = found.get(mark.tag, (left, top, right, bottom))
            found[mark.tag] = (
                min(left, before[0]), min(top, before[1]), max(right, before[2]), max(bottom, before[3]),
            )  # fmt: skip
        height = self._layout.height
        return {
            tag: (float(left), float(height - bottom), float(right), float(height - top))
            for tag, (left, top, right, bottom) in found.items()
        }

    def _drawn(self, mark: Mark) -> bytes:
        match mark:
            case Text():
                code = self._fonts[mark.type.bold].coded(mark.text)
                at = self._at(mark.x, mark.y)
                size = number(mark.type.size)
                return b"BT /F%d %b Tf 1 0 0 1 %b Tm <%b> Tj ET" % (mark.type.bold, size, at, code)
            case Stroke():
                return self._stroke(mark)
            case Box():
                return self._box(mark)
            case Sign():
                return self._sign(mark)
            case Image():
                return self._image(mark)

    def _at(self, x: float, y: float) -> bytes:
        return number(x) + b" " + number(self._layout.height - y)

    def _path(self, points: list[tuple[float, float]]) -> bytes:
        first, *others = points
        return b" ".join([self._at(*first) + b" m", *(self._at(*each) + b" l" for each in others)])

    def _stroke(self, mark: Stroke) -> bytes:
        dash = b" ".join(map(number, mark.dash))
        looks = b"%b w %b G [%b] 0 d" % (number(mark.width), number(mark.grey), dash)
        return b"%b %b S" % (looks, self._path(list(mark.points)))

    def _box(self, mark: Box) -> bytes:
        corner = self._at(mark.x, mark.y + mark.height)
        area = b"%b %b %b re" % (corner, number(mark.width), number(mark.height))
        parts = []
        if mark.fill is not None:
            parts.append(b"%b g %b f 0 g" % (number(mark.fill), area))
        if mark.outline:
            parts.append(b"%b w 0 G [] 0 d %b S" % (number(mark.outline), area))
        return b" ".join(parts)

    def _sign(self, mark: Sign) -> bytes:
        x, y = mark.x, mark.y
        looks = b"0.7 w 0 G [] 0 d %b g" % (b"0" if mark.marker is Marker.DOT else b"1")
        match mark.marker:
            case Marker.DOT:
                shape = self._circle(x, y, 1.5) + b" b"
            case Marker.SQUARE:
                corner = self._at(x - 1.55, y + 1.55)
                shape = b"%b 3.1 3.1 re b" % corner
            case Marker.TRIANGLE:
                shape = self._path([(x, y - 2.2), (x + 2.0, y + 1.5), (x - 2.0, y + 1.5)]) + b" b"
            case Marker.CROSS:
                one = self._path([(x - 1.5, y - 1.5), (x + 1.5, y + 1.5)])
                shape = one + b" " + self._path([(x - 1.5, y + 1.5), (x + 1.5, y - 1.5)]) + b" S"
        return b"%b %b 0 g" % (looks, shape)

    def _circle(self, x: float, y: float, r: float) -> bytes:
        parts, k = [self._at(x + r, y) + b" m"], r * _ROUND
        quarters = (
            ((x + r, y - k), (x + k, y - r), (x, y - r)), ((x - k, y - r), (x - r, y - k), (x - r, y)),
            ((x - r, y + k), (x - k, y + r), (x, y + r)), ((x + k, y + r), (x + r, y + k), (x + r, y)),
        )  # fmt: skip
        parts += [b" ".join(self._at(*point) for point in quarter) + b" c" for quarter in quarters]
        return b" ".join(parts)

    def _image(self, mark: Image) -> bytes:
        data = mark.picture.data
        if data not in self._pictures:
            self._pictures[data] = (f"I{len(self._pictures)}", put_picture(self._file, mark.picture))
        name = self._pictures[data][0].encode()
        size = number(mark.width) + b" 0 0 " + number(mark.height)
        return b"q %b %b cm /%b Do Q" % (size, self._at(mark.x, mark.y + mark.height), name)


def _reach(mark: Mark) -> tuple[float, float, float, float]:
    """Left, top, right and bottom; of a text its start and height will do."""
    match mark:
        case Text():
            return mark.x, mark.y - mark.type.size, mark.x + len(mark.text) * mark.type.size * 0.5, mark.y
        case Stroke():
            xs, ys = zip(*mark.points, strict=True)
            return min(xs), min(ys), max(xs), max(ys)
        case Sign():
            return mark.x - 2, mark.y - 2, mark.x + 2, mark.y + 2
        case Box() | Image():
            return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
