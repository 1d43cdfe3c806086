"""가져오기: drop a file, see what was understood, answer what it cannot say, apply, undo."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QWidget,
)

from civictracker.domain.dates import find_dates
from civictracker.domain.texts import clean
from civictracker.errors import CancelledError, LockedError, UserError
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import list_channels
from civictracker.services.imports import Plan, Verdict, list_batches, sha256_of
from civictracker.services.intake import apply, read_planned, stands_together
from civictracker.services.jobs import CancelToken
from civictracker.services.post_plan import PostPlan
from civictracker.services.upkeep import backup_now
from civictracker.sheets.child import warm_up
from civictracker.sheets.isolated import Stopper
from civictracker.ui import tokens as t
from civictracker.ui.file_dialogs import open_files
from civictracker.ui.pages.base import Page
from civictracker.ui.pages.import_password import PasswordDialog
from civictracker.ui.pages.import_picture import SheetPicture
from civictracker.ui.pages.import_plan import PlanPanel
from civictracker.ui.pages.import_posts import OtherReading, PostReview
from civictracker.ui.pages.import_queue import Dropped, Waiting
from civictracker.ui.pages.import_refusals import RefusalBanner
from civictracker.ui.pages.import_start import ImportStart
from civictracker.ui.shell.jobs import JobRunner
from civictracker.ui.state import State
from civictracker.ui.theme import theme
from civictracker.ui.widgets.basics import (
    Card,
    button,
    column,
    holder,
    label,
    row,
)

KINDS = "표 파일 (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.htm *.html *.zip);;모든 파일 (*)"


class Review(NamedTuple):
    """Files as they were when they were read."""

    files: Dropped
    sha256: str
    plan: Plan | PostPlan


class ImportPage(Page):
    id = "import"
    name = "가져오기"
    hint = "파일을 창에 끌어다 놓으세요 · Ctrl+Enter 가져오기 · Esc 취소"
    topics = frozenset({Topic.IMPORTS, Topic.VALUES, Topic.POSTS})
    shows_week = False

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.plan: Plan | PostPlan | None = None
        self.files: Dropped | None = None
        self.sha256 = ""
        self.answers: dict[str, str] = {}
        self.waiting = Waiting()
        self.passwords: dict[Path, str] = {}  # of locked files, until the window closes
        self.stack = QStackedWidget()
        self.start, self.review = ImportStart(state, self.choose_file), self._review_side()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.review)
        self.choose = button("파일 고르기", self.choose_file, kind="primary", icon="folder-open")
        self.tools.addWidget(self.choose)
        self.shortcut("Ctrl+Return", self.apply_now)
        self.shortcut("Esc", self.cancel)
        self.banner = RefusalBanner(self.choose_file, self.focus_first)
        self.outer.addWidget(self.banner)
        self.outer.addWidget(self.stack, 1)

    # --- laying out ---------------------------------------------------------------------------

    def _review_side(self) -> QWidget:
        self.picture = SheetPicture(self._answer)
        self.panel = PlanPanel(self.state, self._answer)
        self.panel.cell_wanted.connect(self.picture.show_cell)
        self.panel.choice_changed.connect(self._show_action)
        sides = QHBoxLayout()
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(theme.px(t.S3))
        sides.addWidget(self.picture, 64)
        sides.addWidget(self.panel, 36)
        self.posts = PostReview(self._answer)
        self.posts.choice_changed.connect(self._show_action)
        self.kinds = QStackedWidget()
        self.kinds.addWidget(holder(sides))
        self.kinds.addWidget(self.posts)
        outer = column(spacing=t.S3)
        outer.addWidget(self.kinds, 1)
        outer.addWidget(self._action_bar())
        return holder(outer)

    def _action_bar(self) -> Card:
        card = Card()
        self.keep = QCheckBox("서식으로 저장")
        self.keep.setToolTip("같은 모양의 파일은 다음부터 묻지 않고 읽습니다")
        self.form_name = QLineEdit()
        self.form_name.setAccessibleName("서식 이름")
        self.form_name.setFixedWidth(theme.px(220))
        self.keep.toggled.connect(self.form_name.setEnabled)
        self.apply = button("가져오기", self.apply_now, kind="primary", keys="Ctrl+Enter")
        cancel = button("취소", self.cancel, keys="Esc")
        self.other = OtherReading(self._answer)
        card.body.addLayout(
            row(
                self.keep,
                self.form_name,
                self.other,
                None,
                label("가져온 뒤에도 되돌릴 수 있습니다", "subtle"),
                cancel,
                self.apply,
            )
        )
        return card

    # --- showing ------------------------------------------------------------------------------

    def reload(self) -> None:
        self.start.show_batches(self.state.context.read(list_batches, limit=30))
        self._show_heading()
        warm_up()

    def _show_heading(self) -> None:
        if self.plan is None:
            self.title.setText("가져오기")
            self.subtitle.setText("무엇이 바뀌는지 먼저 보고, 하나로 묶어 넣고, 언제든 되돌립니다.")
        else:
            more = f" · 다음 파일 {len(self.waiting)}개" if self.waiting else ""
            form = f" · 서식 ‘{self.plan.form}’을(를) 썼습니다" if self.plan.form else ""
            self.title.setText(self.plan.found.file)
            self.subtitle.setText(f"{_about(self.plan)}{form}{more}")

    # --- files --------------------------------------------------------------------------------

    def choose_file(self) -> None:
        names = open_files(self, "가져올 파일 고르기", "import", KINDS)
        if names:
            self.plan = None  # chosen in the place of what is under review
            self.waiting.clear()
            self.show_detail(names)

    def show_detail(self, detail: object) -> None:
        """Take files (a list of paths, or such a list and what to answer); a folder stands for its files.

        What comes together is reviewed together where that can be, and otherwise one after the other.
        What comes while another is under review waits its turn.
        """
        given, wish = detail if isinstance(detail, tuple) else (detail, {})
        if not isinstance(given, list) or not given:
            return
        if not self.waiting.add(given, wish):
            self.state.say("그 폴더에는 파일이 없습니다.")
        elif self.plan is None:
            self._next_file()
        else:
            self.state.say(f"지금 보는 파일 다음에 엽니다. 기다리는 파일 {len(self.waiting)}개")
            self._show_heading()

    @property
    def _runner(self) -> JobRunner:
        runner = self.state.property("runner")
        assert isinstance(runner, JobRunner)
        return runner

    def _read(self, files: Dropped, answers: dict[str, str], password: str = "") -> None:
        context, (path, *also) = self.state.context, files.paths
        password = self.passwords[path] = password or self.passwords.get(path, "")
        known = {"password": password} if password else {}
        self.apply.setEnabled(False)

        def work(token: CancelToken) -> Review:
            token.report(f"‘{files.name}’을(를) 읽고 있습니다 …")
            stopper = Stopper()
            token.on_cancel(stopper.stop)
            # A sheet in which no table is found is shown all the same: a person may point at it.
            told = {**answers, **known, "picture": "1"}
            plan = read_planned(context, path=path, also=also, answers=told, stopper=stopper)
            return Review(files, sha256_of(*files.paths), plan)

        def failed(error: BaseException) -> None:
            if also and isinstance(error, UserError):
                self._review_apart(files)
            elif isinstance(error, LockedError):
                again = lambda password: self._read(files, answers, password)  # noqa: E731
                PasswordDialog(self, error, again, lambda: self._on_failed(error, file=path.name)).open()
            else:
                self._on_failed(error, file=path.name)

        self._runner.start("파일 읽기", work, self._on_read, failed)
        warm_up()  # for the reading after this one, which a correction may ask for at any moment

    def _review_apart(self, files: Dropped) -> None:
        self.waiting.put_apart(files)
        self._next_file()

    def _on_read(self, review: Review) -> None:
        is_same = self.plan is not None and review.files == self.files
        if len(review.files.paths) > 1 and not is_same and not stands_together(review.plan):
            self._review_apart(review.files)
            return
        if not is_same:
            self.panel.choices.clear()
        plan = review.plan
        # Answers given while this one was being read are not forgotten.
        told = {key: value for key, value in plan.answers.items() if key != "picture"}
        self.answers = {**told, **(self.answers if is_same else {})}
        self.plan, self.files, self.sha256 = plan, review.files, review.sha256
        if not is_same or not self.form_name.text() or not self.keep.isChecked():
            self.form_name.setText(plan.form or _form_name(plan.found.file))
            self.form_name.setCursorPosition(0)
            self.keep.setChecked(bool(plan.form) or bool(self.answers))
            self.form_name.setEnabled(self.keep.isChecked())
        channels = self.state.context.read(list_channels, peers=True)
        self.kinds.setCurrentIndex(isinstance(plan, PostPlan))
        if isinstance(plan, PostPlan):
            self.posts.show_plan(plan, channels, self.answers, keep_place=is_same)
        else:
            self.picture.show_plan(plan, self.answers, keep_place=is_same)
            self.panel.show_plan(plan, channels)
        self.other.offer(plan, self.answers)
        self.stack.setCurrentWidget(self.review)
        self.choose.setText("다른 파일 고르기")
        self._show_action()
        self._show_heading()

    def _on_failed(self, error: BaseException, *, file: str) -> None:
        if isinstance(error, CancelledError):
            self.state.say("취소했습니다. 바뀐 것은 없습니다.")
        elif isinstance(error, UserError):
            self.banner.refuse(file, error.text)
        else:
            self.state.say("알 수 없는 일이 생겼습니다. 바뀐 것은 없습니다.")
            raise error
        self._show_action()
        if self.plan is None:
            self._next_file()

    @property
    def _choices(self) -> dict[str, str]:
        return self.posts.choices if isinstance(self.plan, PostPlan) else self.panel.choices

    def _answer(self, answers: dict[str, str]) -> None:
        """A person's answers to questions: understand the file again with them."""
        self.answers.update(answers)
        if self.files is not None:
            self._read(self.files, dict(self.answers))

    # --- applying -----------------------------------------------------------------------------

    def _show_action(self) -> None:
        count = self.plan.applies(self._choices) if self.plan else 0
        self.apply.setText(f"{count:,}건 가져오기")
        self.apply.setEnabled(count > 0)

    def apply_now(self) -> None:
        plan, sha256, context = self.plan, self.sha256, self.state.context
        if plan is None or not self.apply.isEnabled():
            return
        choices = dict(self._choices)
        form = self.form_name.text().strip() if self.keep.isChecked() else ""
        self.apply.setEnabled(False)

        def work(token: CancelToken) -> Changes:
            token.report("넣기 전에 백업하고 있습니다 …")
            backup_now(context, "import")
            token.report("자료에 넣고 있습니다 …")
            return context.commit(apply, plan=plan, choices=choices, sha256=sha256, form_name=form)

        self._runner.start("가져오기", work, self._on_applied, partial(self._on_failed, file=plan.found.file))

    def _on_applied(self, changes: Changes) -> None:
        self.state.context.adopt(changes)
        self.state.say(f"{changes.count:,}건을 가져왔습니다.", changes)
        self.plan = None
        self._next_file()

    def cancel(self) -> None:
        if self.plan is None:
            return
        self.plan = None
        self.waiting.clear()
        self._next_file()

    def _next_file(self) -> None:
        if (files := self.waiting.next()) is not None:
            self._read(files, dict(files.wish))
            return
        self.stack.setCurrentWidget(self.start)
        self.choose.setText("파일 고르기")
        self._dirty = True
        self.refresh()
        self.focus_first()


def _form_name(file: str) -> str:
    """The file's name without this week's date: next week's file is of the same form."""
    stem = Path(file).stem
    for reading in find_dates(stem):
        stem = stem.replace(reading.text, " ")
    return clean(stem.replace("_", " ")).strip(" -") or Path(file).stem


_LAYOUTS = {"long": "날짜마다 한 줄", "wide-time": "때가 옆으로", "wide-metric": "지표가 옆으로"}


def _about(plan: Plan | PostPlan) -> str:
    if isinstance(plan, PostPlan):
        where = ", ".join(table.range for table in plan.tables)
        return f"{where}에서 게시 {len(plan.rows):,}건을 읽었습니다. 신규 {plan.count(Verdict.NEW):,}건"
    table = plan.found.tables[0]
    values = sum(len(each.records) for each in plan.found.tables)
    shape = _LAYOUTS.get(table.layout, table.layout)
    return f"{table.range}에서 값 {values:,}개를 읽었습니다({shape}). 신규 {plan.count(Verdict.NEW):,}건"
