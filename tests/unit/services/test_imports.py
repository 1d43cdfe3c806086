"""가져오기: planned, applied as one, found again, and taken back."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, func, select

from civictracker.domain.metrics import Metric
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services.channels import list_channels
from civictracker.services.context import Context
from civictracker.services.figures import NoteEdit, figure_at, metric_of, provenance, write_values
from civictracker.services.imports import (
    Plan,
    Verdict,
    apply_plan,
    batch_log_id,
    form_for,
    list_batches,
    make_plan,
    sha256_of,
    wants_new,
)
from civictracker.services.matching import metric_for
from civictracker.services.opening import open_data
from civictracker.services.undo import undo_entry
from civictracker.sheets.isolated import FileFound, SheetView, TableFound
from civictracker.sheets.records import LeftOut, Question, Records, Value
from civictracker.store.journal import Key
from civictracker.store.tables import Observation

Row = tuple[str, str, str | None, Value]
WEEK = "2026-W47"


def sheet(*rows: Row, layout: str = "long", per_post: bool = False, signature: str = "sig",
          questions: list[Question] | None = None) -> FileFound:  # fmt: skip
    """A file as the reading child hands it over: (entity, metric, period, value) in rows of one sheet."""
    records, places = Records(), []
    for at, (entity, metric, code, _) in enumerate(rows):
        for name, names in ((entity, records.entities), (metric, records.metrics)):
            if name not in names:
                names.append(name)
        period = None if code is None else Period.parse(code)
        if period not in records.periods:
            records.periods.append(period)
        names = (records.entities.index(entity), records.metrics.index(metric))
        places.append((*names, records.periods.index(period), at + 1, 2))
    records.written = [period.code if period else "" for period in records.periods]
    records.fill(places, [value for *_, value in rows])
    view = SheetView("주간", [], [], (0, 0), 1, len(rows), 0, {}, len(rows) + 1)
    total = LeftOut("A9:C9", "‘합계’ 줄은 합계라서 뺐습니다.")
    table = TableFound("주간", "A1:C9", layout, "", "", signature, False, records, questions or [], [total],
                       ["합계"], [], [], 0, per_post, view)  # fmt: skip
    return FileFound("주간.xlsx", "xlsx", "", [table])


def planned(context: Context, found: FileFound, **answers: str) -> Plan:
    told = {key.replace("__", ":"): value for key, value in answers.items()}
    return context.read(make_plan, found=found, answers=told)


def applied(context: Context, plan: Plan, *, take_new: bool = False, form: str = "") -> int:
    choices = {"*": "new"} if take_new else {}
    return context.write(apply_plan, plan=plan, choices=choices, sha256="s", form_name=form).count


def value(context: Context, channel: int, code: str, metric: int = 1) -> int | None:
    period = Period.parse(code)
    stored = context.read(figure_at, key=Key(metric, channel, period.start, period.end))
    return None if stored is None else stored.value


def count(context: Context) -> int:
    def counted(session: Session) -> int:
        return session.exec(select(func.count()).select_from(Observation)).one()

    return context.read(counted)


def verdicts(plan: Plan) -> list[Verdict]:
    return [row.verdict for row in plan.rows]


def test_new_figures_are_written_with_their_cells(office: Context) -> None:
    plan = planned(
        office, sheet(("카카오톡 채널", "친구 수", WEEK, 47_823), ("보라매동", "친구 수", WEEK, 312))
    )
    assert verdicts(plan) == [Verdict.NEW, Verdict.NEW]
    assert applied(office, plan) == 2
    assert (value(office, 1, WEEK), value(office, 3, WEEK)) == (47_823, 312)
    (source,) = office.read(provenance, metric="followers", channel_id=1, period=Period.parse(WEEK))
    assert source.words == "가져오기: 주간.xlsx 주간!C2"


def test_planning_writes_nothing(office: Context) -> None:
    planned(office, sheet(("카카오톡 채널", "친구 수", WEEK, 1)))
    assert count(office) == 0


def test_what_is_stored_stays_unless_the_person_says_otherwise(
    office: Context, put: Callable[..., None]
) -> None:
    put(office, 1, WEEK, 47_823)
    put(office, 2, WEEK, 900)
    found = sheet(("카카오톡 채널", "친구 수", WEEK, 4_782), ("공식 블로그", "친구 수", WEEK, 900))
    plan = planned(office, found)
    assert verdicts(plan) == [Verdict.DIFFERENT, Verdict.SAME]
    assert (plan.rows[0].stored, plan.applies({}), plan.applies({"*": "new"})) == (47_823, 0, 1)
    assert applied(office, plan) == 0
    assert value(office, 1, WEEK) == 47_823
    assert applied(office, plan, take_new=True) == 1
    assert value(office, 1, WEEK) == 4_782
    office.undo()
    assert value(office, 1, WEEK) == 47_823


def test_one_choice_a_row(office: Context, put: Callable[..., None]) -> None:
    for channel in (1, 2):
        put(office, channel, WEEK, 5)
    plan = planned(office, sheet(("카카오톡 채널", "친구 수", WEEK, 6), ("공식 블로그", "친구 수", WEEK, 7)))
    choices = {"*": "new", plan.rows[0].key: "old"}
    assert [wants_new(row, choices) for row in plan.rows] == [False, True]
    office.write(apply_plan, plan=plan, choices=choices, sha256="s")
    assert (value(office, 1, WEEK), value(office, 2, WEEK)) == (5, 7)


rows = st.tuples(
    st.sampled_from(["카카오톡 채널", "공식 블로그", "보라매동", "새 것", "새  것", "LinkedIn", "Linkedin"]),
    st.sampled_from(["친구 수", "조회수", "민원"]),
    st.sampled_from([WEEK, "2026-W46", "2026-11", "2026-11-20"]),
    st.integers(0, 2**62),
)
TOLD = {"channel:새 것": "new", "channel:새  것": "new", "channel:LinkedIn": "new", "channel:Linkedin": "new",
        "metric:민원": "new:flow:건", "span": "day"}  # fmt: skip


@settings(max_examples=15)
@given(lines=st.lists(rows, min_size=1, max_size=20), per_post=st.booleans())
def test_the_same_file_twice_adds_nothing_and_undoing_it_leaves_nothing(
    office_template: Path, clock: Callable[[], datetime], lines: list[Row], *, per_post: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "civictracker.db"
        shutil.copyfile(office_template, data)
        opened = open_data(data, clock)
        context, found = opened.context, sheet(*lines, per_post=per_post)
        first = context.write(
            apply_plan, plan=context.read(make_plan, found=found, answers=TOLD), choices={}, sha256="s"
        )
        stored = count(context)
        assert stored == first.count > 0
        again = context.read(make_plan, found=found, answers=TOLD)
        assert again.applies({"*": "new"}) == 0
        assert again.count(Verdict.SAME) == stored
        assert context.write(apply_plan, plan=again, choices={"*": "new"}, sha256="s").count == 0
        assert count(context) == stored
        assert first.log_id is not None
        context.write(undo_entry, log_id=first.log_id)
        assert count(context) == 0
        third = context.read(make_plan, found=found, answers=TOLD)
        assert third.count(Verdict.NEW) == stored
        opened.close(keep_backup=False)


def test_names_that_fold_alike_make_one_channel(office: Context) -> None:
    found = sheet(("LinkedIn", "친구 수", WEEK, 5), ("Linkedin", "조회수", WEEK, 6))
    plan = planned(office, found, channel__LinkedIn="new", channel__Linkedin="new")
    assert applied(office, plan) == 2
    assert [row.name for row in office.read(list_channels)].count("LinkedIn") == 1


def test_two_names_of_one_channel_are_one_channel(office: Context) -> None:
    lines = [(name, "친구 수", WEEK, 5) for name in ("보라매동", "보라매동 카카오톡 채널")]
    plan = planned(
        office, sheet(*lines, ("카카오톡 채널", "친구 수", WEEK, 6), ("카카오톡채널", "친구 수", WEEK, 7))
    )
    assert sorted(verdicts(plan)) == sorted([Verdict.NEW, Verdict.QUESTION, Verdict.QUESTION])
    assert applied(office, plan) == 1


def test_two_values_for_one_figure_are_asked_about_and_two_equal_ones_are_one(office: Context) -> None:
    line = ("카카오톡 채널", "친구 수", WEEK, 5)
    plan = planned(office, sheet(line, line, ("카카오톡 채널", "친구 수", WEEK, 6)))
    assert verdicts(plan) == [Verdict.QUESTION, Verdict.QUESTION]
    first, last = plan.of(Verdict.QUESTION)
    assert first.why == "같은 채널·지표·기간의 값이 주간!C4에도 있습니다(6)."
    assert last.why == "같은 채널·지표·기간의 값이 주간!C2에도 있습니다(5)."
    (asked,) = plan.questions
    assert (asked.key, asked.choices) == ("twice", ("first", "last", "skip"))  # a level is never added up
    assert plan.left_out[-1].why == "주간!C2와(과) 똑같은 값이라 한 번만 씁니다."


@pytest.mark.parametrize(
    ("metric", "told", "values"),
    [
        ("친구 수", "first", [5]), ("친구 수", "last", [7]), ("친구 수", "skip", []),
        ("조회수", "sum", [18]), ("조회수", "last", [7]),
    ],
)  # fmt: skip
def test_which_of_two_values_is_told(office: Context, metric: str, told: str, values: list[int]) -> None:
    lines = [("카카오톡 채널", metric, WEEK, each) for each in (5, 6, 7)]
    plan = planned(office, sheet(*lines), twice=told)
    assert [row.value for row in plan.rows] == values
    assert not plan.questions
    assert len(plan.left_out) >= 2


def test_a_rate_beside_its_parts_is_computed_and_not_stored(office: Context) -> None:
    values = (("발송", 200), ("열람", 86), ("열람률", Decimal("0.43")))
    plan = planned(office, sheet(*(("카카오톡 채널", name, WEEK, value) for name, value in values)))
    assert [row.value for row in plan.of(Verdict.NEW)] == [200, 86]
    assert not plan.of(Verdict.ERROR)
    assert plan.left_out[-1].why == "‘열람률’은(는) 다른 값에서 계산하므로 뺐습니다."


def test_friends_are_never_added_up(office: Context) -> None:
    lines = [("카카오톡 채널", "친구 수", WEEK, each) for each in (5, 6)]
    plan = planned(office, sheet(*lines), twice="sum")
    assert verdicts(plan) == [Verdict.QUESTION, Verdict.QUESTION]


def test_the_posts_of_a_day_add_up(office: Context) -> None:
    lines = [("카카오톡 채널", "조회수", "2026-11-20", each) for each in (5, 5, 7)]
    plan = planned(office, sheet(*lines, per_post=True))
    assert [row.value for row in plan.rows] == [17]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("카카오톡 채널", "친구 수", WEEK, Decimal("1.5")), "소수점 값이 될 수 없습니다: 1.5"),
        (("카카오톡 채널", "친구 수", WEEK, -1), "0보다 작을 수 없습니다: -1"),
        (("카카오톡 채널", "조회수", WEEK, 2**63), "값이 지나치게 큽니다."),
        (("카카오톡 채널", "조회수", WEEK, Decimal("1e30")), "값이 지나치게 큽니다."),
    ],
)
def test_a_figure_that_cannot_be_is_an_error_and_the_rest_goes_in(
    office: Context, line: Row, why: str
) -> None:
    plan = planned(office, sheet(line, ("보라매동", "친구 수", WEEK, 5)), **{"metric:친구 수": "followers"})
    (bad,) = plan.of(Verdict.ERROR)
    assert bad.why.endswith(why)
    assert plan.count(Verdict.ERROR) == 1
    assert applied(office, plan) == 1


def test_friends_below_zero_are_asked_about_before_any_is_taken(office: Context) -> None:
    """구독자 5, -1 of a platform's table by day are changes; their heading does not say so."""
    lines = [("카카오톡 채널", "친구 수", WEEK, -1), ("보라매동", "친구 수", WEEK, 5)]
    plan = planned(office, sheet(*lines))
    assert verdicts(plan) == [Verdict.QUESTION, Verdict.QUESTION]
    (question,) = [each for each in plan.questions if each.key == "metric:친구 수"]
    assert question.choices == ("net_followers", "followers", "skip")
    told = planned(office, sheet(*lines), **{"metric:친구 수": "net_followers"})
    assert [(row.metric.code if row.metric else "", row.value) for row in told.rows] == [
        ("net_followers", -1), ("net_followers", 5),
    ]  # fmt: skip


def test_a_rate_keeps_its_decimal(office: Context) -> None:
    plan = planned(office, sheet(("카카오톡 채널", "열람률", WEEK, Decimal("110.4"))))
    assert [row.value for row in plan.rows] == [1104]


@pytest.mark.parametrize(
    ("line", "key", "why"),
    [
        (("유튜브", "친구 수", WEEK, 5), "channel:유튜브", "채널을 알 수 없습니다."),
        (("", "친구 수", WEEK, 5), "channel", "채널을 알 수 없습니다."),
        (("카카오톡 채널", "Count", WEEK, 5), "metric:Count", "지표를 알 수 없습니다."),
    ],
)
def test_what_is_unknown_is_asked_once_and_not_written(
    office: Context, line: Row, key: str, why: str
) -> None:
    plan = planned(office, sheet(line, line, ("보라매동", "친구 수", WEEK, 5)))
    assert [question.key for question in plan.questions] == [key]
    assert {row.why for row in plan.of(Verdict.QUESTION)} == {why}
    assert applied(office, plan) == 1


def test_a_day_that_may_be_a_week_is_asked_for_flows_only(office: Context) -> None:
    lines = [("카카오톡 채널", metric, "2026-11-20", 5) for metric in ("친구 수", "조회수")]
    plan = planned(office, sheet(*lines, layout="wide-metric"))
    assert sorted(verdicts(plan)) == sorted([Verdict.QUESTION, Verdict.NEW])
    assert planned(office, sheet(*lines, layout="wide-metric"), span="day").count(Verdict.NEW) == 2


def test_a_figure_without_a_date_waits(office: Context) -> None:
    found = sheet(("카카오톡 채널", "친구 수", None, 5), questions=[Question("date", "언제?")])
    plan = planned(office, found)
    assert [(row.verdict, row.why) for row in plan.rows] == [(Verdict.QUESTION, "날짜를 알 수 없습니다.")]
    assert [question.key for question in plan.questions] == ["date"]


def test_what_is_skipped_is_not_asked(office: Context) -> None:
    plan = planned(office, sheet(("유튜브", "친구 수", WEEK, 5)), channel__유튜브="skip")
    assert (plan.rows, plan.questions) == ([], [])


def test_a_metric_of_the_offices_own_is_made_once_and_can_be_corrected(office: Context) -> None:
    told = {"metric__민원": "new:flow:건"}
    applied(office, planned(office, sheet(("카카오톡 채널", "민원", WEEK, 235)), **told))
    own = office.read(metric_of, code="own:민원")
    assert (own.id, own.name, own.unit) == (1000, "민원", "건")
    plan = planned(office, sheet(("카카오톡 채널", "민원", WEEK, 236)), **told)
    assert verdicts(plan) == [Verdict.DIFFERENT]
    assert applied(office, plan, take_new=True) == 1
    assert value(office, 1, WEEK, own.id) == 236


def test_a_form_remembers_answers_but_no_dates(office: Context) -> None:
    plan = planned(office, sheet(("유튜브", "Count", WEEK, 5)), channel__유튜브="new", metric__Count="views",
                   minus="▲", date="2026-11-20", year="2026")  # fmt: skip
    applied(office, plan, form="본청 주간")
    remembered = office.read(form_for, signature="sig")
    assert remembered is not None
    name, answers = remembered
    assert name == "본청 주간"
    assert answers == {"channel:유튜브": "4", "metric:Count": "views", "minus": "▲"}
    next_week = office.read(make_plan, found=sheet(("유튜브", "Count", "2026-W48", 6)), answers=answers)
    assert (verdicts(next_week), next_week.questions) == ([Verdict.NEW], [])


@pytest.mark.parametrize("told", ["new", "new:유튜브", "new:라이브관악"])
def test_a_sheets_name_for_a_new_channel_is_learned(office: Context, told: str) -> None:
    applied(
        office, planned(office, sheet(("유튜브 공식", "친구 수", WEEK, 5)), **{"channel__유튜브 공식": told})
    )
    next_week = planned(office, sheet(("유튜브공식", "친구 수", "2026-W48", 6)))
    assert (verdicts(next_week), next_week.questions) == ([Verdict.NEW], [])


def test_the_history_and_its_undoing(office: Context) -> None:
    applied(office, planned(office, sheet(("카카오톡 채널", "친구 수", WEEK, 5))))
    (batch,) = office.read(list_batches)
    assert (batch.file_name, batch.added, batch.left_out, batch.is_undone) == ("주간.xlsx", 1, 1, False)
    log_id = office.read(batch_log_id, batch_id=batch.id)
    office.write(undo_entry, log_id=log_id)
    assert office.read(list_batches)[0].is_undone
    with pytest.raises(InputError, match="이미 되돌렸습니다"):
        office.read(batch_log_id, batch_id=batch.id)
    office.undo()
    assert not office.read(list_batches)[0].is_undone
    assert value(office, 1, WEEK) == 5
    with pytest.raises(InputError, match="99번 가져오기는 없습니다"):
        office.read(batch_log_id, batch_id=99)


def test_undoing_an_import_keeps_what_a_person_edited_since(
    office: Context, put: Callable[..., None]
) -> None:
    applied(
        office,
        planned(office, sheet(("카카오톡 채널", "친구 수", WEEK, 5), ("보라매동", "친구 수", WEEK, 6))),
    )
    put(office, 1, WEEK, 500)
    batch = office.read(list_batches)[0]
    changes = office.write(undo_entry, log_id=batch.log_id)
    assert (changes.count, changes.kept) == (1, 1)
    assert (value(office, 1, WEEK), value(office, 3, WEEK)) == (500, None)


def test_undoing_an_import_keeps_a_day_that_a_person_has_noted_since(office: Context, week: Period) -> None:
    rows = [("카카오톡 채널", "친구 수", f"2026-11-{day}", 100 + day) for day in (16, 17)]
    applied(office, planned(office, sheet(*rows)))
    edit = NoteEdit("followers", 1, week, "행사")
    noted = office.write(write_values, edits=[edit], label="비고 고침")
    told = office.read(provenance, metric="followers", channel_id=1, period=week)
    assert [each.file_name for each in told] == ["주간.xlsx", "주간.xlsx"]
    log_id = office.read(list_batches, limit=1)[0].log_id
    done = office.write(undo_entry, log_id=log_id)
    assert (value(office, 1, "2026-11-16"), value(office, 1, "2026-11-17"), done.kept) == (None, 117, 1)
    assert noted.log_id is not None
    office.write(undo_entry, log_id=noted.log_id)
    office.write(undo_entry, log_id=log_id)
    assert value(office, 1, "2026-11-17") is None


def test_a_plan_that_the_data_has_overtaken_changes_nothing(office: Context) -> None:
    """A double click on 가져오기: the second apply finds the figures there."""
    plan = planned(office, sheet(("카카오톡 채널", "친구 수", WEEK, 5)))
    applied(office, plan)
    before = len(office.undo_stack)
    with pytest.raises(InputError, match="그사이"):
        applied(office, plan)
    assert (count(office), len(office.undo_stack)) == (1, before)


def test_a_long_sheet_is_planned_and_applied_in_good_time(office: Context) -> None:
    days = [(date(2020, 1, 1) + timedelta(days=at)).isoformat() for at in range(500)]
    found = sheet(*(("카카오톡 채널", metric, day, 5) for day in days for metric in ("친구 수", "조회수")))
    assert applied(office, planned(office, found)) == 1_000


def test_the_digest_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    assert sha256_of(path).startswith("ba7816bf8f01cfea")


def test_figures_in_thousands_become_what_they_count(office: Context) -> None:
    """40.1천명 are 40,100; a rate is no count and stays."""
    found = sheet(
        ("카카오톡 채널", "친구 수", WEEK, Decimal("40.1")),
        ("보라매동", "친구 수", WEEK, 3),
        ("보라매동", "열람률", WEEK, 52),
    )
    found.tables[0].records.scaled = dict.fromkeys(range(3), 1_000)
    found.tables[0].records.approximate = {0, 1}
    plan = planned(office, found)
    assert [row.value for row in plan.rows][:2] == [40_100, 3_000]
    assert [row.approximate for row in plan.rows] == [True, True, False]
    assert plan.rows[2].value in {52, 520}  # in the rate's own smallest unit, not in thousands


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("친구수", "followers"), ("SNS 현황 조회수", "views"), ("카카오톡 친구수", "followers"),
        ("관악구 주간 조회수", "views"), ("조회수(회)", "views"),
        ("신규 친구수", None), ("남성 친구수", None), ("카드뉴스 조회수", None), ("20대 친구수", None),
    ],
)  # fmt: skip
def test_a_word_that_changes_what_is_counted_is_asked_about(heading: str, code: str | None) -> None:
    found = metric_for(heading, {}, None)
    assert (found.code if isinstance(found, Metric) else found) == code


def test_the_metric_that_a_heading_mentions_is_offered(office: Context) -> None:
    plan = planned(office, sheet(("카카오톡 채널", "신규 친구수", WEEK, 5)))
    (asked,) = plan.questions
    assert (asked.key, asked.choices[0]) == ("metric:신규 친구수", "followers")


def test_a_table_that_nothing_names_is_asked_about_without_the_files_name(office: Context) -> None:
    found = sheet(("카카오톡 채널", "30_분기", WEEK, 5))
    (table,) = found.tables
    (asked,) = planned(office, found).questions
    assert asked.why == "‘30_분기’은(는) 어떤 지표인가요?"
    found.tables[0] = replace(table, is_nameless=True)
    (asked,) = planned(office, found).questions
    assert asked.key == "metric:30_분기"
    assert asked.why == "무엇을 센 값인지 표에 적혀 있지 않습니다. 어떤 지표인가요?"
