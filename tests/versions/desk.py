"""What tests of versions do again and again at the desk."""

from typing import Any

from agents import versions
from agents.models import AssistantVersion, CaseRun, SavedCase, Trial


def scored(version: AssistantVersion, missed: int = 0) -> Trial:
    """Simulated patients were played against it."""
    return Trial.objects.create(
        kind="go_live", version=version, model="guided", status="done", scenarios=10, red_flags_missed=missed
    )


def a_draft(user: Any, **changes: Any) -> AssistantVersion:
    draft = versions.make_draft(versions.published(), user.pk)
    versions.edit(draft.pk, changes or {"tone": "Brief."})
    draft.refresh_from_db()
    return draft


def a_case(name: str = "Parking") -> SavedCase:
    return SavedCase.objects.create(name=name, heard=[], wanted={})


def ran(case: SavedCase, version: AssistantVersion, passed: bool) -> CaseRun:
    return CaseRun.objects.create(case=case, version=version, passed=passed)


def form_of(version: AssistantVersion, rules: Any = (), **words: Any) -> dict[str, Any]:
    """What the editor of a draft sends."""
    names = ("name", "tone", "instructions", "provider", "model")
    form = {f"draft-{name}": getattr(version, name) for name in names}
    form |= {f"draft-{name}": value for name, value in words.items()}
    known = sum(bool(row.get("id")) for row in rules)
    form |= {"rule-TOTAL_FORMS": len(rules), "rule-INITIAL_FORMS": known}
    for index, row in enumerate(rules):
        form |= {f"rule-{index}-{name}": value for name, value in row.items()}
    return form
