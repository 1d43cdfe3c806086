"""The paper as one file for a browser: no script, nothing loaded from anywhere, printable.

Heads of tables carry ``scope`` and each table its caption, so that a screen reader can say where a
figure stands (KWCAG 2.2, 5.3.1 표의 구성).
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from civictracker.documents.charts import draw_chart
from civictracker.documents.files import replace_file
from civictracker.documents.flow import WIDTH
from civictracker.documents.layout import Box, Canvas
from civictracker.documents.markup import escaped, tag
from civictracker.documents.model import (
    Align,
    ApprovalBox,
    Block,
    Cell,
    Charts,
    Document,
    Emphasis,
    Heading,
    Headline,
    KeyFigures,
    LineChart,
    Masthead,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    Signatures,
    Table,
)
from civictracker.documents.pages import paginate, paper_setter
from civictracker.documents.svg import data_uri, marks_svg
from civictracker.documents.tables import TableLayout, grid

# A browser obeys this even for what some other page would write into ours.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_CHART, _ALONE = (300.0, 118.0), (612.0, 128.0)  # points
_STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#e6e8ea;color:#000;
 font:15px/1.55 "Malgun Gothic","맑은 고딕","Noto Sans KR",sans-serif;
 word-break:keep-all;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
main{max-width:900px;margin:24px auto;padding:48px 56px;background:#fff;box-shadow:0 1px 4px #0003}
header{display:flex;gap:16px;align-items:flex-end;justify-content:space-between;padding-bottom:12px;
 border-bottom:2px solid}
header img{height:60px}
header div{flex:1}
h1{margin:0;font-size:28px;line-height:1.3}
header p{margin:2px 0;padding:0}
header .by{font-size:13px}
h2{margin:22px 0 4px;font-size:17px;display:flex;flex-wrap:wrap;gap:0 8px;align-items:baseline}
h2 span::before{content:"□ "}
h2 small{font-weight:normal;font-size:13px}
h2 .unit{margin-left:auto}
p{margin:2px 0;padding-left:12px;white-space:pre-wrap}
p.b1,p.b2,p.n{padding-left:30px;text-indent:-18px}
p.b2{padding-left:44px;text-indent:-14px}
h2.headline{display:block;text-align:center;font-size:25px;line-height:1.4;margin:26px 0 4px}
p.deck{text-align:center;font-size:17px;padding:0;margin:4px 0 18px}
p.large{font-size:16.5px;line-height:1.75;margin:8px 0}
p.s{font-size:13px;padding-left:18px;text-indent:-16px}
table{border-collapse:collapse;width:100%;font-size:13.5px}
table.data{border-top:2px solid;border-bottom:2px solid}
.data th,.data td{border:1px solid #858585;padding:4px 7px;font-weight:normal}
.data :is(th,td):is(.first){border-left:0}
.data :is(th,td):is(.last){border-right:0}
.data thead th{background:#e8e8e8;font-weight:bold;text-align:center}
.data thead{border-bottom:1px solid}
.data th.label{background:#f0f0f0}
.data tr.sub{border-top:1.5px solid}
.data tr.total>*{background:#f4f4f4;font-weight:bold;border-top:1.5px solid}
.left{text-align:left}.center{text-align:center}.right{text-align:right}
td.right{white-space:nowrap}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.scroll{overflow-x:auto;position:relative}
table.approval{width:auto;font-size:13px;text-align:center;table-layout:fixed}
.approval th,.approval td{border:1px solid;font-weight:normal;width:64px;padding:2px 4px}
.approval th{background:#f0f0f0;max-width:64px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.approval th.spine{white-space:normal}
.approval .spine{width:26px;font-weight:bold}
.approval td{height:54px;vertical-align:top;text-align:left}
.approval .passed{background:
 linear-gradient(to bottom right,#fff calc(50% - .5px),#000,#fff calc(50% + .5px))}
dl{display:flex;flex-wrap:wrap;margin:10px 0 0;border:solid;border-width:1.5px 0}
dl div{flex:1 1 150px;padding:6px 12px;border-left:1px solid #858585}
dl div:first-child{border-left:0}
dt,dd{margin:0;font-size:13px}
dd b{display:block;font-size:20px;line-height:1.3}
.charts{display:flex;flex-wrap:wrap;gap:16px}
.charts figure{flex:1 1 300px;margin:4px 0}
svg{display:block;width:100%;height:auto}
.sign{text-align:right;padding:8px 0 0}
.sign u{display:inline-block;min-width:150px;text-align:center;text-decoration:none;
 border-bottom:1px solid #858585}
.day{text-align:center;padding:20px 0 0}
footer{margin-top:24px;font-size:12px;color:#333}
@media (max-width:640px){main{margin:0;padding:20px 16px}header{flex-wrap:wrap}}
@page{size:A4;margin:12mm 16mm 14mm;@bottom-center{content:"- " counter(page) " -";font-size:9pt}}
@media print{body{background:none;font-size:9.6pt;line-height:1.32}
 main{max-width:none;margin:0;padding:0;box-shadow:none;zoom:var(--tight)}
 h1{font-size:20pt}h2{font-size:11pt;break-after:avoid;margin:7pt 0 2pt}
 h2.headline{font-size:18pt;margin:16pt 0 3pt}p.deck{font-size:12pt;margin:0 0 8pt;break-after:avoid}
 p.large{font-size:11.4pt;line-height:1.8;margin:7pt 0 0;orphans:2;widows:2}
 header{padding-bottom:6pt}p{margin:0}table,h2 small,header .by{font-size:8.8pt}
 p.s,dt,dd{font-size:8.2pt}dl{margin:4pt 0 0}dl div{padding:2pt 6pt;flex:1 1 0}dd b{font-size:13pt}
 thead{display:table-header-group}tr,figure,dl{break-inside:avoid}tbody tr:has(>[rowspan]){break-inside:auto}
 .data th,.data td{padding:.5pt 4pt}.data thead th{padding:.5pt 1pt}.approval td{height:41pt}
 .scroll{overflow:visible}.charts{flex-wrap:nowrap}.charts figure{margin:0}
 footer{margin-top:6pt}.break{break-before:page}
 *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def write_html(document: Document, path: Path) -> None:
    """Write ``document`` to ``path``. Raises DiskError; ``path`` is whole or as it was."""
    replace_file(path, html(document).encode())


def html(document: Document) -> str:
    """The whole page; equal documents give equal pages."""
    foot = document.furniture.foot
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escaped(_POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="author" content="{escaped(document.author)}">'
        f"<title>{escaped(document.title)}</title><style>{_STYLE}</style>"
    )
    parts = [_masthead(document.masthead), *map(_block, document.blocks)]
    if foot:
        parts.append(f"<footer>{escaped(foot)}</footer>")
    body = "\n".join(parts)
    start = f'<!DOCTYPE html>\n<html lang="{escaped(document.language[:2])}"><head>{head}</head>\n'
    return f'{start}<body><main style="--tight:{_tightness(document)}">\n{body}\n</main></body></html>\n'


def _tightness(document: Document) -> float:
    """By what a browser prints it smaller, so that it takes as many pages as the paper does."""
    density = min(1.0, paginate(document).density)
    return round(0.4 + 0.6 * density, 2)


def _masthead(masthead: Masthead) -> str:
    emblem = _emblem(masthead.emblem) if masthead.emblem else ""
    words = (
        f"<div><h1>{escaped(masthead.title)}</h1><p>{escaped(masthead.subtitle)}</p>"
        f'<p class="by">{escaped(masthead.byline)}</p></div>'
    )
    return f"<header>{emblem}{words}{_approval(masthead.approval)}</header>"


def _emblem(picture: Picture) -> str:
    return f'<img src="{data_uri(picture)}" alt="{escaped(picture.alt)}">'


def _approval(approval: ApprovalBox | None) -> str:
    if approval is None or not approval.names:
        return ""
    names = "".join(f'<th scope="col">{escaped(name)}</th>' for name in approval.names)
    boxes = []
    passed = False
    for name in approval.names:
        signs = approval.delegated != "" and name == approval.delegated
        boxes.append('<td class="passed"></td>' if passed else f"<td>{'전결' if signs else ''}</td>")
        passed = passed or signs
    spine = '<th class="spine" rowspan="2" scope="row">결<br>재</th>'
    rows = f"<tr>{spine}{names}</tr><tr>{''.join(boxes)}</tr>"
    return f'<table class="approval"><caption>결재</caption>{rows}</table>'


def _block(block: Block) -> str:
    match block:
        case Heading():
            remark = f"<small>{escaped(block.remark)}</small>" if block.remark else ""
            unit = f'<small class="unit">{escaped(block.unit)}</small>' if block.unit else ""
            return f"<h2><span>{escaped(block.text)}</span>{remark}{unit}</h2>"
        case Headline():
            below = f'<p class="deck">- {escaped(block.subtitle)} -</p>' if block.subtitle else ""
            return f'<h2 class="headline">{escaped(block.title)}</h2>{below}'
        case Paragraph():
            bullet = {1: "○ ", 2: "- "}.get(block.level, "")
            size = " large" if block.is_large else ""
            return f'<p class="b{block.level}{size}">{bullet}{escaped(block.text)}</p>'
        case Notes():
            size = "n s" if block.small else "n"
            return "".join(f'<p class="{size}">※ {escaped(text)}</p>' for text, _ in block.lines)
        case KeyFigures():
            items = (
                f"<div><dt>{escaped(item.name)}</dt><dd><b>{escaped(item.text)}</b>{escaped(item.detail)}</dd></div>"
                for item in block.items
            )
            return f"<dl>{''.join(items)}</dl>"
        case Table():
            return f'<div class="scroll">{_table(block)}</div>'
        case Charts():
            wide, high = _CHART if len(block.charts) > 1 else _ALONE
            drawn = "".join(_chart(each, wide, high) for each in block.charts)
            return f'<div class="charts">{drawn}</div>'
        case Signatures():
            names = ((escaped(each.role), escaped(each.name) or "&nbsp;") for each in block.items)
            lines = (
                f'<p class="sign">{role}&ensp;<u>{name}</u> <small>(서명 또는 인)</small></p>'
                for role, name in names
            )
            return f'<p class="day">{escaped(block.day)}</p>{"".join(lines)}'
        case PageBreak():
            return '<div class="break"></div>'


def _chart(chart: LineChart, width: float, height: float) -> str:
    setter = paper_setter()
    canvas = Canvas(setter)
    draw_chart(canvas, chart, Box(0.0, 0.0, width, height))
    words = f"{chart.title}: {chart.summary}"
    return f"<figure>{marks_svg(canvas.marks, width, height, setter, words)}</figure>"


# --- tables -------------------------------------------------------------------------------------


def _table(table: Table) -> str:
    edges = TableLayout(table, WIDTH, paper_setter(), 1.0).edges  # the paper's, which knows the texts
    widths = "".join(f'<col style="width:{(right - left) / WIDTH:.2%}">' for left, right in pairwise(edges))
    caption = f"<caption>{escaped(table.name)}</caption>" if table.name else ""
    head = "".join(_row(table, table.head, i, in_head=True) for i in range(len(table.head)))
    body = "".join(_row(table, table.body, i, in_head=False) for i in range(len(table.body)))
    thead = f"<thead>{head}</thead>" if head else ""
    return f'<table class="data">{caption}<colgroup>{widths}</colgroup>{thead}<tbody>{body}</tbody></table>'


def _row(table: Table, rows: tuple[Row, ...], number: int, *, in_head: bool) -> str:
    look = {Emphasis.TOTAL: ' class="total"', Emphasis.SUBTOTAL: ' class="sub"'}.get(
        rows[number].emphasis, ""
    )
    placed = [(cell, column) for cell, row, column in grid(rows) if row == number]
    cells = []
    naming = True  # the first cell of a row names it, and the next one too below a group's name
    for cell, column in placed:
        scope = _head_scope(cell) if in_head else "rowgroup" if cell.rowspan > 1 else "row"
        is_head = in_head or cell.is_label or (naming and cell.value is None)
        naming = naming and cell.rowspan > 1
        cells.append(_cell(table, cell, column, scope if is_head else ""))
    return f"<tr{look}>{''.join(cells)}</tr>"


def _head_scope(cell: Cell) -> str:
    return "colgroup" if cell.colspan > 1 else "col"


def _cell(table: Table, cell: Cell, column: int, scope: str) -> str:
    align: Align = cell.align or table.columns[column].align
    edges = [align.value]
    if not column:
        edges.append("first")
    if column + cell.colspan == len(table.columns):
        edges.append("last")
    if cell.is_label:
        edges.append("label")
    return tag(
        "th" if scope else "td",
        {"scope": scope or None, "class": " ".join(edges),
         "colspan": cell.colspan if cell.colspan > 1 else None,
         "rowspan": cell.rowspan if cell.rowspan > 1 else None},
        escaped(cell.text) or "&#8203;",
    )  # fmt: skip
