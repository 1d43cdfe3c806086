"""The words of the command line, and Korean sentences for wrong ones."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from civictracker.domain.dates import parse_date
from civictracker.domain.weeks import Grain, Period

GRAINS = {
    "day": Grain.DAY, "week": Grain.WEEK, "month": Grain.MONTH, "quarter": Grain.QUARTER, "year": Grain.YEAR,
}  # fmt: skip
OFFICES = ("관악구", "양주시", "수원시", "안양시")
WRITTEN = ("pdf", "hwpx", "xlsx", "html", "png")
_WRONG = (
    (r"the following arguments are required: (.+)", "빠진 말이 있습니다: {}"),
    (r"unrecognized arguments: (.+)", "모르는 말입니다: {}"),
    (r"argument ([^:]+): expected .+", "{} 뒤에 값이 있어야 합니다."),
    (r"argument [^:]+: invalid choice: (.+?) \(choose from (.+)\)", "{}은(는) 모르는 말입니다. 아는 말: {}"),
    (r"argument ([^:]+): (.+)", "{}: {}"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "쓰는 법: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse that speaks Korean. Abbreviated words are refused: scripts outlive abbreviations."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Formatter)
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._positionals.title, self._optionals.title = "줄 것", "고를 것"
        self.add_argument("-h", "--help", action="help", help="이 도움말")

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}{_korean(message)}\n")


def _korean(message: str) -> str:
    for pattern, sentence in _WRONG:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(*found.groups())
    return message


def parser() -> argparse.ArgumentParser:
    """The whole command line. Each command's ``run`` names ``module:function`` in this package."""
    top = _Parser(
        prog="civictracker", description="채널일지: 기관 채널의 주간 수치를 기록하고 보고합니다.",
        epilog="명령 없이 부르면 창이 열립니다. 결과: 0 다 됨 · 1 자료 때문에 안 됨 · 2 잘못 쓴 말",
    )  # fmt: skip
    _global_words(top, default=None)
    top.set_defaults(run="showing:window")
    commands = top.add_subparsers(title="명령", metavar="명령", parser_class=_Parser)

    def command(name: str, run: str, about: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about)
        _global_words(made, default=argparse.SUPPRESS)
        made.set_defaults(run=run)
        return made

    _file_commands(command)
    _figure_commands(command)
    _post_commands(command)
    _data_commands(command)
    return top


_Command = Callable[[str, str, str], argparse.ArgumentParser]


def _global_words(made: argparse.ArgumentParser, *, default: Any) -> None:
    """Understood before and after the command."""
    made.add_argument(
        "--data", metavar="파일", default=default, help="자료 파일 (환경변수 CIVICTRACKER_DATA로도)"
    )
    made.add_argument(
        "--now", metavar="일시", type=_moment, default=default, help="지금으로 칠 때 (2026-11-20T14:03)"
    )
    made.add_argument(
        "--quiet", action="store_true", default=False if default is None else default,
        help="사람이 읽을 말을 쓰지 않음",
    )  # fmt: skip


def _file_commands(command: _Command) -> None:
    demo = command("demo", "showing:demo", "예시 자료로 창을 엽니다. 내 자료는 건드리지 않습니다.")
    demo.add_argument("--offscreen", metavar="폴더", type=Path, help="창 대신 모든 화면과 보고서를 그림으로")
    demo.add_argument("--office", choices=OFFICES, default=OFFICES[0], help="예시 기관")

    inspect = command("inspect", "files:inspect", "파일을 어떻게 읽는지 봅니다. 자료 파일이 없어도 됩니다.")
    inspect.add_argument("files", metavar="파일", type=Path, nargs="+", help="파일, ZIP, 폴더")
    inspect.add_argument("--records", action="store_true", help="읽은 값도 모두")
    _answer_words(inspect)

    about = "파일의 값이나 게시 계획을 자료에 넣습니다. 넣기 전에 백업합니다."
    _taking_words(command("import", "files:take_in", about))

    undo = command("undo-import", "files:undo_import", "가져오기 하나를 되돌립니다.")
    undo.add_argument("id", metavar="번호", type=int, help="가져올 때 알려 준 번호")
    _collect_words(command)


def _taking_words(made: argparse.ArgumentParser) -> None:
    made.add_argument("files", metavar="파일", type=Path, nargs="+", help="파일, ZIP, 폴더")
    made.add_argument("--form", metavar="이름", help="쓸 서식; 없던 이름이면 이번 답을 그 이름으로 저장")
    made.add_argument("--dry-run", action="store_true", help="무엇이 바뀔지만 보고 넣지 않음")
    _answer_words(made)


def _collect_words(command: _Command) -> None:
    made = command(
        "collect",
        "collecting:collect",
        "취합: 폴더에 모은 읍면동 서식을 모두 읽어 현황을 말하고 값을 넣습니다.",
    )
    made.add_argument(
        "folder", metavar="폴더", type=Path, help="받은 파일을 모아 둔 곳 (--make면 서식을 둘 곳)"
    )
    made.add_argument("--dry-run", action="store_true", help="현황만 보고 값은 넣지 않음")
    made.add_argument(
        "--set", metavar="conflict=new", type=_conflict, dest="conflict", default="conflict=old",
        help="자료와 값이 다를 때: 낸 대로 conflict=new (없으면 자료의 값을 그대로 둠)",
    )  # fmt: skip
    made.add_argument("--json", action="store_true", help="프로그램이 읽을 JSON으로")
    made.add_argument(
        "--make", metavar="기간", type=_period, help="이 기간을 물을 서식을 만듦 (2026-W47, 2026-11)"
    )
    made.add_argument("--unit", metavar="읍면동", action="append", help="--make에서: 이곳만 (여러 번)")
    made.add_argument("--metric", metavar="지표", action="append", help="--make에서: 물을 지표 (여러 번)")
    made.add_argument("--due", metavar="날짜", type=_day, help="--make에서: 마감")
    made.add_argument("--note", metavar="글", default="", help="--make에서: 서식에 적을 안내")
    made.add_argument("--password", metavar="암호", default="", help="--make에서: 잠금을 푸는 암호")


def _answer_words(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--set", metavar="열쇠=값", type=_answer, action="append", default=[],
        help="질문에 답하기: date=2026-11-20, year=2026, channel=카카오톡, channel:이름=new, "
        "metric:이름=followers|new:level:명|skip, minus=▲, dash=zero, conflict=new, office=우리 기관, "
        "password=암호; 게시 계획이면 as=posts, days=above",
    )  # fmt: skip
    made.add_argument("--json", action="store_true", help="프로그램이 읽을 JSON으로")


def _figure_commands(command: _Command) -> None:
    series = command("series", "figures:series", "채널의 값을 시간 순서로, 증감과 함께 보여 줍니다.")
    series.add_argument("--channel", metavar="채널", help="이름, 계정, 번호, ‘수원시 카카오톡 채널’")
    series.add_argument("--metric", metavar="지표", help="친구 수, posts, 열람률 …")
    series.add_argument("--from", metavar="날짜", type=_first_day, dest="start")
    series.add_argument("--to", metavar="날짜", type=_last_day, dest="end")
    series.add_argument("--every", choices=list(GRAINS), help="기간 단위 (없으면 저장된 그대로)")
    series.add_argument("--reconstruct", action="store_true", help="빈 때를 증감에서 되짚어 채움")
    series.add_argument("--json", action="store_true", help="프로그램이 읽을 JSON으로")

    _report_words(command)

    verify = command("verify-text", "press:verify", "보도자료의 수를 글과 자료로 다시 계산해 봅니다.")
    verify.add_argument("file", metavar="파일|-", help="글 파일, 또는 -로 표준 입력")
    verify.add_argument("--json", action="store_true", help="프로그램이 읽을 JSON으로")

    export = command("export", "figures:export", "모든 값을 내보냅니다. 다시 가져오면 똑같은 자료가 됩니다.")
    export.add_argument("--out", metavar="파일", type=_ending("xlsx", "csv"), required=True)


REPORTS = ("weekly", "monthly", "quarterly", "yearly", "channel", "plan", "plan-month", "round", "campaign",
           "press", "audit", "handover")  # fmt: skip


def _report_words(command: _Command) -> None:
    report = command("report", "reporting:report", "보고서를 파일로 만듭니다.")
    report.add_argument(
        "kind", metavar="문서", choices=REPORTS,
        help="weekly 주간, monthly 월간, quarterly 분기, yearly 연간, channel 채널 현황표, plan 주간 계획, "
        "plan-month 월간 계획, round 취합 결과, "
        "campaign 캠페인 결과, press 보도자료, audit 행정사무감사, handover 인수인계서",
    )  # fmt: skip
    report.add_argument("--on", metavar="날짜", type=_day, required=True, help="그 기간의 아무 날")
    report.add_argument("--channel", metavar="채널", help="channel에서: 어느 채널인지")
    report.add_argument("--campaign", metavar="이름", help="campaign에서: 어느 캠페인인지 (없으면 마지막 것)")
    release = report.add_mutually_exclusive_group()
    release.add_argument("--release", metavar="제목", help="press에서: 저장한 보도자료 (없으면 마지막 것)")
    release.add_argument("--text", metavar="파일", help="press에서: 첫 줄이 제목인 글 파일")
    report.add_argument("--form", metavar="이름", help="보고서에서 저장해 둔 서식")
    where = report.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", metavar="파일", type=_ending(*WRITTEN), help="한 부")
    where.add_argument(
        "--folder", metavar="폴더", type=Path, help="그 해의 모든 주(달·분기), 또는 모든 채널을 이 폴더에"
    )
    report.add_argument("--as", metavar="종류", dest="ending", choices=WRITTEN, default="pdf",
                        help="--folder에서: pdf, hwpx, xlsx …")  # fmt: skip


def _post_commands(command: _Command) -> None:
    posts = command("posts", "posts:show", "게시 일정을 보고 내보냅니다.")
    parts = posts.add_subparsers(title="할 일", metavar="할 일", required=True, parser_class=_Parser)

    def part(name: str, run: str, about: str) -> argparse.ArgumentParser:
        made = parts.add_parser(name, help=about, description=about)
        _global_words(made, default=argparse.SUPPRESS)
        made.set_defaults(run=run)
        return made

    def span(made: argparse.ArgumentParser, *, required: bool = False) -> None:
        made.add_argument("--from", metavar="날짜", type=_first_day, dest="start", required=required)
        made.add_argument("--to", metavar="날짜", type=_last_day, dest="end", required=required)
        made.add_argument("--json", action="store_true", help="프로그램이 읽을 JSON으로")

    span(part("list", "posts:show", "기간의 게시를 시간 순서로 보여 줍니다 (없으면 이번 달)."))
    due = part("due", "posts:due", "오늘과 이번 주에 보낼 것, 결정하지 않은 것을 보여 줍니다.")
    due.add_argument("--json", action="store_true", help="프로그램이 읽을 JSON으로")
    preview = part("preview", "posts:preview", "반복 규칙이 어느 날이 되는지 JSON으로 보여 줍니다.")
    preview.add_argument("--rule", metavar="규칙", required=True, help="RRULE (FREQ=WEEKLY;BYDAY=FR)")
    preview.add_argument("--policy", choices=["back", "forward", "skip", "keep"], default="back",
                         help="휴일이면: 앞당김, 미룸, 건너뜀, 그대로")  # fmt: skip
    span(preview, required=True)
    about = "게시 계획이나 발송 결과가 줄마다 적힌 표를 달력에 넣습니다. 넣기 전에 백업합니다."
    _taking_words(part("import", "files:take_posts_in", about))
    export = part("export-ics", "posts:export_ics", "다른 달력이 읽는 .ics로 내보냅니다 (없으면 1년).")
    export.add_argument("--out", metavar="파일", type=_ending("ics"), required=True)
    span(export)


def _data_commands(command: _Command) -> None:
    command("check", "upkeep:check", "자료 파일이 온전한지 봅니다.")
    backup = command("backup", "upkeep:back_up", "자료를 백업합니다.")
    backup.add_argument("--to", metavar="폴더", type=Path, help="둘 곳 (없으면 자료 옆 backups)")
    restore = command("restore", "upkeep:restore", "백업에서 복원합니다. 지금 자료는 옆에 남겨 둡니다.")
    restore.add_argument("file", metavar="백업", type=Path)
    opening = command("open", "showing:open_backup", "창을 열고, 이 백업으로 복원할지 묻습니다.")
    opening.add_argument("file", metavar="백업", type=Path)


# --- what a word means ---------------------------------------------------------------------------


def _answer(text: str) -> tuple[str, str]:
    key, mark, value = text.partition("=")
    if not mark or not key:
        raise argparse.ArgumentTypeError(f"‘열쇠=값’으로 적어 주세요: {text}")
    return key, value


def _conflict(text: str) -> str:
    key, value = _answer(text)
    if key != "conflict" or value not in {"old", "new"}:
        raise argparse.ArgumentTypeError(f"conflict=new나 conflict=old로 적어 주세요: {text}")
    return value


def _moment(text: str) -> datetime:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"일시를 2026-11-20T14:03처럼 적어 주세요: {text}") from None
    return told if told.tzinfo else told.astimezone()


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        reading = parse_date(text)
    if reading is None or reading.period is None:
        raise argparse.ArgumentTypeError(f"날짜를 2026-11-20처럼 적어 주세요: {text}")
    return reading.period


def _day(text: str) -> date:
    return _period(text).start


def _first_day(text: str) -> date:
    return _period(text).start


def _last_day(text: str) -> date:
    return _period(text).end


def _ending(*endings: str) -> Callable[[str], Path]:
    def checked(text: str) -> Path:
        path = Path(text)
        if path.suffix.casefold().lstrip(".") not in endings:
            known = ", ".join(f".{ending}" for ending in endings)
            raise argparse.ArgumentTypeError(f"파일 이름은 {known} 가운데 하나로 끝나야 합니다: {text}")
        return path

    return checked
