"""Which browser on which system a User-Agent header says it is; for people who look at their sessions.

Names by their tokens, most particular first: nearly every browser also says that it is Safari or Chrome.
"""

_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "FxiOS/": "Firefox",
    "Firefox/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "HeadlessChrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
SHOWN = 60


def browser_of(header: str) -> tuple[str, str]:
    """("Firefox", "Windows"); ("", "") for a header that names neither; an unknown program by its first words."""
    browser = next((name for token, name in _BROWSERS.items() if token in header), "")
    system = next((name for token, name in _SYSTEMS.items() if token in header), "")
    return (browser, system) if browser or system else (header[:SHOWN], "")


def is_phone(header: str) -> bool:
    """A device that is held in the hand."""
    return any(each in header for each in ("Mobile", "iPhone", "iPad", "Android"))
