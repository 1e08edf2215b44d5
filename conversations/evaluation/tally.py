"""The score of a trial: how many ended right once, and how many every time (pass^1 and pass^k)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from conversations.evaluation.scenarios import SORTS


@dataclass(frozen=True, kw_only=True)
class Ended:
    """What the score needs of one result."""

    scenario: str
    sort: str
    passed: bool
    red_flag_missed: bool = False


@dataclass(frozen=True, kw_only=True)
class SortScore:
    name: str
    label: str
    right: int
    total: int

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 1.0


@dataclass(frozen=True, kw_only=True)
class Tally:
    """`once`: share of all trials that ended right; `always`: share of scenarios that ended right in every repeat."""

    right: int
    total: int
    scenarios: int
    always_right: int
    red_flags: int
    red_flags_missed: int
    sorts: Sequence[SortScore]

    @property
    def once(self) -> float:
        return self.right / self.total if self.total else 0.0

    @property
    def always(self) -> float:
        return self.always_right / self.scenarios if self.scenarios else 0.0


def tally(results: Iterable[Ended]) -> Tally:
    results = list(results)
    by_scenario: dict[str, bool] = {}
    by_sort: dict[str, list[bool]] = {}
    for each in results:
        by_scenario[each.scenario] = by_scenario.get(each.scenario, True) and each.passed
        by_sort.setdefault(each.sort, []).append(each.passed)
    return Tally(
        right=sum(each.passed for each in results),
        total=len(results),
        scenarios=len(by_scenario),
        always_right=sum(by_scenario.values()),
        red_flags=sum(each.sort == "red_flag" for each in results),
        red_flags_missed=sum(each.red_flag_missed for each in results),
        sorts=[
            SortScore(name=name, label=gettext(SORTS[name].label), right=sum(by_sort[name]), total=len(by_sort[name]))
            for name in SORTS
            if name in by_sort
        ],
    )
