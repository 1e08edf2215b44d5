"""`/b/<slug>/reports/`: what happened, in pictures and numbers, and the same as tables to download."""

import csv
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from calendar_sync.models.places import Weekday
from escalations.overview import overview
from escalations.reports import figures
from escalations.reports.desk_report import DeskReport, desk_report
from escalations.reports.diary_figures import Visits
from escalations.reports.diary_report import DiaryReport, diary_report
from escalations.reports.figures import csv_rows, length_of
from escalations.reports.period import LENGTHS, Period
from tenants.access import business_of, staff_page
from tenants.spreadsheets import inert

Rows = Iterable[list[Any]]
PAGES = {"reports": _("Enquiries"), "reports_diary": _("Diary")}
REASONS = [_("reason"), _("handoffs"), _("answered by a person"), _("median wait in seconds")]
VISITS = [_("appointments"), _("by the assistant"), _("came"), _("no-shows"), _("cancelled"), _("hours")]


@staff_page
@require_safe
def desk_page(request: HttpRequest) -> HttpResponse:
    report = desk_report(business_of(request), _period(request))
    return _page(request, "reports", report, {"waits": [(each, length_of(each.wait)) for each in report.reasons]})


@staff_page
@require_safe
def diary_page(request: HttpRequest) -> HttpResponse:
    return _page(request, "reports_diary", diary_report(_period(request)), {})


@staff_page
@require_safe
def desk_csv(request: HttpRequest) -> HttpResponse:
    report = desk_report(business_of(request), _period(request))
    return _csv("enquiries", report.period, request.GET.get("table", ""), _DESK_TABLES, report)


@staff_page
@require_safe
def diary_csv(request: HttpRequest) -> HttpResponse:
    report = diary_report(_period(request))
    return _csv("diary", report.period, request.GET.get("table", ""), _DIARY_TABLES, report)


def _period(request: HttpRequest) -> Period:
    asked = request.GET
    return Period.read(asked.get("days", ""), asked.get("until", ""), business_of(request).timezone)


def _page(request: HttpRequest, here: str, report: DeskReport | DiaryReport, more: dict[str, Any]) -> HttpResponse:
    period, address = report.period, reverse(here)
    context = {
        "section": "reports",
        "tabs": [
            {"label": label, "url": f"{reverse(name)}?{period.address}", "active": name == here}
            for name, label in PAGES.items()
        ],
        "lengths": [
            {"label": label, "url": f"{address}?days={days}&until={period.last}", "active": days == period.days}
            for days, label in LENGTHS.items()
        ],
        "report": report,
        "counts": figures.OF_PICTURES,
        "csv_url": f"{reverse(here + '_csv')}?{period.address}",
        "nav_counts": overview(business_of(request)),
        **more,
    }
    return render(request, f"reports/{here.removeprefix('reports_')}.html", context)


def _figures(report: DeskReport | DiaryReport) -> Rows:
    return [
        [gettext("figure"), gettext("value"), gettext("note"), gettext("what it counts")],
        *csv_rows(report.figures),
    ]


def _days(report: DeskReport | DiaryReport) -> Rows:
    rows = [[bar.first, bar.last, *(part.value for part in bar.parts)] for bar in report.days.bars]
    return [[pgettext("days", "from"), pgettext("days", "to"), *report.days.labels], *rows]


def _reasons(report: DeskReport) -> Rows:
    rows = [[each.label, each.count, each.answered, each.wait and round(each.wait)] for each in report.reasons]
    return [REASONS, *rows]


def _hours(report: DeskReport) -> Rows:
    weekdays = [day.label for day in Weekday]
    rows = [[day, *counts] for day, counts in zip(weekdays, report.hour_counts, strict=True)]
    return [[gettext("weekday"), *(f"{hour:02}:00" for hour in range(24))], *rows]


def _by(what: str, rows: list[Visits]) -> Rows:
    numbers = [[each.planned, each.by_assistant, each.came, each.missed, each.cancelled, each.hours] for each in rows]
    return [[what, *VISITS], *([each.label, *row] for each, row in zip(rows, numbers, strict=True))]


_DESK_TABLES: dict[str, Callable[[DeskReport], Rows]] = {
    "figures": _figures,
    "days": _days,
    "reasons": _reasons,
    "hours": _hours,
}
_DIARY_TABLES: dict[str, Callable[[DiaryReport], Rows]] = {
    "figures": _figures,
    "days": _days,
    "practitioners": lambda report: _by(gettext("practitioner"), report.visits.by_practitioner),
    "services": lambda report: _by(gettext("service"), report.visits.by_service),
}


def _csv(name: str, period: Period, table: str, tables: dict[str, Any], report: Any) -> HttpResponse:
    """One of the report's tables; the figures when the address names none that exists."""
    table = table if table in tables else "figures"
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    stem = f"{name}-{table}-{period.first}-to-{period.last}"
    answer["Content-Disposition"] = f'attachment; filename="{stem}.csv"'
    lines = csv.writer(answer)
    for row in tables[table](report):
        lines.writerow([inert(str(each)) if isinstance(each, str | Promise) else each for each in row])
    return answer
