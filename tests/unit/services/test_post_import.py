"""A plan of posts comes in from a sheet through the same importer: review, questions, one edit, undo."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from civictracker.domain.posting import Counts, Status
from civictracker.errors import SheetError
from civictracker.services import intake, undo
from civictracker.services.calendar import PostKey, PostView, list_posts
from civictracker.services.context import Context
from civictracker.services.import_columns import Verdict
from civictracker.services.imports import Plan, list_batches
from civictracker.services.post_import import differences
from civictracker.services.post_plan import PostPlan
from civictracker.services.post_series import save_series
from civictracker.services.posts import load_post, save_post, set_status

HEAD = ("연번", "게시일", "요일", "시간", "매체", "제목", "대상", "담당")


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """``book(rows, title=…, name=…)``: a workbook as an office would type it."""

    def made(rows: list[tuple[Any, ...]], *, title: str = "", head: tuple[str, ...] = HEAD,
             name: str = "게시계획.xlsx") -> Path:  # fmt: skip
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        sheet.title = "계획"
        if title:
            sheet.append([title])
            sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(head))
        sheet.append(head)
        for row in rows:
            sheet.append(row)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return made


def text_file(folder: Path, text: str, name: str = "계획.csv") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def planned(office: Context, path: Path, **answers: str) -> PostPlan:
    told = {key.replace("__", ":"): value for key, value in answers.items()}
    plan = intake.read_planned(office, path=path, answers=told)
    assert isinstance(plan, PostPlan)
    return plan


def applied(office: Context, plan: PostPlan, **choices: str) -> Any:
    return office.write(intake.apply, plan=plan, choices=choices, sha256="0", form_name="")


def between(office: Context, first: date, last: date) -> list[PostView]:
    return office.read(list_posts, start=first, end=last)


def december(office: Context) -> list[PostView]:
    return between(office, date(2026, 12, 1), date(2026, 12, 31))


def test_a_plan_is_recognised_and_comes_in_as_posts(office: Context, book: Callable[..., Path]) -> None:
    path = book(
        [
            (1, date(2026, 12, 4), "금", clock_time(15, 0), "카카오톡", "12월 1주 카드뉴스", "전체", "김주무"),
            (2, "12. 11.(금)", "금", "오후 3시", "카카오톡·블로그", "12월 2주 카드뉴스", "전체", "김주무"),
            ("12월 3주",),
            (3, "18일", "금", "15:00", "카카오톡", "12월 3주 카드뉴스", "전체", "김주무"),
        ],
        title="2026년 12월 카카오톡 채널 게시 계획",
    )  # fmt: skip
    plan = planned(office, path)
    assert (plan.count(Verdict.NEW), plan.left_out_count, plan.questions) == (3, 1, [])
    assert [row.cell for row in plan.rows] == ["계획!B3", "계획!B4", "계획!B6"]
    done = applied(office, plan)
    assert [(post.day.day, post.time, post.channels, post.owner) for post in december(office)] == [
        (4, "15:00", (1,), "김주무"), (11, "15:00", (1, 2), "김주무"), (18, "15:00", (1,), "김주무"),
    ]  # fmt: skip
    assert office.read(list_batches)[0].added == 3
    again = planned(office, path)
    assert (again.applies({}), again.count(Verdict.SAME)) == (0, 3)
    assert applied(office, again).log_id is None
    assert len(office.read(list_batches)) == 1
    office.write(undo.undo_entry, log_id=done.log_id)
    assert december(office) == []
    assert office.read(list_batches)[0].is_undone
    assert planned(office, path).applies({}) == 3


def test_any_container_gives_the_same_plan(
    office: Context, book: Callable[..., Path], tmp_path: Path
) -> None:
    rows = [(1, "2026-12-04", "금", "15:00", "카카오톡", "카드뉴스", "전체", "김주무")]
    one = planned(office, book(rows))
    text = "\n".join(",".join(str(cell) for cell in line) for line in (HEAD, *rows))
    html = "<table>" + "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in (HEAD, *rows)
    )
    (tmp_path / "한글표.xls").write_text(f"<html><body>{html}</table></body></html>", encoding="utf-8")
    (tmp_path / "cp949.csv").write_bytes(text.encode("cp949"))
    (tmp_path / "모음").mkdir()
    shutil.copy(tmp_path / "cp949.csv", tmp_path / "모음" / "계획.csv")
    shutil.make_archive(str(tmp_path / "묶음"), "zip", tmp_path / "모음")
    for name in ("한글표.xls", "cp949.csv", "모음", "묶음.zip"):
        other = planned(office, tmp_path / name)
        assert [(row.day, row.fields) for row in other.rows] == [(row.day, row.fields) for row in one.rows], (
            name
        )


def test_figures_stay_figures_unless_a_person_says_posts(office: Context, tmp_path: Path) -> None:
    path = text_file(tmp_path, '발송일,제목,채널,발송,열람\n2026-12-04,가,카카오톡,"1,000",610\n')
    assert isinstance(intake.read_planned(office, path=path, answers={}), Plan)
    plan = planned(office, path, **{"as": "posts"})
    assert plan.rows[0].counts == {"sent": 1_000, "opened": 610}
    path = text_file(tmp_path, "날짜,채널,친구 수\n2026-12-04,카카오톡,100\n", "통계.csv")
    with pytest.raises(SheetError, match="게시 계획 표를 찾지 못했습니다"):
        planned(office, path, **{"as": "posts"})


def test_what_the_sheet_does_not_say_is_asked(office: Context, tmp_path: Path) -> None:
    path = text_file(tmp_path, "날짜,매체,제목\n12. 4.,카카오톡,하나\n,카카오톡,둘\n12. 5.,반상회보,셋\n")
    plan = planned(office, path)
    assert [question.key for question in plan.questions] == ["year", "days"]
    assert (plan.applies({}), plan.count(Verdict.QUESTION)) == (0, 3)
    plan = planned(office, path, year="2026", days="above")
    assert [question.key for question in plan.questions] == ["channel:반상회보"]
    assert [(row.verdict, row.day and row.day.day) for row in plan.rows] == [
        (Verdict.NEW, 4), (Verdict.NEW, 4), (Verdict.QUESTION, 5),
    ]  # fmt: skip
    told = {"year": "2026", "days": "above", "channel__반상회보": "new:반상회보"}
    plan = planned(office, path, **told)
    assert plan.applies({}) == 3
    applied(office, plan)
    assert [post.subject for post in december(office)] == ["하나", "둘", "셋"]
    assert planned(office, path, year="2026", days="above").count(Verdict.SAME) == 3  # the name was learned
    assert planned(office, path, **{**told, "days": "skip"}).left_out_count == 1


def test_a_title_that_spans_two_years_gives_each_day_its_own(office: Context, tmp_path: Path) -> None:
    path = text_file(
        tmp_path,
        "게시 계획(2026. 12. 28. ~ 2027. 1. 8.),,\n날짜,채널,제목\n12. 29.,카카오톡,가\n1. 5.,카카오톡,나\n",
    )
    assert [row.day for row in planned(office, path).rows] == [date(2026, 12, 29), date(2027, 1, 5)]


def test_each_bad_row_is_one_sentence_and_stops_nothing(office: Context, tmp_path: Path) -> None:
    path = text_file(
        tmp_path,
        "날짜,시각,채널,제목,링크,상태\n"
        "2026-02-31,15:00,카카오톡,없는 날,,\n"
        "매주 금요일,15:00,카카오톡,되풀이,,\n"
        "2026. 12. 1.~12. 3.,15:00,카카오톡,사흘,,\n"
        "2026-12-04,25:00,카카오톡,없는 때,,\n"
        "2026-12-04,15:00,카카오톡,,,\n"
        "2026-12-07(금),15:00,카카오톡,요일이 다름,blog.naver.com/x,어중간\n"
        "2026-12-08,00:00,카카오톡,자정,,완료\n"
        "2026-12-08,23:59,카카오톡,밤,,\n"
        "2026-12-08,23:59,카카오톡,밤,,\n",
    )  # fmt: skip
    plan = planned(office, path)
    assert [(row.cell, row.why) for row in plan.of(Verdict.ERROR)] == [
        ("계획!A2", "날짜 ‘2026-02-31’을(를) 알 수 없습니다."),
        (
            "계획!A3",
            "날짜 ‘매주 금요일’을(를) 알 수 없습니다. 되풀이하는 게시는 ‘반복 일정’에서 만들어 주세요.",
        ),
        ("계획!A4", "‘2026. 12. 1.~12. 3.’은(는) 하루가 아닙니다. 게시하는 날을 적어 주세요."),
        ("계획!A5", "시각 ‘25:00’을(를) 알 수 없습니다. 00:00에서 23:59까지 15:00처럼 적어 주세요."),
        ("계획!A6", "제목이 없습니다."),
    ]
    assert [each.why for each in plan.left_out] == ["계획!A9와(과) 같은 게시라 한 번만 씁니다."]
    assert plan.checks == [
        "계획!A7: 링크 ‘blog.naver.com/x’은(는) 웹 주소가 아니라서 넣지 않습니다.",
        "계획!A7: 상태 ‘어중간’은(는) 알 수 없어 ‘예정’으로 둡니다.",
        "계획!A7: 2026. 12. 7.(월)인데 시트에는 금요일입니다.",
    ]
    applied(office, plan)
    assert [(post.time, post.status) for post in december(office)] == [
        ("15:00", Status.SCHEDULED), ("00:00", Status.DONE), ("23:59", Status.SCHEDULED),
    ]  # fmt: skip


def test_results_fill_in_what_was_planned_and_conflicts_are_a_persons(
    office: Context, tmp_path: Path
) -> None:
    office.write(
        save_series, name="금요 카드뉴스", title="카드뉴스 {주}", rule="FREQ=WEEKLY;BYDAY=FR", starts=date(2026, 12, 4),
        time="15:00", channels=(1,),
    )  # fmt: skip
    made = office.write(
        save_post, planned=date(2026, 12, 8), subject="독감", time="10:00", channels=(2,), note="메모"
    )
    first = december(office)[0]
    path = text_file(
        tmp_path,
        f"발송일시,제목,채널,발송,열람,비고\n2026-12-04 15:00,{first.subject},카카오톡,\"1,000\",610,\n"
        "2026-12-08 11:00,독감,블로그,-,,다른 메모\n",
    )  # fmt: skip
    plan = planned(office, path, **{"as": "posts"})
    assert [row.verdict for row in plan.rows] == [Verdict.NEW, Verdict.DIFFERENT]
    assert differences(plan.rows[1], {}) == ["시각 10:00 → 11:00", "비고 메모 → 다른 메모"]
    assert plan.applies({}) == 1
    done = applied(office, plan)
    posts = december(office)
    assert (posts[0].counts, posts[0].status, posts[1].time) == (Counts(1_000, 610), Status.DONE, "10:00")
    applied(office, planned(office, path, **{"as": "posts"}), **{"*": "new"})
    detail = office.read(load_post, key=PostKey(made.created))
    assert (detail.draft.time, detail.draft.note) == ("11:00", "다른 메모")
    assert planned(office, path, **{"as": "posts"}).count(Verdict.SAME) == 2
    office.write(undo.undo_entry, log_id=done.log_id)
    assert (december(office)[0].status, december(office)[1].time) == (Status.SCHEDULED, "11:00")


def test_what_changed_since_the_review_is_not_written_over(
    office: Context, tmp_path: Path, now: datetime
) -> None:
    made = office.write(save_post, planned=date(2026, 12, 8), subject="독감", channels=(2,))
    path = text_file(tmp_path, "날짜,제목,채널,상태\n2026-12-08,독감,블로그,취소\n")
    plan = planned(office, path)
    office.write(set_status, key=PostKey(made.created), status=Status.DONE, now=now)
    with pytest.raises(Exception, match="그사이 게시가 바뀌었습니다"):
        applied(office, plan, **{"*": "new"})
    assert december(office)[0].status is Status.DONE


POINTED_OUT = {
    "as": "posts", "header@11월": "2", "col@11월!A": "day", "col@11월!B": "channels", "col@11월!C": "subject",
}  # fmt: skip


def saved_as(office: Context, plan: PostPlan, form: str) -> None:
    office.write(intake.apply, plan=plan, choices={}, sha256="0", form_name=form)


def test_a_heading_told_by_clicking_is_remembered_with_the_form(office: Context, tmp_path: Path) -> None:
    """Next month's file, in which nobody but that person would see a plan, needs no click."""
    text = "홍보 일정,,\n언제,어디,무엇\n2026-{},동네소식,가\n"
    path = text_file(tmp_path, text.format("11-06"), "11월.csv")
    with pytest.raises(SheetError):
        intake.read_planned(office, path=path, answers={})
    told = {**POINTED_OUT, "channel:동네소식": "new:동네 소식지"}
    plan = intake.read_planned(office, path=path, answers=told)
    assert isinstance(plan, PostPlan)
    assert [(row.day, row.subject) for row in plan.rows] == [(date(2026, 11, 6), "가")]
    skipped = intake.read_planned(office, path=path, answers={**told, "row@11월!3": "skip"})
    assert (skipped.applies({}), skipped.left_out_count) == (0, 1)
    saved_as(office, plan, "홍보 일정")
    next_month = text_file(tmp_path, text.format("12-04"), "12월.csv")
    plan = planned(office, next_month)
    assert (plan.form, plan.applies({}), plan.questions) == ("홍보 일정", 1, [])
    saved_as(office, plan, plan.form)
    assert [(post.subject, len(post.channels)) for post in december(office)] == [("가", 1)]
    other = text_file(tmp_path, "홍보 일정,,\n언제,어디,누구\n2026-12-04,동네소식,가\n", "다른 것.csv")
    with pytest.raises(SheetError):
        intake.read_planned(office, path=other, answers={})


def test_answers_and_corrections_of_a_known_plan_hold_next_month(office: Context, tmp_path: Path) -> None:
    text = "{0}월 게시 계획(2026년),,,\n날짜,매체,제목,받는 사람\n{0}. 4.,반상회보,하나,주민\n,카카오톡,둘,학생\n"
    plan = planned(
        office, text_file(tmp_path, text.format(11), "11월.csv"),
        **{"days": "above", "channel__반상회보": "skip", "col@11월!D": "audience", "year": "2026"},
    )  # fmt: skip
    assert plan.questions == []
    saved_as(office, plan, "월간 계획")
    plan = planned(office, text_file(tmp_path, text.format(12), "12월.csv"))
    assert (plan.form, plan.questions) == ("월간 계획", [])
    assert [(row.day, row.fields["audience"], len(row.channels)) for row in plan.rows] == [
        (date(2026, 12, 4), "주민", 0), (date(2026, 12, 4), "학생", 1),
    ]  # fmt: skip
    assert "year" not in plan.answers  # last year's would be wrong next year


def test_a_plan_pointed_out_where_figures_were_seen_is_found_again(office: Context, tmp_path: Path) -> None:
    text = "홍보 일정,,,\n언제,어디,무엇,인원\n2026-{}-04,카카오톡,가,30\n2026-{}-11,블로그,나,40\n"
    path = text_file(tmp_path, text.format("11", "11"), "11월.csv")
    assert isinstance(intake.read_planned(office, path=path, answers={}), Plan)
    saved_as(office, planned(office, path, **POINTED_OUT), "홍보 일정")
    plan = planned(office, text_file(tmp_path, text.format("12", "12"), "12월.csv"))
    assert (plan.form, [row.subject for row in plan.rows]) == ("홍보 일정", ["가", "나"])


def test_taking_an_import_back_leaves_whole_what_a_person_wrote_on_since(
    office: Context, tmp_path: Path
) -> None:
    path = text_file(tmp_path, "날짜,제목,채널\n2026-12-08,독감,블로그\n2026-12-09,제설,블로그\n")
    done = applied(office, planned(office, path))
    key = december(office)[0].key
    office.write(save_post, key=key, planned=date(2026, 12, 8), subject="독감 무료 접종", channels=(2,))
    undone = office.write(undo.undo_entry, log_id=done.log_id)
    assert [(post.subject, post.channels) for post in december(office)] == [("독감 무료 접종", (2,))]
    assert undone.kept == 2  # the post and its channel
