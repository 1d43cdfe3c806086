"""The cards of a post in its form: thumbnails, missing pictures, and the checklist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from civictracker.services.calendar import PostKey
from civictracker.services.posts import load_post, save_post
from civictracker.ui.pages import calendar_cards
from civictracker.ui.pages.calendar import CalendarPage
from civictracker.ui.pages.calendar_post import PostDialog
from civictracker.ui.shell.window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen, when a dialog is shown


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    image = QImage(1_200, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("#256ef4"))
    path = tmp_path / "카드 1.png"
    image.save(str(path))
    return path


@pytest.fixture
def dialog(window: MainWindow, picture: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[PostDialog]:
    """A post with a picture, one that is gone, one that is none, and a mere name."""
    (tmp_path / "글.png").write_text("그림이 아닙니다", encoding="utf-8")
    images = (str(picture), str(tmp_path / "없음.png"), str(tmp_path / "글.png"), "카드4.png")
    made = window.context.write(
        save_post, planned=date(2026, 11, 24), subject="카드뉴스", channels=(1,),
        slides=tuple({"image": each, "alt_text": "김장 나눔은 25일입니다"} for each in images),
    )  # fmt: skip
    window.open_page("posts")
    page = window.current_page
    assert isinstance(page, CalendarPage)
    shown = PostDialog(page.work, PostKey(made.created))
    shown.show()
    qtbot.waitUntil(
        lambda: all(not row.picture.pixmap().isNull() for row in shown.cards.rows), timeout=10_000
    )
    yield shown
    shown.close()


def told(dialog: PostDialog) -> list[str]:
    QApplication.processEvents()  # what was added is shown in the next turn
    return [
        each.accessibleName()
        for each in dialog.cards.checks.findChildren(QLabel)
        if each.accessibleName() and not each.isHidden()
    ]


def test_each_card_shows_its_picture_small_or_says_why_not(dialog: PostDialog) -> None:
    first, *others = dialog.cards.rows
    size = first.picture.pixmap().deviceIndependentSize()
    assert (size.width(), size.height()) == (100, 50)
    assert first.picture.pixmap().toImage().pixelColor(10, 10).name() == "#256ef4"
    assert not first.mark.isVisible()
    assert [row.mark.text() for row in others] == [
        calendar_cards.MISSING, calendar_cards.UNREADABLE, calendar_cards.NAME_ONLY,
    ]  # fmt: skip
    assert all(row.mark.isVisible() for row in others)
    assert others[0].picture.accessibleName() == f"카드 2 그림: {calendar_cards.MISSING}"


def test_a_picture_found_again_is_shown(
    dialog: PostDialog, picture: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = dialog.cards.rows[1]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(picture)], ""))
    row._pick()
    qtbot.waitUntil(lambda: not row.mark.isVisible(), timeout=10_000)
    assert row.trouble == ""
    dialog.save()
    assert dialog.key is not None
    detail = dialog.work.state.context.read(load_post, key=dialog.key)
    assert [each.image for each in detail.draft.slides][:2] == [str(picture), str(picture)]


def test_the_checklist_follows_what_is_typed(dialog: PostDialog) -> None:
    assert told(dialog) == [
        "됨: 카드마다 대체텍스트가 있습니다", "됨: 대체텍스트가 그림 속 글과 내용을 말합니다",
        "확인할 것: 카드마다 다른 대체텍스트입니다 — 확인: 2·3·4번",
        "확인할 것: 그림 밖(본문·블로그)에도 내용이 있습니다 — 확인",
    ]  # fmt: skip
    for number, row in enumerate(dialog.cards.rows):
        row.alt.setPlainText(f"{number}번째 소식은 한파 쉼터입니다")
    dialog.cards.rows[3].alt.setPlainText("")
    dialog.link.setText("https://blog.naver.com/gwanak")
    assert [each for each in told(dialog) if each.startswith("확인")] == [
        "확인할 것: 카드마다 대체텍스트가 있습니다 — 확인: 4번"
    ]
    dialog.cards.drop(dialog.cards.rows[3])
    assert all(each.startswith("됨") for each in told(dialog))


def test_a_share_that_does_not_answer_holds_up_nobody(
    dialog: PostDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    import time

    monkeypatch.setattr(calendar_cards, "_PATIENCE_S", 0.1)
    monkeypatch.setattr(calendar_cards, "thumbnail", lambda *_args: time.sleep(0.6) or "")
    row = dialog.cards.rows[0]
    row.name.setText(r"\\서버\공유\카드.png")
    began = time.perf_counter()
    row.look()
    assert time.perf_counter() - began < 0.1
    qtbot.waitUntil(lambda: row.trouble == calendar_cards.SLOW, timeout=5_000)
