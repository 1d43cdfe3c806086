"""Lists share the room among their columns: nothing is scrolled sideways, and no room is left over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from civictracker.services.calendar import PostKey
from civictracker.services.posts import save_post
from civictracker.ui.models.post_table import ABOUT, SUBJECT
from civictracker.ui.pages.calendar import LIST, CalendarPage
from civictracker.ui.shell.window import MainWindow
from civictracker.ui.theme import theme
from civictracker.ui.tokens import ThemeName
from civictracker.ui.widgets.fitted import shared

ROOMS = st.lists(st.tuples(st.integers(10, 200), st.integers(0, 300)), min_size=1, max_size=12)


@given(ROOMS, st.integers(0, 4000))
def test_every_column_has_its_least_and_all_the_room_is_used(rooms: list[tuple[int, int]], room: int) -> None:
    asked = [(low, low + more) for low, more in rooms]
    widths = shared(asked, room)
    assert all(width >= low for width, (low, _) in zip(widths, asked, strict=True))
    assert sum(widths) == max(room, sum(low for low, _ in asked))


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_list_of_posts_is_not_scrolled_sideways(window: MainWindow, qtbot: QtBot, scale: float) -> None:
    """Where there is no room for what is to be checked, a mark beside the subject says that there is."""
    today = window.state.today
    made = window.context.write(
        save_post, planned=today, time="15:00", subject="대체텍스트 없는 카드", channels=(1,),
        slides=({"image": "가.png", "alt_text": ""},),
    )  # fmt: skip
    try:
        theme.apply(ThemeName.LIGHT, scale)
        window.resize(round(1280 * scale), round(800 * scale))
        window.open_page("posts")
        page = window.current_page
        assert isinstance(page, CalendarPage)
        page.show_detail(PostKey(made.created))  # its record stands beside the list
        page.set_view(LIST)
        table = page.table
        qtbot.waitUntil(lambda: table.isColumnHidden(ABOUT))
        at = next(
            at
            for at in range(page.model.rowCount())
            if "없는 카드" in str(page.model.index(at, SUBJECT).data())
        )
        marked = page.model.index(at, SUBJECT)
        assert not table.horizontalScrollBar().isVisible()
        assert marked.data(Qt.ItemDataRole.DecorationRole) is not None
        assert "대체텍스트" in marked.data(Qt.ItemDataRole.ToolTipRole)
        table.resize(table.width() * 2, table.height())
        table.fit()
        assert not table.isColumnHidden(ABOUT)
        assert marked.data(Qt.ItemDataRole.DecorationRole) is None
    finally:
        theme.apply(ThemeName.LIGHT)
