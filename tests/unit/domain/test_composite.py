"""종합 지수: weights, missing figures and the 100."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.composite import composite, past_from, run
from civictracker.domain.formulas import FORMULAS, ROOMS

PAST = [100] * 12


def test_as_much_as_usual_is_100_and_weights_count() -> None:
    weeks = {"followers": (100, PAST), "views": (150, PAST)}
    assert composite({"followers": 1, "views": 1}, weeks).value == Decimal("125.0")
    assert composite({"followers": 3, "views": 1}, weeks).value == Decimal("112.5")
    assert composite({"followers": 3, "views": 0}, weeks).value == Decimal("100.0")


def test_what_is_not_known_takes_its_weight_along() -> None:
    found = composite(
        {"followers": 40, "views": 60, "posts": 5}, {"followers": (110, PAST), "views": (None, PAST)}
    )
    assert (found.value, found.left_out) == (Decimal("110.0"), ("views", "posts"))
    assert composite({"views": 60}, {"views": (None, PAST)}).value is None


def test_the_usual_needs_four_weeks_and_missing_is_not_zero() -> None:
    def usual(past: list[int | None]) -> Decimal | None:
        return composite({"posts": 1}, {"posts": (5, past)}).components[0].usual

    assert usual([10, None, 20, 30]) is None
    assert usual([10, None, 20, 30, 40]) == 25
    assert usual([1_000, *PAST]) == 100
    assert composite({"posts": 1}, {"posts": (5, [0] * 12)}).value is None  # nothing to divide by


@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c"]), st.tuples(st.integers(1, 100), st.integers(0, 10**6)), min_size=1
    )
)
def test_it_lies_between_its_parts(parts: dict[str, tuple[int, int]]) -> None:
    found = composite(
        {code: weight for code, (weight, _) in parts.items()},
        {code: (value, [1_000] * 12) for code, (_, value) in parts.items()},
    )
    indexes = [each.index for each in found.components if each.index is not None]
    assert found.value is not None
    assert min(indexes) - Decimal("0.1") <= found.value <= max(indexes) + Decimal("0.1")


weekly = st.dictionaries(st.integers(-12, 30), st.integers(-50, 10**6))


@given(weekly, weekly, st.sets(st.integers(-14, 31)), st.integers(1, 100), st.integers(0, 100))
def test_a_run_of_weeks_is_every_week_by_itself(
    friends: dict[int, int], views: dict[int, int], breaks: set[int], one: int, other: int
) -> None:
    weights, weeks = {"followers": one, "views": other}, {"followers": friends, "views": views}
    found = run(weights, weeks, 0, 30, breaks)
    for week in range(31):
        since = past_from(week, breaks)
        alone = composite(
            weights,
            {
                code: (own.get(week), [own.get(at) for at in range(since, week)])
                for code, own in weeks.items()
            },
        )
        assert found.get(week, (None, False)) == (
            alone.tenths,
            alone.tenths is not None and not alone.left_out,
        )


def test_what_was_counted_otherwise_is_no_past() -> None:
    """The blog counts 서로이웃 too from week 8 on: four weeks later there is an index again, of 100."""
    friends = {week: 100 if week < 8 else 300 for week in range(14)}
    found = run({"followers": 1}, {"followers": friends}, 4, 13, {8})
    assert found == {4: (1000, True), 5: (1000, True), 6: (1000, True), 7: (1000, True),
                     12: (1000, True), 13: (1000, True)}  # fmt: skip


def test_every_room_names_formulas_that_exist() -> None:
    assert {key for keys in ROOMS.values() for key in keys} == set(FORMULAS)
    assert all(each.name and each.formula for each in FORMULAS.values())
