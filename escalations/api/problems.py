"""Every refusal is a problem document (RFC 9457): type, title, status, detail, and `code` for programs.

Problem              what our own code raises
├── Invalid          422: fields of the request, each with its message
├── Missing          404
└── Conflict         409: the request is fine, the state of things is not
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404
from pydantic import BaseModel, Field, ValidationError
from rest_framework import exceptions
from rest_framework.response import Response

CONTENT_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    field: str = Field(description="Where: `query.limit`, `body.text`.")
    message: str


class ProblemOut(BaseModel):
    """An error, as RFC 9457 writes it."""

    type: str = Field(description="A name for this sort of problem, `urn:frontdesk:problem:` and its code.")
    title: str
    status: int
    detail: str = Field(description="For a person.")
    code: str = Field(description="For a program.")
    errors: list[FieldProblem] = Field(default=[], description="What is wrong with the request, field by field.")
    slots: list[dict[str, Any]] = Field(default=[], description="Free times instead, where the diary knows some.")


class Problem(Exception):
    def __init__(self, status: int, code: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.more = status, code, detail, more


class Invalid(Problem):
    def __init__(self, errors: Sequence[tuple[str, str]]) -> None:
        told = [{"field": field, "message": message} for field, message in errors]
        super().__init__(422, "invalid", "Something in the request is not as it should be; see `errors`.", errors=told)


class Missing(Problem):
    def __init__(self, what: str = "There is nothing here.") -> None:
        super().__init__(404, "not_found", what)


class Conflict(Problem):
    def __init__(self, code: str, detail: str, **more: Any) -> None:
        super().__init__(409, code, detail, **more)


def body_of(problem: Problem) -> dict[str, Any]:
    return {
        "type": f"urn:frontdesk:problem:{problem.code}",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        **problem.more,
    }


def as_problem(error: Exception) -> Problem | None:
    """None for what is a fault of ours: that is the server's 500."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Http404):
        return Missing()
    if isinstance(error, exceptions.APIException):
        return Problem(error.status_code, str(error.default_code), str(error.detail))
    return None


def from_pydantic(error: ValidationError, where: str) -> Problem:
    """Without the values: they may be personal, and the caller knows them."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    if any(each["type"] == "json_invalid" for each in found):
        return Problem(400, "malformed", "The body is not JSON.")
    return Invalid([(".".join(map(str, (where, *each["loc"]))), each["msg"]) for each in found])


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    return Response(body_of(problem), status=problem.status, headers=headers, content_type=CONTENT_TYPE)
