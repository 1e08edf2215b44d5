"""The owner's page about money, the mails, and what the desk says while models rest."""

import csv
import datetime as dt
import html
import io
import re

import pytest
from django.core import mail
from django.db import connection

from agents.models import ModelRoles, SpendLimit, SpendWarning, Step, Turn
from agents.runtime import spending
from agents.runtime.breaker import Circuits
from agents.runtime.standing import budget_of
from agents.versions import published
from calendar_sync.models import Appointment
from escalations import tasks
from tenants import clock, platform_switch, worklist
from tenants.models import AuditEntry
from tests.desk.conftest import DeskClient

LIMITS = {"per_day": "3", "per_month": "30", "per_conversation": "0.5", "per_turn": "0.1"}


def text_of(answer, status=200):
    assert answer.status_code == status
    return " ".join(html.unescape(answer.content.decode()).split())


@pytest.fixture
def november(clinic):
    with clock.pinned(dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def a_month(november, used):
    used(2_000_000, days_ago=3, input_tokens=100, cache_read_tokens=300)
    used(500_000, days_ago=3, model="claude-sonnet-5-5", purpose="memory", cache_write_tokens=100)
    used(None, model="claude-next", input_tokens=10)
    used(0, ok=False, error="overloaded_error", input_tokens=0)
    used(9_000_000, days_ago=40)


def test_an_empty_month_says_what_will_be_here(alices, november):
    page = text_of(alices.get("assistant/spend/"))
    assert 'value="100"' in page  # the limit of a month, as one would type it
    assert 'value="0.25"' in page
    assert "No language model was asked this month" in page
    assert "November 2026" in page
    assert 'aria-current="page">Spend' in page


def test_the_page_adds_up_and_says_what_nobody_knows(alices, a_month):
    page = text_of(alices.get("assistant/spend/"))
    assert "$2.50" in page
    assert "and 1 call of unknown cost" in page
    assert "49 %" in page  # 300 of 610 tokens that were read
    assert "Sonnet (claude-sonnet-5-5)" in page
    row = re.search(r"<tr><td>claude-next</td>(.*?)</tr>", page)
    assert re.findall(r"<td[^>]*>([^<]*?) ?</td>", row[1]) == ["1", "0", "0 %", "unknown"]
    assert "Remembering" in page
    assert "1 failed" in page
    assert page.count("<rect") == 1  # a day of unknown cost has no bar; the table says it
    assert "Monday 23 November" in page


def test_other_months_are_a_click_away(alices, a_month):
    page = text_of(alices.get("assistant/spend/?month=2026-10"))
    assert "$9.00" in page
    assert "?month=2026-11" in page
    for wrong in ("2027-01", "x", "2026-13"):
        assert "November 2026" in text_of(alices.get(f"assistant/spend/?month={wrong}"))


def test_a_booking_costs_what_answering_cost(alices, november, used, rosa):
    for _ in range(2):
        used(30_000)
    used(500_000, purpose="trial")
    Appointment.objects.update(booked_by="assistant", created_at=clock.now())
    assert "$0.0600" in text_of(alices.get("assistant/spend/"))
    used(None)
    assert 'unknown</p><p class="figure-card__note">1 booked' in text_of(alices.get("assistant/spend/"))


def test_fault_68_the_list_for_spreadsheets_holds_no_formula(alices, a_month, used):
    used(1, model='=HYPERLINK("https://evil.test")')
    answer = alices.get("assistant/spend/calls.csv?month=2026-11")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    costs = {"2.000000", "0.500000", "unknown", "0.000000", "0.000001"}
    assert {row["known cost in US dollars"] for row in rows} == costs
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_owners_set_limits_and_it_is_on_record(alices, november):
    assert alices.post("assistant/spend/limits/", LIMITS).status_code == 302
    row = SpendLimit.objects.get()
    assert (row.per_day_micro, row.per_month_micro, row.per_conversation_micro, row.per_turn_micro) == (
        3_000_000, 30_000_000, 500_000, 100_000,
    )  # fmt: skip
    entry = AuditEntry.objects.get(action="spending.limits_changed")
    assert entry.detail["per_day_micro"] == 3_000_000
    assert "of $3.00" in text_of(alices.get("assistant/spend/"))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("per_day", "", "Write an amount"),
        ("per_day", "-1", "greater than or equal to 0"),
        ("per_day", "31", "A day can’t be allowed more than a month."),
        ("per_conversation", "4", "A conversation can’t be allowed more than a day."),
        ("per_month", "1e99", "no more than"),
        ("per_turn", "much", "Enter a number"),
    ],
)
def test_a_limit_that_makes_no_sense_is_told_beside_its_field(alices, november, field, value, words):
    page = text_of(alices.post("assistant/spend/limits/", LIMITS | {field: value}), 422)
    assert words in page
    assert SpendLimit.objects.get().per_day_micro == 5_000_000
    assert not AuditEntry.objects.filter(action="spending.limits_changed").exists()


def test_staff_read_the_page_and_change_nothing(bobs, november):
    page = text_of(bobs.get("assistant/spend/"))
    assert "Owners and admins can change them." in page
    assert "Save limits" not in page
    for path, data in (("limits", LIMITS), ("models", {"fast": "claude-opus-5-5"}), ("try-again", {})):
        assert bobs.post(f"assistant/spend/{path}/", data).status_code == 404
    assert SpendLimit.objects.get().per_day_micro == 5_000_000


def test_somebody_of_another_business_finds_nothing(clinic, charlie):
    assert DeskClient(clinic, charlie).get("assistant/spend/").status_code == 404
    assert DeskClient(clinic, charlie).get("assistant/spend/calls.csv").status_code == 404


def test_owners_choose_the_models_by_role(alices, november):
    chosen = {"fast": "claude-haiku-5-5", "capable": "claude-opus-5-5", "judge": "claude-opus-5-5"}
    assert alices.post("assistant/spend/models/", chosen).status_code == 302
    assert ModelRoles.objects.get().capable == "claude-opus-5-5"
    assert AuditEntry.objects.filter(action="spending.models_changed").exists()
    assert alices.post("assistant/spend/models/", chosen | {"fast": "gpt"}).status_code == 422


def test_owners_switch_the_second_look_off_and_on(alices, bobs, november):
    roles = {"fast": "claude-haiku-5-5", "capable": "claude-sonnet-5-5", "judge": "claude-sonnet-5-5"}
    assert 'name="second_look"' in alices.get("assistant/spend/").content.decode()
    alices.post("assistant/spend/models/", roles)
    assert not ModelRoles.objects.get().second_look
    assert AuditEntry.objects.get(action="spending.models_changed").detail == {"fields": ["second_look"]}
    alices.post("assistant/spend/models/", roles | {"second_look": "on"})
    assert ModelRoles.objects.get().second_look
    page = text_of(bobs.get("assistant/spend/"))
    assert page.index("Look twice at each reply before it is sent") < page.rindex("Yes")


def test_the_draft_offers_the_choice_by_rule(alices, clinic, november):
    alices.post(f"assistant/versions/{published().pk}/draft/")
    page = text_of(alices.get("assistant/"))
    assert '<option value="" selected>Chosen by rule' in page
    assert "Always Sonnet: capable" in page


def test_the_desk_says_that_a_model_rests_and_an_owner_may_have_it_tried_again(alices, clinic, november, settings):
    from agents.errors import ModelRefused

    circuits = Circuits(business=clinic.schema_name, vendor="anthropic", model="claude-haiku-5-5")
    try:
        circuits.failed(ModelRefused("401: Anthropic refuses the API key", blames="account"))
        assert "Every model of Anthropic</strong> is not asked for now: Anthropic refuses the API key." in text_of(
            alices.get("assistant/spend/")
        )
        assert alices.post("assistant/spend/try-again/").status_code == 302
        assert circuits.forbids() == ""
        assert "is not asked for now" not in text_of(alices.get("assistant/spend/"))
    finally:
        circuits.succeeded()


def test_the_desk_says_that_the_operator_has_switched_models_off(alices, november):
    for path in ("assistant/", "assistant/spend/"):
        assert "switched off for everybody" not in text_of(alices.get(path))
    platform_switch.switch_off("An incident at Anthropic.")
    platform_switch.forget()
    for path in ("assistant/", "assistant/spend/"):
        assert "An incident at Anthropic." in text_of(alices.get(path))
    assert "switched off for everybody" not in text_of(alices.get("traces/"))


def test_the_trace_says_which_role_and_why(alices, scene, november):
    conversation = scene.writes("Tom", "Hello")
    turn = Turn.objects.create(
        conversation_id=conversation.pk, contact_id=conversation.contact_id, status="done", outcome="reply",
        role="capable", route="a long message", model="claude-sonnet-5-5", ended_at=clock.now(),
    )  # fmt: skip
    Step.objects.create(
        turn=turn, index=0, kind="check", name="model_withheld", status="error",
        output={"model": "claude-sonnet-5-5", "error": "today’s spend limit is reached"},
    )  # fmt: skip
    page = text_of(alices.get(f"traces/{turn.pk}/"))
    assert "a long message" in page
    assert "claude-sonnet-5-5 was not asked: today’s spend limit is reached" in page


@pytest.mark.parametrize(("micro", "subject"), [(4_000_000, "80 % used"), (5_000_000, "used up")])
def test_owners_and_admins_are_mailed_once(clinic, november, used, micro, subject):
    used(micro)
    for _ in range(2):
        spending.warn_of(clinic, budget_of(clinic))
    warning = SpendWarning.objects.get()
    for _ in range(2):
        tasks.warn_of_spending(clinic.pk, warning.pk)
    connection.set_tenant(clinic)
    (sent,) = mail.outbox
    assert sent.bcc == ["alice@clinic.test"]  # Bob is staff
    assert sent.subject.endswith(f"for today is {subject}")
    assert "/b/bright-smile/assistant/spend/" in sent.body


def test_a_mail_that_fails_is_tried_again(clinic, november, used, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    used(5_000_000)
    spending.warn_of(clinic, budget_of(clinic))
    warning = SpendWarning.objects.get()
    tasks.warn_of_spending(clinic.pk, warning.pk)
    connection.set_tenant(clinic)
    assert worklist.seconds_until_due(clinic.pk, spending.WARN, warning.pk) > 0


def test_the_page_asks_the_database_little(alices, a_month, django_assert_max_num_queries):
    alices.get("assistant/spend/")
    with django_assert_max_num_queries(12):
        alices.get("assistant/spend/")
