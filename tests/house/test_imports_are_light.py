"""Nothing heavy is loaded at start: presidio, spaCy, the vendors' SDKs load on first use."""

import subprocess
import sys
from pathlib import Path

HEAVY = [
    "presidio_analyzer",
    "spacy",
    "googleapiclient",
    "twilio.rest",
    "anthropic",
    "icalendar",
    "numpy",
    "opentelemetry.exporter",
    "babel",
]
LOADS = """
import django, sys
django.setup()
import frontdesk.urls_public, frontdesk.urls_business, frontdesk.celery
from django.urls import get_resolver
get_resolver("frontdesk.urls_public").reverse_dict, get_resolver("frontdesk.urls_business").reverse_dict
frontdesk.celery.app.loader.import_default_modules()
frontdesk.celery.app.autodiscover_tasks(force=True)
print(",".join(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_starting_web_and_worker_loads_no_heavy_library():
    loaded = subprocess.run(
        [sys.executable, "-c", LOADS, *HEAVY],
        cwd=Path(__file__).resolve().parents[2],
        env={**__import__("os").environ, "DJANGO_SETTINGS_MODULE": "frontdesk.settings"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert loaded.stdout.strip() == ""
