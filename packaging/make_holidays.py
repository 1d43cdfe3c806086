"""Writes ``db/holidays.toml`` from the `holidays` package: ``.venv/bin/python packaging/make_holidays.py``.

The program carries the table and not the package (8.7 MB, 1.2 s to import); a test holds the two
together. Run it again when the package is raised, and look at what changed.
"""

from importlib.metadata import version
from pathlib import Path

import holidays

FIRST, LAST = 2010, 2036
NAMES = {"신정연휴": "신정", "기독탄신일": "성탄절", "지방선거일": "지방선거",
         "국회의원 선거일": "국회의원 선거", "대통령 선거일": "대통령 선거"}  # fmt: skip


def name_of(text: str) -> str:
    names = []
    for part in text.split("; "):
        if part.endswith(" 대체 휴일"):
            own = part.removesuffix(" 대체 휴일")
            names.append(f"대체공휴일({NAMES.get(own, own)})")
        elif part.endswith((" 전날", " 다음날")):
            names.append(f"{part.rsplit(' ', 1)[0]} 연휴")
        else:
            names.append(NAMES.get(part, part))
    return " · ".join(names)


def table() -> str:
    found = holidays.country_holidays("KR", years=range(FIRST, LAST + 1), language="ko")
    lines = [
        "# 공휴일(대체공휴일 포함). packaging/make_holidays.py writes this file; do not edit it by hand.",
        f'source = "공휴일 표(holidays {version("holidays")})"',
        f"first = {FIRST}",
        f"last = {LAST}",
        "# The last year whose days were published when the table was made; later ones are 미확인.",
        "certain = 2026",
        "",
        "[days]",
    ]
    lines += [f'{day.isoformat()} = "{name_of(name)}"' for day, name in sorted(found.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (Path(__file__).parents[1] / "db" / "holidays.toml").write_text(table(), encoding="utf-8")
