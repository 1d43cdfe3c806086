"""계산식: how every figure that the rooms show is worked out, in the words of the papers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Formula:
    """``note`` says what is easily got wrong."""

    name: str
    formula: str
    note: str = ""


FORMULAS: dict[str, Formula] = {
    "change": Formula(
        "증감",
        "이번 값 − 앞 기준일 값",
        "앞 값이 없는 때는 건너뛰고 그 앞의 값과 견줍니다.",
    ),
    "rate": Formula(
        "증감률",
        "증감 ÷ 앞 값 × 100",
        "앞 값이 0이면 ‘-’입니다. 비율끼리는 %p로 견줍니다.",
    ),
    "total": Formula(
        "전체 합계",
        "값이 있는 채널의 친구·구독 수를 더함",
        "증감은 두 주 모두 값이 있는 채널만으로 냅니다. 빠진 채널이 있으면 9/12 채널처럼 적습니다.",
    ),
    "open_rate": Formula(
        "열람률",
        "열람 ÷ 발송 × 100",
        "여러 건은 모두 더해 나눕니다. 공유받아 연 사람도 세어 100%를 넘을 수 있습니다.",
    ),
    "click_rate": Formula(
        "클릭률",
        "클릭 ÷ 발송 × 100",
        "게시의 결과에서는 연 사람 가운데의 비율입니다.",
    ),
    "posts": Formula(
        "게시·발송",
        "그 주에 있는 게시와 발송의 수",
        "건너뜀은 빼지 않고 상태로 보입니다.",
    ),
    "index": Formula(
        "지수",
        "값 ÷ 기간의 첫 값 × 100",
        "기준이 바뀐 날 뒤로는 그리지 않습니다.",
    ),
    "year": Formula("전년 동기", "(값 − 1년 전 같은 때의 값) ÷ 1년 전 값 × 100"),
    "sum": Formula(
        "누적",
        "기간의 처음부터 더한 값",
        "친구 수처럼 그때의 수는 더하지 말고 실수로 보세요.",
    ),
    "mean": Formula(
        "이동평균",
        "이번까지 네 기간 값의 평균",
        "네 값이 다 있을 때만 냅니다.",
    ),
    "walked": Formula(
        "되짚은 값(※)",
        "알려진 값에서 증감을 차례로 더하거나 뺌",
        "다음 알려진 값까지만 갑니다.",
    ),
    "rank": Formula(
        "순위",
        "친구 수가 많은 차례",
        "같은 수는 공동 순위이고 다음 순위는 건너뜁니다(1, 2, 2, 4).",
    ),
    "times_mean": Formula(
        "평균의 몇 배",
        "우리 값 ÷ 다른 기관의 평균",
        "우리를 넣은 평균, 중앙값과 견준 배도 함께 적습니다.",
    ),
    "growth_rank": Formula(
        "증가율 순위",
        "견줄 때의 값보다 늘어난 비율이 큰 차례",
        "두 때의 값이 다 있는 기관만 셉니다.",
    ),
    "ahead": Formula("앞 순위와", "앞 순위의 값 − 이 기관의 값"),
    "share": Formula("목표까지", "지금 값 ÷ 목표 × 100"),
    "forecast": Formula(
        "언제쯤",
        "지난 값으로 견주어 가장 덜 어긋난 방법을 앞으로 이음",
        "범위는 같은 방법으로 지난 때를 어림했을 때 다섯에 넷이 든 폭입니다. 20주는 있어야 어림합니다.",
    ),
    "passed": Formula(
        "돌파",
        "그 수 이상이 된 첫 값의 주",
        "앞 값과 사이가 뜨면 ‘까지’라고 적습니다.",
    ),
    "composite": Formula(
        "종합 지수",
        "Σ(가중치 × 이번 주 값 ÷ 앞 12주 평균 × 100) ÷ Σ가중치",
        "여느 때가 100입니다. 값이 없는 항목은 가중치와 함께 뺍니다.",
    ),
    "during": Formula("기간 중 증감", "끝난 주의 값 − 시작 앞 주의 값"),
    "excess": Formula("앞선 같은 기간보다", "기간 중 증감 − 앞선 같은 길이의 증감"),
    "against": Formula(
        "다른 채널과의 차이",
        "기간 중 증가율 − 캠페인이 없던 채널들의 증가율 중앙값",
        "단위는 %p입니다.",
    ),
    "outside": Formula("바깥의 수 증감률", "(값 − 앞 기간 값) ÷ 앞 기간 값 × 100"),
    "answered": Formula("답변률", "답한 건수 ÷ 받은 건수 × 100"),
    "minutes": Formula(
        "답한 시간",
        "날마다 적은 중앙값의 중앙값",
        "답한 건수만큼 가중치를 둡니다.",
    ),
    "a_day": Formula("하루 평균", "받은 건수 ÷ 적은 날 수"),
}

ROOMS: dict[str, tuple[str, ...]] = {
    "home": ("change", "rate", "total", "posts", "open_rate"),
    "trend": (
        "change",
        "rate",
        "index",
        "year",
        "sum",
        "mean",
        "open_rate",
        "click_rate",
        "walked",
        "forecast",
    ),
    "compare": ("rank", "ahead", "times_mean", "rate", "growth_rank"),
    "goals": ("share", "passed", "forecast", "composite"),
    "campaigns": ("during", "excess", "against", "outside"),
    "inquiries": ("answered", "minutes", "a_day"),
}
