"""The paper as a document of 한글: an OWPML package (KS X 6101, ``.hwpx``).

The order of the package's parts, their names and the spelling of some attributes follow what 한글
itself writes. The same document gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from civictracker.documents.charts import draw_chart
from civictracker.documents.files import replace_file
from civictracker.documents.hwpx_body import Body
from civictracker.documents.hwpx_head import NAMESPACES, XML, Head
from civictracker.documents.hwpx_text import Writer
from civictracker.documents.layout import Box, Canvas
from civictracker.documents.markup import escaped, tag
from civictracker.documents.model import Document, LineChart
from civictracker.documents.pages import paginate, paper_setter
from civictracker.documents.paint import marks_png, page_png
from civictracker.documents.plain_text import plain_text

_TYPE = "application/hwp+zip"
_THEN = (1980, 1, 1, 0, 0, 0)  # a zip's own beginning of time
_SPARE = 0.97  # 한글 fills a line a little differently: what fits one page there must fit here too
_PREVIEW_DPI, _PREVIEW_CHARS = 48, 1000
_OCF = "urn:oasis:names:tc:opendocument:xmlns:container"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_PACKAGE = "http://www.hancom.co.kr/hwpml/2016/meta/pkg#"


def write_hwpx(document: Document, path: Path) -> None:
    """Write ``document`` to ``path``. Raises DiskError; ``path`` is whole or as it was."""
    replace_file(path, hwpx_bytes(document))


def hwpx_bytes(document: Document) -> bytes:
    """Callers have made a QGuiApplication: Qt draws the charts and the preview."""
    layout = paginate(document)
    head = Head()
    writer = Writer(head)
    body = Body(writer, paper_setter(), min(layout.density, 1.0) * _SPARE, _chart_png)
    section = body.xml(document)  # first: it tells which looks and pictures there are
    pictures = [(f"BinData/image{i}.{_kind(data)}", data) for i, data in enumerate(writer.pictures, 1)]
    preview = plain_text(document)[:_PREVIEW_CHARS].replace("\n", "\r\n")
    parts: list[tuple[str, str | bytes]] = [
        ("mimetype", _TYPE),
        ("version.xml", _version()),
        ("Contents/header.xml", head.xml()),
        ("Contents/section0.xml", section),
        ("Preview/PrvText.txt", preview),
        ("settings.xml", _settings()),
        ("Preview/PrvImage.png", page_png(layout, 0, _PREVIEW_DPI)),
        ("META-INF/container.rdf", _relations()),
        *pictures,
        ("Contents/content.hpf", _package(document, [name for name, _ in pictures])),
        ("META-INF/container.xml", _container()),
        ("META-INF/manifest.xml", XML + tag("odf:manifest", {"xmlns:odf": _MANIFEST})),
    ]
    return _zipped(parts)


def _chart_png(chart: LineChart, width: float, height: float) -> bytes:
    canvas = Canvas(paper_setter())
    draw_chart(canvas, chart, Box(0.0, 0.0, width, height))
    return marks_png(canvas.marks, width, height)


def _kind(picture: bytes) -> str:
    return "jpg" if picture.startswith(b"\xff\xd8") else "png"


def _zipped(parts: Sequence[tuple[str, str | bytes]]) -> bytes:
    """``mimetype`` comes first and is not compressed, so that a file's first bytes tell its kind."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, part in parts:
            entry = zipfile.ZipInfo(name, _THEN)
            is_packed = name == "mimetype" or name.endswith((".png", ".jpg"))
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            package.writestr(entry, part)
    return content.getvalue()


def _version() -> str:
    return XML + tag(
        "hv:HCFVersion",
        {"xmlns:hv": "http://www.hancom.co.kr/hwpml/2011/version", "tagetApplication": "WORDPROCESSOR",
         "major": 5, "minor": 1, "micro": 1, "buildNumber": 0, "os": 1, "xmlVersion": "1.5",
         "application": "CivicTracker", "appVersion": "1"},
    )  # fmt: skip


def _settings() -> str:
    place = tag("ha:CaretPosition", {"listIDRef": 0, "paraIDRef": 0, "pos": 0})
    return XML + tag("ha:HWPApplicationSetting", {"xmlns:ha": NAMESPACES["xmlns:ha"]}, place)


def _package(document: Document, pictures: Sequence[str]) -> str:
    written = document.written
    about = {"creator": document.author, "subject": document.subject, "description": "",
             "lastsaveby": document.author, "CreatedDate": f"{written}T00:00:00Z",
             "ModifiedDate": f"{written}T00:00:00Z", "keyword": ""}  # fmt: skip
    items = [
        ("header", "Contents/header.xml"),
        ("section0", "Contents/section0.xml"),
        ("settings", "settings.xml"),
    ]
    kinds = {"png": "image/png", "jpg": "image/jpeg"}
    listed = [
        tag("opf:item", {"id": name, "href": href, "media-type": "application/xml"}) for name, href in items
    ] + [
        tag("opf:item", {"id": Path(href).stem, "href": href, "media-type": kinds[href[-3:]], "isEmbeded": 1})
        for href in pictures
    ]
    return XML + tag(
        "opf:package", {**NAMESPACES, "version": "", "unique-identifier": "", "id": ""},
        tag("opf:metadata", None,
            tag("opf:title", None, escaped(document.title)), tag("opf:language", None, document.language[:2]),
            *(tag("opf:meta", {"name": name, "content": "text"}, escaped(text))
              for name, text in about.items())),
        tag("opf:manifest", None, *listed),
        tag("opf:spine", None,
            *(tag("opf:itemref", {"idref": name, "linear": "yes"}) for name in ("header", "section0"))),
    )  # fmt: skip


def _container() -> str:
    roots = (("Contents/content.hpf", "application/hwpml-package+xml"), ("Preview/PrvText.txt", "text/plain"),
             ("META-INF/container.rdf", "application/rdf+xml"))  # fmt: skip
    files = [tag("ocf:rootfile", {"full-path": name, "media-type": kind}) for name, kind in roots]
    return XML + tag(
        "ocf:container", {"xmlns:ocf": _OCF, "xmlns:hpf": NAMESPACES["xmlns:hpf"]},
        tag("ocf:rootfiles", None, *files),
    )  # fmt: skip


def _relations() -> str:
    def about(name: str, *said: str) -> str:
        return tag("rdf:Description", {"rdf:about": name}, *said)

    made = []
    for name, kind in (("Contents/header.xml", "HeaderFile"), ("Contents/section0.xml", "SectionFile")):
        made.append(about("", tag("pkg:hasPart", {"rdf:resource": name})))
        made.append(about(name, tag("rdf:type", {"rdf:resource": _PACKAGE + kind})))
    made.append(about("", tag("rdf:type", {"rdf:resource": f"{_PACKAGE}Document"})))
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    return XML + tag("rdf:RDF", {"xmlns:rdf": rdf, "xmlns:pkg": _PACKAGE}, *made)
