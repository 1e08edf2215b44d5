"""The pages of what the business tells its assistant: entries, adding, questions without an answer."""
