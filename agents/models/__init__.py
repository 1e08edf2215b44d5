"""The assistant as a business configures it, what it did, knows and has learnt."""

from agents.models.assistant import AssistantVersion
from agents.models.corrections import CaseRun, Correction, SavedCase
from agents.models.knowledge import KnowledgeChunk, KnowledgeEntry, KnowledgeGap
from agents.models.memory import ConversationSummary, Fact, FactsRead
from agents.models.money import ModelRoles, SpendLimit, SpendWarning, UsageRecord
from agents.models.reviews import Review, ReviewShare
from agents.models.transcript import Pseudonym, TranscriptEntry
from agents.models.trials import ShadowAnswer, Trial, TrialResult
from agents.models.turns import Step, Turn

__all__ = [
    "AssistantVersion",
    "CaseRun",
    "ConversationSummary",
    "Correction",
    "Fact",
    "FactsRead",
    "KnowledgeChunk",
    "KnowledgeEntry",
    "KnowledgeGap",
    "ModelRoles",
    "Pseudonym",
    "Review",
    "ReviewShare",
    "SavedCase",
    "ShadowAnswer",
    "SpendLimit",
    "SpendWarning",
    "Step",
    "TranscriptEntry",
    "Trial",
    "TrialResult",
    "Turn",
    "UsageRecord",
]
