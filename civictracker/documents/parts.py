"""What all papers are put together from: the top, remarks, 끝., figures in official writing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from civictracker.documents.masking import masked
from civictracker.documents.model import (
    ApprovalBox,
    Block,
    Cell,
    Document,
    Furniture,
    Heading,
    Masthead,
    Notes,
    Paragraph,
    Picture,
    Row,
    Signatures,
)
from civictracker.domain.dates import official_weekday, short
from civictracker.domain.numbers import grouped, signed
from civictracker.domain.weeks import Period
from civictracker.services.report_values import Figure, Head, PostLine, Source, explained

NONE = "해당 없음"
END = "끝."
Line = tuple[str, Source | None]


class Headed(Protocol):
    """The values of any paper."""

    @property
    def head(self) -> Head: ...


F = TypeVar("F", bound=Headed)


@dataclass(frozen=True, slots=True)
class PaperOptions:
    """How the office wants a paper. ``sections`` None takes all of the paper's, in its order.

    ``approval`` None takes the office's boxes, () leaves 결재란 out. ``unfold_units`` lists every 읍면동
    channel instead of their sum in one row. ``notes`` are the lines of remarks below a section.
    """

    sections: tuple[str, ...] | None = None
    approval: tuple[str, ...] | None = None
    delegated: str | None = None
    unfold_units: bool = False
    title: str = ""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


USUAL = PaperOptions()
Section = Callable[[F, PaperOptions], list[Block]]


def built(sections: Mapping[str, Section[F]], figures: F, options: PaperOptions) -> list[Block]:
    """The chosen sections in the chosen order. Raises KeyError for one that does not exist."""
    blocks: list[Block] = []
    for name in sections if options.sections is None else options.sections:
        made = sections[name](figures, options)
        blocks.extend(made)
        if made and name != "notes" and (lines := options.notes.get(name)):
            blocks.append(Notes(tuple((masked(line), source) for line, source in typed(lines, figures.head))))
    return blocks


def typed(lines: Sequence[str], head: Head) -> list[Line]:
    """Remarks that a person wrote for this paper."""
    source = explained("덧붙인 말", Period.day(head.written), "이 문서에 직접 적어 둔 말입니다.")
    return [(line, source) for line in lines]


def counted(what: str, head: Head) -> Source:
    """Of a number beside a heading: how many of ``what`` there are."""
    return explained(f"{what} 수", Period.day(head.written), "문서를 만들며 센 수입니다.")


def office_document(
    head: Head, options: PaperOptions, blocks: Sequence[Block], *, title: str, name: str, subtitle: str
) -> Document:
    """``blocks`` under the office's top; ``name`` says of what span or thing the paper is."""
    title = options.title or title
    names = head.approval if options.approval is None else options.approval
    delegated = head.delegated if options.delegated is None else options.delegated
    team = " ".join(part for part in (head.department, head.writer) if part)
    by = (head.office, team, f"작성 {official_weekday(head.written)}")
    return Document(
        title=f"{title} ({name})" if name else title,
        subject=subtitle,
        author=" ".join(part for part in (head.office, head.department) if part),
        written=head.written,
        masthead=Masthead(
            title, subtitle, " · ".join(part for part in by if part),
            ApprovalBox(names, delegated if delegated in names else "") if names else None,
            Picture(*head.emblem, alt=f"{head.office} 상징") if head.emblem else None,
        ),
        blocks=ended(blocks),
        furniture=Furniture(foot="예시 자료" if head.is_sample else ""),
    )  # fmt: skip


def ended(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """끝. two spaces behind the last words, or on a line of its own below a table (행정업무규정)."""
    blocks = list(blocks)
    match blocks[-1] if blocks else None:
        case Paragraph(text=text) as last:
            return (*blocks[:-1], replace(last, text=f"{text}  {END}"))
        case Notes(lines=(*lines, (text, source)), small=False) as last:
            return (*blocks[:-1], replace(last, lines=(*lines, (f"{text}  {END}", source))))
        case Signatures():
            return tuple(blocks)
        case _:
            return (*blocks, Paragraph(END, level=0))


def listed(heading: str, lines: Sequence[Line]) -> list[Block]:
    """A heading with ○ lines, or with 해당 없음."""
    lines = lines or ((NONE, None),)
    return [Heading(heading), *(Paragraph(masked(line), source=source) for line, source in lines)]


def noted(lines: Sequence[Line], heading: str = "특이사항") -> list[Block]:
    """A heading with ※ lines, or with 해당 없음."""
    if not lines:
        return [Heading(heading), Paragraph(NONE)]
    return [Heading(heading), Notes(tuple((masked(line), source) for line, source in lines))]


# --- tables -------------------------------------------------------------------------------------


def named(*names: str) -> Row:
    """A row of a table's head."""
    return Row(tuple(Cell(name) for name in names))


def fact(name: str, text: str) -> tuple[Cell, Cell]:
    """What something is called, shaded, and what it is."""
    return Cell(name, is_label=True), Cell(masked(text))


def post_cells(post: PostLine) -> tuple[Cell, Cell, Cell]:
    """일시, 제목, 채널·대상"""
    when = f"{short(post.day)} {post.time}".strip()
    return Cell(when), Cell(masked(post.subject)), Cell(masked(post.target))


def sent_cells(post: PostLine) -> tuple[Cell, Cell, Cell]:
    """발송, 열람, 열람률(%)"""
    return figure_cell(post.sent), figure_cell(post.opened), figure_cell(post.open_rate, 1)


# --- figures in official writing ----------------------------------------------------------------


def figure_cell(figure: Figure, decimals: int = 0) -> Cell:
    """A figure in a table: ``-`` where there is none, △ where it is negative."""
    text = "-" if figure.value is None else f"{figure.mark}{change_text(figure, decimals)}"
    return Cell(text, figure.value, decimals, figure.mark, source=figure.source)


def count_cell(value: int | None, source: Source | None) -> Cell:
    """A number that was counted: ``-`` for none known."""
    return Cell("-" if value is None else grouped(value), value, source=source)


def change_text(figure: Figure, decimals: int = 0) -> str:
    return "-" if figure.value is None else signed(figure.value, minus="△", decimals=decimals)


def figure_text(figure: Figure, decimals: int = 0, *, unit: str = "") -> str:
    return "-" if figure.value is None else f"{figure.mark}{grouped(figure.value, decimals)}{unit}"
