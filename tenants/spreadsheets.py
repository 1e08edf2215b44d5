"""Text of strangers in a table that somebody opens in a spreadsheet."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
