"""`python -m frontdesk.words [compile]`."""

import os
import sys

from frontdesk.words.catalogs import PLURALS, compile_stale, po_file, updated


def main() -> None:
    if sys.argv[1:] != ["compile"]:
        _bring_up_to_date()
    for made in compile_stale():
        print(f"compiled {made.parts[-3]} {made.stem}")  # noqa: T201


def _bring_up_to_date() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.settings")
    import django

    django.setup()
    from frontdesk.words.gathering import DOMAINS, gathered

    for domain in DOMAINS:
        entries = gathered(domain)
        for language in PLURALS:
            path, text = po_file(language, domain), updated(language, domain, entries)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
        print(f"{domain}: {len(entries)} entries")  # noqa: T201


if __name__ == "__main__":
    main()
