"""What a key may do, in words for the people who give keys away."""

from enum import StrEnum


class Scope(StrEnum):
    CONTACTS_READ = "contacts:read"
    CONTACTS_WRITE = "contacts:write"
    DIARY_READ = "diary:read"
    DIARY_WRITE = "diary:write"
    CONVERSATIONS_READ = "conversations:read"
    CONVERSATIONS_WRITE = "conversations:write"
    KNOWLEDGE_READ = "knowledge:read"
    KNOWLEDGE_WRITE = "knowledge:write"
    ESCALATIONS_READ = "escalations:read"
    ESCALATIONS_WRITE = "escalations:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    Scope.CONTACTS_READ: "See contacts and patients",
    Scope.CONTACTS_WRITE: "Add and edit contacts and patients",
    Scope.DIARY_READ: "See services, free times and appointments",
    Scope.DIARY_WRITE: "Book, move and cancel appointments",
    Scope.CONVERSATIONS_READ: "Read conversations",
    Scope.CONVERSATIONS_WRITE: "Write to contacts",
    Scope.KNOWLEDGE_READ: "Read the assistant’s knowledge",
    Scope.KNOWLEDGE_WRITE: "Change the assistant’s knowledge",
    Scope.ESCALATIONS_READ: "See escalations and who works here",
    Scope.ESCALATIONS_WRITE: "Take and resolve escalations",
    Scope.WEBHOOKS_READ: "See webhooks and their deliveries",
    Scope.WEBHOOKS_WRITE: "Add, change and test webhooks",
}
