"""Pictures of every paper: ``python -m tests.gallery_papers [--out DIR] [--beside] [--only OFFICE…]``.

The sample offices, 수원시 as it stood in 2017, an office of 3 and one of 60 channels. With ``--beside`` each
paper's first page stands beside the same one from its workbook (drawn by LibreOffice, in the paper's font)
and from its document for 한글 (drawn by npm's @rhwp/core, the folder of which CIVICTRACKER_RHWP names).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from sqlmodel import Session

from civictracker import paths
from civictracker.app import make_application
from civictracker.documents.model import Document
from civictracker.documents.paint import load_paper_fonts, page_images
from civictracker.documents.papers import PAPERS, Ask, Paper, make_document
from civictracker.documents.parts import PaperOptions
from civictracker.documents.writing import write_document
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services import campaigns, releases
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import list_channels, save_channel
from civictracker.services.context import Context
from civictracker.services.figures import ValueEdit, write_values
from civictracker.services.opening import open_data
from civictracker.services.sample import OFFICES, sample_now
from civictracker.services.settings import save_office, save_settings
from civictracker.ui.shell.welcome import make_sample

NOW = sample_now()
WEEK = Period.week(NOW.date())
DRAW_HWPX = Path(__file__).parent / "data" / "draw_hwpx.mjs"
_RELEASE = (
    "서울 관악구는 카카오톡 채널 친구가 13만 1,289명(2026. 11. 20. 기준)이라고 밝혔다.\n"
    "○ 채널은 2019년 1월 문을 열어 구정 소식과 생활 정보를 매주 두 차례 보내고 있다.\n"
    "- 주 1회 인터넷신문 ‘해피매거진’, 월 1회 소식지 ‘관악소리’를 카드뉴스로 싣는다.\n"
    "- 나이와 관심사에 따라 나누어 보내며, 지난주 메시지의 열람률은 61.8%였다.\n"
    "○ 구는 유튜브와 블로그 등 여섯 개 채널도 함께 운영하고 있다.\n\n"
    "박○○ 홍보과장은 “주민이 필요한 소식을 제때 받아 볼 수 있도록 힘쓰겠다”라고 말했다."
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/papers"))
    parser.add_argument("--beside", action="store_true", help="with LibreOffice's and rhwp's pictures")
    parser.add_argument("--only", nargs="*", help="names of offices, as in the pictures' names")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    make_application()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CIVICTRACKER_HOME"] = folder
        made = pictures(Path(folder), chosen.out, beside=chosen.beside, only=chosen.only)
    print(f"{made} pictures in {chosen.out}")


def pictures(folder: Path, out: Path, *, beside: bool = False, only: list[str] | None = None) -> int:
    count = 0
    for name, opening in offices(folder):
        if only and name not in only:
            continue
        with opening() as (context, now):
            for paper in PAPERS:
                count += _pictures_of(context, paper, now, out / f"paper-{name}-{paper.id}", beside=beside)
    return count


def _pictures_of(context: Context, paper: Paper, now: datetime, target: Path, *, beside: bool) -> int:
    channel = context.read(list_channels)[0].id if paper.of == "channel" else None
    ask = Ask(Period.around(now.date(), paper.grain), now, channel_id=channel)
    try:
        document = make_document(context, paper, ask, PaperOptions(unfold_units=paper.id == "weekly"))
    except InputError:  # nothing of its kind there
        return 0
    pages = page_images(document, dpi=110)
    for number, page in enumerate(pages, 1):
        page.save(str(target.with_name(f"{target.name}-{number}.png")))
    if beside:
        _beside(document, pages[0], target)
    return len(pages)


# --- offices ------------------------------------------------------------------------------------

Opening = Callable[[], object]


def offices(folder: Path) -> Iterator[tuple[str, Callable]]:
    for office, name in OFFICES.items():
        yield name, lambda office=office: _sample(folder, office, NOW)
    yield "suwon2017", lambda: _sample(folder, "수원시", datetime(2017, 11, 13, 9, tzinfo=NOW.tzinfo))
    for count in (3, 60):
        yield f"{count}ch", lambda count=count: _made(folder, count)


@contextmanager
def _sample(folder: Path, office: str, now: datetime) -> Iterator[tuple[Context, datetime]]:
    opened = open_data(make_sample(folder / "papers", office), sample_now)
    with_campaign_and_release(opened.context)
    yield opened.context, now
    opened.close(keep_backup=False)


def with_campaign_and_release(context: Context) -> None:
    """What the sample does not have."""
    ids = [row.id for row in context.read(list_channels)][:2]
    key = context.write(
        campaigns.save_campaign, name="가을 축제 홍보", starts=date(2026, 9, 28), ends=date(2026, 11, 1),
        channel_ids=ids, note="축제 누리집과 카카오톡 채널을 함께 알림",
    ).created  # fmt: skip
    assert key is not None
    for name, unit, figures in (
        ("축제 입장객", "명", ("124949", "156838")),
        ("입장 수입", "백만원", ("12.5", "16.1")),
    ):
        for year, value in zip((2025, 2026), figures, strict=True):
            context.write(campaigns.save_outside, campaign_id=key, name=name, unit=unit,
                          period=Period.month(year, 10), value=Decimal(value))  # fmt: skip
    context.write(
        releases.save_release, title="관악구 카카오톡 채널 친구 13만 명 넘어", subtitle="서울 자치구 평균의 6배",
        body=_RELEASE, day=NOW.date(), time="14:00", department="홍보과 뉴미디어팀",
        contact="팀장 김○○, 주무관 이○○", phone="02-879-5000", attached="사진 2매",
    )  # fmt: skip


@contextmanager
def _made(folder: Path, count: int) -> Iterator[tuple[Context, datetime]]:
    """``count`` channels, most of them of 읍면동, with two years of weeks; some figures are missing."""
    opened = open_data(folder / f"made{count}.db", sample_now)
    opened.context.write(_fill, count=count)
    with_campaign_and_release(opened.context)
    yield opened.context, NOW
    opened.close(keep_backup=False)


def _fill(session: Session, *, count: int) -> Changes:
    save_office(session, name="한빛광역시 가온누리구청", department="미디어소통담당관 뉴미디어팀")
    save_settings(
        session,
        writer="남궁하늘",
        approval=("담당", "팀장", "담당관", "부구청장", "구청장"),
        delegated="담당관",
    )
    edits = []
    for at in range(count):
        unit = "" if at < 8 else f"가온{at - 7}동"
        name = ("카카오톡 채널", "네이버 블로그", "유튜브", "인스타그램", "페이스북", "X(옛 트위터)", "당근 공공프로필",
                "청년정책 알림톡 채널")[at] if at < 8 else "카카오톡 채널"  # fmt: skip
        platform = ("kakao", "naver_blog", "youtube", "instagram")[at] if at < 4 else "kakao"
        channel = save_channel(session, platform=platform, name=name, unit_name=unit).created
        assert channel is not None
        level = (1_234_567, 98_765, 45_678, 9_876)[at] if at < 4 else 500 + 37 * at
        for back in range(104):
            if (at + back) % 17 == 0:
                continue
            week = WEEK.shift(-back)
            step = level // 400 - (at % 5 == 4) * level // 90
            edits.append(ValueEdit("followers", channel, week, max(3, level - step * back // 4)))
            edits.append(ValueEdit("posts", channel, week, (at * 7 + back * 3) % 6))
            edits.append(ValueEdit("views", channel, week, (at * 131 + back * 37) % 9_000))
    write_values(session, edits=edits, label="채움")
    return Changes.of(Topic.VALUES, "채움")


# --- beside -------------------------------------------------------------------------------------


def _beside(document: Document, page: QImage, target: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for ending in ("xlsx", "hwpx"):
            write_document(document, folder / f"a.{ending}", now=NOW)
        shown = [page, *_by_rhwp(folder), *_by_libreoffice(folder)]
    high = page.height()
    wide = sum(round(each.width() * high / each.height()) for each in shown)
    both = QImage(wide, high, QImage.Format.Format_RGB32)
    both.fill(0xFFCCCCCC)
    painter, x = QPainter(both), 0
    for each in shown:
        scaled = each.scaledToHeight(high - 4)
        painter.drawImage(x, 2, scaled)
        x += scaled.width() + 4
    painter.end()
    both.save(str(target.with_name(f"beside-{target.name}.png")))


def _by_rhwp(folder: Path) -> list[QImage]:
    package, node = os.environ.get("CIVICTRACKER_RHWP"), shutil.which("node")
    if not package or not node:
        return []
    subprocess.run(
        [node, DRAW_HWPX, package, folder / "a.hwpx", folder / "h"], check=True, capture_output=True
    )
    drawn = (folder / "h-1.svg").read_text(encoding="utf-8")
    drawn = re.sub('font-family="[^"]*"', f'font-family="{load_paper_fonts()}"', drawn)
    image = QImage(909, 1286, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    QSvgRenderer(drawn.encode()).render(painter)
    painter.end()
    return [image]


def _by_libreoffice(folder: Path) -> list[QImage]:
    office = shutil.which("soffice")
    if not office:
        return []
    (folder / "fonts.conf").write_text(FONTS, encoding="utf-8")
    subprocess.run(
        [office, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "a.xlsx"], check=True,
        capture_output=True, env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )  # fmt: skip
    subprocess.run(
        ["pdftoppm", "-r", "110", "-png", "-f", "1", "-l", "1", folder / "a.pdf", folder / "x"], check=True
    )
    return [QImage(str(path)) for path in folder.glob("x-*.png")]


FONTS = f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{paths.resources() / "fonts"}</dir><cachedir prefix="xdg">fontconfig</cachedir>
<match target="pattern"><test name="family"><string>맑은 고딕</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Sans KR</string></edit></match></fontconfig>
"""


if __name__ == "__main__":
    main()
