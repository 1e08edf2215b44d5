class NotNow(Exception):
    """Telling failed in a way that may pass; the text says why, without personal data."""
