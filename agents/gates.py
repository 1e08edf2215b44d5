"""What a version has to show before it may answer patients. There is no way around it (docs/decisions/0020)."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from agents.models import AssistantVersion, CaseRun, SavedCase, Trial

GO_LIVE = "The go-live score is missing: simulated patients have to be played against this draft first."
FLAGS_MISSED = "The go-live score of this draft missed {count} red flag{s}: none may be missed."


def may_publish(version: AssistantVersion) -> list[str]:
    """What is still missing, one sentence each; empty: it may be published."""
    return _untested_cases(version) + failed_cases(version) + (_go_live(version) if publishes_first(version) else [])


def may_go_back(version: AssistantVersion) -> list[str]:
    """For an older version: only what is known against it, so that going back is never held up by a test."""
    return failed_cases(version)


def publishes_first(version: AssistantVersion) -> bool:
    """Whether nobody has published anything yet: the version that came with the business does not count."""
    others = AssistantVersion.objects.exclude(pk=version.pk)
    return not others.filter(published_by_id__isnull=False).exists()


def failed_cases(version: AssistantVersion) -> list[str]:
    failed = _cases(version).filter(newest=False).values_list("name", flat=True)
    return [f"It fails the saved case “{name}”." for name in failed]


def _untested_cases(version: AssistantVersion) -> list[str]:
    count = _cases(version).filter(newest__isnull=True).count()
    if not count:
        return []
    return [f"{count} saved case{'s have' if count > 1 else ' has'} not been run on it as it is now."]


def _cases(version: AssistantVersion) -> QuerySet[Any]:
    """Active ones with `newest`: whether the version passed when it was run last, as its words are now."""
    runs = CaseRun.objects.filter(case=OuterRef("pk"), version=version, at__gte=version.changed_at)
    newest = Subquery(runs.order_by("-at", "-pk").values("passed")[:1])
    return SavedCase.objects.filter(active=True).annotate(newest=newest).order_by("pk")


def _go_live(version: AssistantVersion) -> list[str]:
    done = Q(kind=Trial.Kind.GO_LIVE, status=Trial.Status.DONE, scenarios__gt=0, asked_at__gte=version.changed_at)
    score = version.trials.filter(done).order_by("-pk").first()
    if score is None or score.red_flags_missed is None:
        return [GO_LIVE]
    if score.red_flags_missed:
        return [FLAGS_MISSED.format(count=score.red_flags_missed, s="s" if score.red_flags_missed > 1 else "")]
    return []
