"""The structure of a tagged PDF: elements in reading order, whatever the order in which they are drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from civictracker.documents.layout import Tag
from civictracker.documents.pdf_file import PdfFile, Ref

Place = tuple[tuple[str, tuple[int, ...]], ...]
_BLOCK = {"Table", "H1", "H2", "P", "Figure"}


@dataclass(slots=True)
class _Element:
    kind: str
    tag: Tag | None = None
    children: dict[tuple[str, tuple[int, ...]], _Element] = field(default_factory=dict)
    marked: list[tuple[int, int]] = field(default_factory=list)  # page, number of the marked content
    box: tuple[float, float, float, float] | None = None


class Structure:
    """Filled page by page, then put into the file."""

    def __init__(self) -> None:
        self._root = _Element("Document")
        self._parents: list[list[_Element]] = []  # per page, by number of the marked content

    def new_page(self, tags: tuple[Tag, ...]) -> None:
        self._parents.append([])
        for tag in tags:
            self._element(tag)

    def mark(self, tag: Tag) -> int:
        """A number for marked content of ``tag`` on the present page."""
        element, page = self._element(tag), self._parents[-1]
        number = len(page)
        page.append(element)
        element.marked.append((len(self._parents) - 1, number))
        return number

    def reach(self, tag: Tag, box: tuple[float, float, float, float]) -> None:
        """Where on its page a figure lies: left, bottom, right, top."""
        self._element(tag).box = box

    def _element(self, tag: Tag) -> _Element:
        element = self._root
        for step in tag.path:
            element = element.children.setdefault(step, _Element(step[0]))
        element.tag = tag
        return element

    def put_into(self, file: PdfFile, pages: list[Ref]) -> Ref:
        """The tree's root, with the way back from each marked content."""
        root = file.reserve()
        refs: dict[int, Ref] = {}
        top = self._put(file, self._root, root, pages, refs)
        numbers: list[object] = []
        for at, elements in enumerate(self._parents):
            numbers += [at, file.add([refs[id(each)] for each in elements])]
        parents = file.add({"Nums": numbers})
        return file.put(root, {
            "Type": b"/StructTreeRoot", "K": top, "ParentTree": parents,
            "ParentTreeNextKey": len(self._parents),
        })  # fmt: skip

    def _put(
        self, file: PdfFile, element: _Element, parent: Ref, pages: list[Ref], refs: dict[int, Ref]
    ) -> Ref:
        own = refs[id(element)] = file.reserve()
        children = sorted(element.children.items(), key=lambda each: (each[0][1], each[0][0]))
        kids: list[object] = [self._put(file, child, own, pages, refs) for _, child in children]
        kids += [{"Type": b"/MCR", "Pg": pages[page], "MCID": number} for page, number in element.marked]
        about: dict[str, object] = {
            "Type": b"/StructElem", "S": f"/{element.kind}".encode(), "P": parent, "K": kids,
        }  # fmt: skip
        if element.marked:
            about["Pg"] = pages[element.marked[0][0]]
        return file.put(own, about | _attributes(element))


def _attributes(element: _Element) -> dict[str, object]:
    tag = element.tag
    if tag is None:
        return {}
    found: dict[str, object] = {"Alt": tag.alt} if tag.alt else {}
    kept: list[object] = []
    if element.kind in {"TH", "TD"}:
        cell: dict[str, object] = {"O": b"/Table"}
        cell |= {"Scope": f"/{tag.scope}".encode()} if element.kind == "TH" else {}
        cell |= {"ColSpan": tag.colspan} if tag.colspan > 1 else {}
        cell |= {"RowSpan": tag.rowspan} if tag.rowspan > 1 else {}
        kept += [cell] if len(cell) > 1 else []
    if element.box is not None:
        kept.append({"O": b"/Layout", "BBox": list(element.box), "Placement": b"/Block"})
    return found | ({"A": kept} if kept else {})
