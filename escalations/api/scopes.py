"""What a key may do, in words for the people who give keys away."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


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
        return str(WORDS[self])


WORDS = {
    Scope.CONTACTS_READ: _("See contacts and patients"),
    Scope.CONTACTS_WRITE: _("Add and edit contacts and patients"),
    Scope.DIARY_READ: _("See services, free times and appointments"),
    Scope.DIARY_WRITE: _("Book, move and cancel appointments"),
    Scope.CONVERSATIONS_READ: _("Read conversations"),
    Scope.CONVERSATIONS_WRITE: _("Write to contacts"),
    Scope.KNOWLEDGE_READ: _("Read the assistant’s knowledge"),
    Scope.KNOWLEDGE_WRITE: _("Change the assistant’s knowledge"),
    Scope.ESCALATIONS_READ: _("See escalations and who works here"),
    Scope.ESCALATIONS_WRITE: _("Take and resolve escalations"),
    Scope.WEBHOOKS_READ: _("See webhooks and their deliveries"),
    Scope.WEBHOOKS_WRITE: _("Add, change and test webhooks"),
}
