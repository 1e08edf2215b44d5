"""What the board of a campaign shows, in a constant number of queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from calendar_sync.models import CampaignCase, CaseOption, OutCampaign
from calendar_sync.open_cases import OPEN
from tenants.models import User

Status = CampaignCase.Status
ORDER = {Status.STAFF: 0, Status.DECLINED: 1, Status.ASKED: 2, Status.PLANNED: 3}
TONES = {
    Status.PLANNED: "quiet",
    Status.ASKED: "info",
    Status.DECLINED: "warn",
    Status.STAFF: "bad",
    Status.MOVED: "good",
    Status.CANCELLED: "quiet",
    Status.BY_HAND: "good",
    Status.UNDONE: "quiet",
}


@dataclass(frozen=True, kw_only=True)
class Row:
    case: CampaignCase
    options: Sequence[CaseOption]  # still held
    owner: User | None
    tone: str
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class Board:
    campaign: OutCampaign
    rows: list[Row]
    total: int
    done: int
    counts: list[tuple[str, str, int]]  # tone, label, how many
    looking: bool  # for everybody's other times
    thinking: bool  # nothing has been sent yet: all of it can be undone

    @property
    def waiting(self) -> int:
        return self.total - self.done


def board(campaign: OutCampaign) -> Board:
    """Needs you first, then by rank."""
    options = CaseOption.objects.filter(case__campaign=campaign, hold__released_at__isnull=True)
    held: dict[int, list[CaseOption]] = {}
    for each in options.select_related("practitioner").order_by("number"):
        held.setdefault(each.case_id, []).append(each)
    cases = list(
        campaign.cases.select_related("appointment__patient", "appointment__service", "appointment__practitioner")
    )
    owners = User.objects.in_bulk({each.owner_id for each in cases if each.owner_id})
    cases.sort(key=lambda each: (ORDER.get(Status(each.status), 9), each.rank))
    counted = Counter(each.status for each in cases)
    return Board(
        campaign=campaign,
        rows=[
            Row(
                case=each,
                options=held.get(each.pk, []),
                owner=owners.get(each.owner_id or 0),
                tone=TONES[Status(each.status)],
                is_open=each.status in OPEN,
            )
            for each in cases
        ],
        total=len(cases),
        done=sum(each.status not in OPEN for each in cases),
        counts=[(TONES[status], str(status.label), counted[status]) for status in Status if counted[status]],
        looking=campaign.status == OutCampaign.Status.RUNNING and campaign.planned_at is None,
        thinking=campaign.status == OutCampaign.Status.RUNNING and all(each.told_at is None for each in cases),
    )


def campaigns() -> list[OutCampaign]:
    """Running ones first, then the newest."""
    rows = OutCampaign.objects.select_related("practitioner").order_by("-started_at")[:20]
    return sorted(rows, key=lambda each: each.status != OutCampaign.Status.RUNNING)
