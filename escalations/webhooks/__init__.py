"""Telling other programs of news, by the Standard Webhooks specification (docs/api.md, decision 26)."""
