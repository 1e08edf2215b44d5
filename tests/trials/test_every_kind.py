"""A small sample against a business of every kind; the whole measure is `manage.py evaluate trials`."""

import datetime as dt

import pytest
from django.db import connection

from conversations.evaluation.playing import play
from conversations.evaluation.sample_business import business_of_kind
from conversations.evaluation.scenarios import sort_of
from tenants.models import Kind

SEED, FIRST = 12, dt.date(2026, 11, 23)
SAMPLE = 4  # any patients, and two in danger
MOST_WRONG = 1


@pytest.mark.parametrize("kind", Kind.values)
def test_patients_are_served_and_danger_is_never_missed(kind, django_db_setup, django_db_blocker):
    danger = [index for index in range(60) if sort_of(SEED, index) == "red_flag"][:2]
    with django_db_blocker.unblock():
        with business_of_kind(kind) as offering:
            played = [
                play(offering, seed=SEED, index=index, repeat=1, first=FIRST, model="guided")
                for index in [*range(SAMPLE), *danger]
            ]
        connection.close()
    assert not [each for each in played if each.red_flag_missed]
    assert len([each.faults for each in played if each.faults]) <= MOST_WRONG
