"""인수인계서: what the next keeper of the channels must know, with room for three signatures."""

from __future__ import annotations

from civictracker.documents.masking import masked
from civictracker.documents.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Notes,
    Paragraph,
    Row,
    Signature,
    Signatures,
    Table,
)
from civictracker.documents.parts import (
    NONE,
    USUAL,
    PaperOptions,
    Section,
    built,
    counted,
    figure_cell,
    listed,
    named,
    office_document,
    post_cells,
    typed,
)
from civictracker.domain.dates import label, official, official_weekday
from civictracker.domain.numbers import grouped
from civictracker.domain.weeks import Period
from civictracker.services.report_handover import HandoverFigures, KeptChannel
from civictracker.services.report_values import PostLine, explained

_C, _R = Align.CENTER, Align.RIGHT
_MOST = 12


def handover_document(figures: HandoverFigures, options: PaperOptions = USUAL) -> Document:
    """Raises KeyError for a section that does not exist. 결재란 is left out unless asked for."""
    return office_document(
        figures.head, options, built(_SECTIONS, figures, options), title="업무 인계·인수서",
        name="공식 채널 운영", subtitle=f"공식 채널 운영 · {official_weekday(figures.head.written)} 현재",
    )  # fmt: skip


def _state(figures: HandoverFigures, options: PaperOptions) -> list[Block]:
    stock = figures.stock
    span = f"({official(stock.first)} ~ {official(stock.last)})" if stock.first and stock.last else ""
    lines = [
        f"채널 {len(figures.channels)}개, 기록된 수치 {grouped(stock.values)}개 {span}".rstrip(),
        f"가져온 파일 {grouped(figures.imports)}개"
        + (f", 익힌 서식: {', '.join(dict.fromkeys(figures.forms))}" if any(figures.forms) else ""),
        f"다른 곳 백업: {figures.backup_folder or '정하지 않음'}",
    ]
    if figures.last_entry is not None:
        lines.append(f"마지막 기록: {official_weekday(figures.last_entry.date())} {figures.last_entry:%H:%M}")
    if figures.holidays_checked:
        lines.append(f"공휴일은 {figures.holidays_checked}년까지 확인함")
    lines.append("자료는 백업 파일(.civictracker)을 두 번 눌러 그대로 이어받음")
    how = "자료 파일과 설정에 있는 것을 센 것입니다."
    told = explained("자료 현황", Period.day(figures.head.written), how)
    return listed("관련 자료", [(line, told) for line in lines])


def _channels(figures: HandoverFigures, options: PaperOptions) -> list[Block]:
    if not figures.channels:
        return [Heading("담당 채널"), Paragraph("등록된 채널 없음")]
    columns = (Column(120), Column(92), Column(74), Column(70, _C), Column(76, _R), Column(84, _C))
    head = named("채널", "계정", "담당", "개설", "친구·구독자", "마지막 수치")
    body = tuple(_channel(each, figures) for each in figures.channels)
    blocks: list[Block] = [
        Heading("담당 채널", f"({len(body)}개)", "(단위: 명)", counted("채널", figures.head)),
        Table(columns, (head,), body, "담당 채널"),
    ]  # fmt: skip
    line = "암호와 개인정보는 적지 않음. 계정의 암호는 기관의 절차에 따라 따로 인계함."
    blocks.append(Notes(((line, None),), small=True))
    return blocks


def _channel(each: KeptChannel, figures: HandoverFigures) -> Row:
    row, last = each.row, each.last
    when = "-" if last is None else label(last, figures.head.naming).split("년 ", 1)[1]
    return Row((
        Cell(masked(row.label)), Cell(masked(row.handle or row.url)), Cell(masked(row.owner)),
        Cell(official(row.opened) if row.opened else "-"), figure_cell(each.level), Cell(when),
    ))  # fmt: skip


def _routine(figures: HandoverFigures, options: PaperOptions) -> list[Block]:
    blocks: list[Block] = [
        Heading("담당 업무"),
        Paragraph("매주: 채널별 수치 입력 → 확인할 것 살피기 → 주간 보고 인쇄·결재"),
        Paragraph("매월: 읍면동 취합 서식 보내기 → 받은 파일 모아 넣기 → 월간 보고"),
    ]
    if figures.series:
        head = named("정기 게시", "때", "채널", "대상")
        body = tuple(
            Row((Cell(masked(each.name or each.title)), Cell(each.words),
                 Cell("·".join(figures.names[i] for i in each.channels if i in figures.names)),
                 Cell(masked(each.audience))))
            for each in figures.series
        )  # fmt: skip
        columns = (Column(150), Column(130), Column(150), Column(90))
        blocks.append(Table(columns, (head,), body, "정기 게시"))
    return blocks


def _posts(title: str, posts: tuple[PostLine, ...], figures: HandoverFigures) -> list[Block]:
    if not posts:
        return [Heading(title), Paragraph(NONE)]
    shown = posts[:_MOST]
    head = named("일시", "제목", "채널·대상", "비고")
    columns = (Column(106, _C), Column(230), Column(190), Column(110, _C))
    body = tuple(Row((*post_cells(post), Cell(masked(post.remark)))) for post in shown)
    remark = f"({len(posts)}건 중 {len(shown)}건)" if len(shown) < len(posts) else f"({len(posts)}건)"
    heading = Heading(title, remark, source=counted("게시", figures.head))
    return [heading, Table(columns, (head,), body, title)]


def _coming(figures: HandoverFigures, options: PaperOptions) -> list[Block]:
    return _posts("주요 업무 계획", figures.coming, figures)


def _goals(figures: HandoverFigures, options: PaperOptions) -> list[Block]:
    lines = []
    for name, goal in figures.goals:
        due = f" ({official(goal.due)}까지)" if goal.due else ""
        told = explained(f"목표 · {name}", Period.day(figures.head.written), "목표에 적어 둔 값입니다.")
        lines.append((f"{name} {goal.metric} {grouped(goal.target)}{goal.unit}{due}", told))
    return listed("목표", lines)


def _todo(figures: HandoverFigures, options: PaperOptions) -> list[Block]:
    """What was left undone: posts whose result nobody wrote down."""
    return _posts("주요 미결 사항", figures.open_posts, figures)


def _notes(figures: HandoverFigures, options: PaperOptions) -> list[Block]:
    return listed("그 밖의 참고 사항", typed(options.notes.get("notes", ()), figures.head))


def _signatures(figures: HandoverFigures, options: PaperOptions) -> list[Block]:
    day = figures.head.written
    return [
        Paragraph("위와 같이 업무를 인계·인수함.  끝.", level=0),
        Signatures(
            f"{day.year}년  {day.month}월  {day.day}일",
            (Signature("인계자", figures.head.writer), Signature("인수자"), Signature("입회자")),
        ),
    ]


_SECTIONS: dict[str, Section[HandoverFigures]] = {
    "channels": _channels, "routine": _routine, "coming": _coming, "goals": _goals, "todo": _todo,
    "state": _state, "notes": _notes, "signatures": _signatures,
}  # fmt: skip
