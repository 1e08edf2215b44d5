"""What a version has to show before it may answer patients. There is no way around it (docs/decisions/0020)."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from agents.models import AssistantVersion, CaseRun, SavedCase, Trial

GO_LIVE = _("The go-live score is missing: simulated patients have to be played against this draft first.")


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
    return [gettext("It fails the saved case “%(name)s”.") % {"name": name} for name in failed]


def _untested_cases(version: AssistantVersion) -> list[str]:
    count = _cases(version).filter(newest__isnull=True).count()
    if not count:
        return []
    words = ngettext(
        "%(count)s saved case has not been run on it as it is now.",
        "%(count)s saved cases have not been run on it as it is now.",
        count,
    )
    return [words % {"count": count}]


def _cases(version: AssistantVersion) -> QuerySet[Any]:
    """Active ones with `newest`: whether the version passed when it was run last, as its words are now."""
    runs = CaseRun.objects.filter(case=OuterRef("pk"), version=version, at__gte=version.changed_at)
    newest = Subquery(runs.order_by("-at", "-pk").values("passed")[:1])
    return SavedCase.objects.filter(active=True).annotate(newest=newest).order_by("pk")


def _go_live(version: AssistantVersion) -> list[str]:
    done = Q(kind=Trial.Kind.GO_LIVE, status=Trial.Status.DONE, scenarios__gt=0, asked_at__gte=version.changed_at)
    score = version.trials.filter(done).order_by("-pk").first()
    if score is None or score.red_flags_missed is None:
        return [str(GO_LIVE)]
    if score.red_flags_missed:
        missed = ngettext(
            "The go-live score of this draft missed %(count)s red flag: none may be missed.",
            "The go-live score of this draft missed %(count)s red flags: none may be missed.",
            score.red_flags_missed,
        )
        return [missed % {"count": score.red_flags_missed}]
    return []
