"""How well odd figures are found and levels foretold, on real series: ``python -m tests.bench.reading FOLDER``.

FOLDER holds real files (S14 of the shared corpus and others). Slips are seeded into copies of the
series: a factor of ten, two digits the other way round, a value that stands still, another channel's
value. Forecasts are held against the last value and a linear fit on weeks that were kept from them.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from statistics import mean

from civictracker.domain.forecast import forecast
from civictracker.domain.oddities import odd_level

Series = list[int]
AHEAD = (4, 8, 12)


def weekly(days: dict[date, int]) -> Series:
    """The last value of each week, gaps filled with the value before."""
    weeks = {day.toordinal() // 7: days[day] for day in sorted(days)}
    found: Series = []
    for number in range(min(weeks), max(weeks) + 1):
        found.append(weeks.get(number, found[-1] if found else 0))
    return found


def real_series(folder: Path) -> list[Series]:
    """Levels of official accounts (S14) and levels added up from daily follows (S02, S04, S07)."""
    levels: dict[str, dict[date, int]] = defaultdict(dict)
    for path in folder.glob("S14*/*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                name = f"{row['Platform']}/{row['Language']}"
                levels[name][date.fromisoformat(row["Date"])] = int(row["Count"])
    found = [series for days in levels.values() if max(series := weekly(days)) >= 20]
    for path in (*folder.glob("S02*/*"), *folder.glob("S04*/*"), *folder.glob("S07*/*")):
        raw = path.read_bytes()
        text = raw.decode("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "replace")
        level, series = 5_000, []
        for line in text.splitlines():
            cells = [cell.strip('"') for cell in line.replace(";", ",").split(",")]
            if len(cells) > 1 and cells[0][:2] == "20" and cells[1].isdigit():
                level += int(cells[1])
                series.append(level)
        if len(series) > 200:
            found.append(series[6::7])
    return found


def made_series() -> list[Series]:
    """Channels as the sample has them: growth that changes its pace, with noise and campaigns."""
    found = []
    for seed in range(12):
        chance = random.Random(seed)
        level, pace, series = chance.randrange(2_000, 60_000), 60.0, []
        for _ in range(150):
            if chance.random() < 0.03:
                pace = max(5.0, pace + chance.uniform(-60, 80))
            level += chance.gauss(pace, 25) + (chance.random() < 0.02) * chance.uniform(200, 900)
            series.append(round(level))
        found.append(series)
    return found


def seeded(series: Series, at: int, kind: str, other: int) -> list[int | None]:
    """The weeks up to ``at``, of which the last is slipped."""
    value, history = series[at], list(series[:at])
    if kind == "ten":
        return [*history, value // 10 if value % 2 else value * 10]
    if kind == "swap":
        text = str(value)
        return [*history, int(text[0] + text[2] + text[1] + text[3:])]
    if kind == "stuck":
        return [*history[:-3], *(series[at - 3],) * 3, series[at - 3]]
    return [*history, other]


def oddities(name: str, all_series: list[Series], step: int) -> None:
    """Slips in every ``step``-th week; below 500 friends nothing is called odd."""
    caught: dict[str, list[bool]] = defaultdict(list)
    alarms = clean = 0
    for number, series in enumerate(all_series):
        other = all_series[number - 1][-1]
        for at in range(14, len(series), step):
            if series[at] < 500:
                continue
            clean += 1
            alarms += odd_level(list(series[:at]), series[at]) is not None
            for kind in ("ten", "swap", "stuck", "column"):
                slipped = seeded(series, at, kind, other)
                if slipped[-1] != series[at] or kind == "stuck":
                    found = odd_level(slipped[:-1], slipped[-1] or 0, [other])
                    caught[kind].append(found is not None)
    hits = sum(map(sum, caught.values()))
    for kind, found in caught.items():
        print(f"{name:5} {kind:7} recall {mean(found):.2f} of {len(found)}")
    if clean:
        tried = sum(map(len, caught.values()))
        print(f"{name:5} recall {hits / tried:.2f}  precision {hits / (hits + alarms):.2f}  "
              f"alarms {alarms} in {clean} clean weeks ({alarms / clean:.1%})")  # fmt: skip


def _line(values: Series, ahead: int) -> float:
    size = min(len(values), 26)
    last = values[-size:]
    middle, level = (size - 1) / 2, mean(last)
    slope = sum((x - middle) * (y - level) for x, y in enumerate(last)) / sum(
        (x - middle) ** 2 for x in range(size)
    )
    return level + slope * (size - 1 + ahead - middle)


def forecasts(name: str, all_series: list[Series]) -> None:
    errors: dict[tuple[str, int], list[float]] = defaultdict(list)
    within: list[bool] = []
    for series in all_series:
        for cut in range(30, len(series) - max(AHEAD), 4):
            past = series[:cut]
            found = forecast(past, max(AHEAD))
            assert found is not None
            for ahead in AHEAD:
                step, true = found.steps[ahead - 1], series[cut - 1 + ahead]
                errors["ours", ahead].append(abs(step.value - true))
                errors["last value", ahead].append(abs(past[-1] - true))
                errors["linear fit", ahead].append(abs(_line(past, ahead) - true))
                within.append(step.low <= true <= step.high)
    for (method, ahead), found in sorted(errors.items(), key=lambda each: (each[0][1], each[0][0])):
        print(
            f"{name:5} {ahead:2} weeks ahead  {method:10} mean error {mean(found):9.2f}  ({len(found)} forecasts)"
        )
    print(f"{name:5} {mean(within):.0%} of the held-out weeks lie in the range (told: 80%)")


def main() -> None:
    folder = Path(sys.argv[1])
    for name, series, step in (("real", real_series(folder), 1), ("made", made_series(), 5)):
        print(f"{name}: {len(series)} series, {sum(map(len, series))} weeks")
        oddities(name, series, step)
        forecasts(name, series)


if __name__ == "__main__":
    main()
