"""설정 → 게시: what a message costs, when to remind, and the way to the holidays."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QLineEdit

from civictracker.ui import tokens as t
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import Banner, Card, ComboBox, button, holder, is_being_typed, label, row
from civictracker.ui.widgets.forms import add_row, form, spin_box

_LEADS = ((0, "알리지 않음"), (10, "10분 전"), (30, "30분 전"), (60, "1시간 전"), (180, "3시간 전"))


class PostCard(Card):
    """Every change is saved at once."""

    def __init__(self, state: State, banner: Banner, save: Callable[..., object]) -> None:
        super().__init__("게시", "발송 비용과 알림")
        self._state, self._banner, self._save = state, banner, save
        self.price = QLineEdit()
        self.price.setFixedWidth(theme.px(88))
        self.vat = spin_box("부가세", 0, 100)
        self.lead = ComboBox()
        for minutes, text in _LEADS:
            self.lead.addItem(text, minutes)
        rows = form()
        rows.setVerticalSpacing(theme.px(t.S2))
        self.price.setAccessibleName("1건 단가(원)")
        add_row(
            rows,
            "1건 단가",
            holder(row(self.price, label("원, 부가세"), self.vat, label("%"), None)),
            name=False,
        )
        add_row(rows, "발송 알림", self.lead)
        self.body.addLayout(rows)
        self.body.addLayout(
            row(button("공휴일 보기", lambda: state.open_page("posts", "holidays")), None, spacing=t.S2)
        )
        self.price.editingFinished.connect(self._save_price)
        self.vat.editingFinished.connect(lambda: self._save(vat_percent=self.vat.value()))
        self.lead.activated.connect(lambda _at: self._save(remind_minutes=int(self.lead.currentData())))

    def show_now(self) -> None:
        settings = self._state.settings
        if not is_being_typed(self.price):
            self.price.setText(f"{settings.unit_price.normalize():f}")
        self.vat.setValue(settings.vat_percent)
        if (at := self.lead.findData(settings.remind_minutes)) < 0:
            self.lead.addItem(f"{settings.remind_minutes}분 전", settings.remind_minutes)
            at = self.lead.count() - 1
        self.lead.setCurrentIndex(at)

    def _save_price(self) -> None:
        try:
            price = Decimal(self.price.text().strip().replace(",", "") or "0")
        except InvalidOperation:
            self._banner.say("danger", "확인", "단가를 13.5처럼 수로 적어 주세요.")
            return
        if price != self._state.settings.unit_price:
            self._save(unit_price=price)
