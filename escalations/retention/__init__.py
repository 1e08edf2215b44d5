"""How long a business keeps what was written, sent and done: the setting, what goes next, and its going."""
