"""The OpenAPI document says what is so."""

import json

import jsonschema
import pytest
from django.test import Client
from django.urls import get_resolver

from escalations.api.openapi import document
from escalations.api.urls import OPERATIONS  # with every operation: those who make them are imported there


@pytest.fixture(scope="module")
def told():
    return json.loads(json.dumps(document()))


def test_it_is_open_and_tells_where_it_is_served(clinic, settings):
    answer = Client().get(f"{clinic.path}api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"
    assert answer.json()["servers"] == [{"url": f"{settings.PUBLIC_ORIGIN}{clinic.path}api/v1"}]
    assert Client().post(f"{clinic.path}api/v1/openapi.json").status_code == 405


def test_every_reference_leads_somewhere(told):
    def references(part):
        if isinstance(part, dict):
            yield from [part["$ref"]] if "$ref" in part else []
            for each in part.values():
                yield from references(each)
        elif isinstance(part, list):
            for each in part:
                yield from references(each)

    found = set(references(told))
    assert len(found) > 20
    for reference in found:
        here = told
        for step in reference.removeprefix("#/").split("/"):
            here = here[step]


def test_every_model_is_a_json_schema_of_2020(told):
    for schema in told["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_operation_is_documented_and_routed_once(told):
    documented = [(method, path) for path, methods in told["paths"].items() for method in methods]
    assert len(documented) == len(OPERATIONS) == len({each.name for each in OPERATIONS})
    for each in OPERATIONS:
        assert each.summary
        assert told["paths"][f"/{each.path}"][each.method.lower()]["operationId"] == each.name


def test_everything_below_the_programs_path_goes_through_the_one_door():
    from escalations.api import document_view, urls
    from escalations.api.door import Door

    for pattern in urls.urlpatterns:
        view = pattern.callback
        assert view is document_view.openapi or issubclass(view.cls, Door), pattern
    outside = [
        str(each.pattern)
        for each in get_resolver("frontdesk.urls_business").url_patterns
        if str(each.pattern).startswith("api")
    ]
    assert outside == ["api/"], "nothing else may stand below /api/, where nobody asks for a membership"
