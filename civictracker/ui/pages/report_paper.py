"""The paper in the middle of the room: pages, zoom, or why there is nothing to show."""

from __future__ import annotations

from civictracker.documents.layout import Layout
from civictracker.documents.pages import page_count
from civictracker.ui import tokens as t
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import Card, Segments, column, holder, icon_button, label, line, row
from civictracker.ui.widgets.paper_view import PaperView


class PaperCard(Card):
    def __init__(self) -> None:
        super().__init__(padded=False)
        self.view = PaperView()
        self.pages, self.zoom = label("", "subtle"), label("", "subtle")
        self.view.zoomed.connect(self._show_zoom)
        self.fit = Segments((("page", "쪽 맞춤"), ("width", "너비 맞춤")), "page", "보기")
        self.fit.chosen.connect(self.view.fit)
        head = row(
            self.pages, None, self.fit, icon_button("minus", "작게", lambda: self.view.zoom(-1)), self.zoom,
            icon_button("plus", "크게", lambda: self.view.zoom(1)),
        )  # fmt: skip
        head.setContentsMargins(theme.px(t.S3), theme.px(t.S1), theme.px(t.S3), theme.px(t.S1))
        self.why = label("", "subtle", wrap=True)
        self._nothing = holder(column(None, row(None, self.why, None), None))
        self._nothing.hide()
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._nothing, 1)

    def _show_zoom(self) -> None:
        self.zoom.setText(f"{self.view.percent}%")

    def show_layout(self, layout: Layout) -> int:
        """The number of its pages."""
        count = page_count(layout)
        self._nothing.hide()
        self.view.show()
        self.view.show_paper(layout)
        self.pages.setText(f"A4 세로 {count}쪽")
        return count

    def show_nothing(self, why: str) -> None:
        self.why.setText(why)
        self.view.hide()
        self._nothing.show()
        self.pages.setText("")

    def refit(self, how: str) -> None:
        self.fit.set_value(how)
        self.view.fit(how)
