"""Static files as a browser wants them: one style sheet for forty, compressed, named by their contents.

`collectstatic` with STATIC_BUILT=true makes them (docs/deployment.md); without it each file is served as it lies in
the checkout, which is what one wants while changing them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

from tenants.stylesheets import SHEETS, TOGETHER


class BuiltStatic(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True  # so that words.js, too, is named by its contents

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """All sheets lie one folder deep, so that what they name by ../ is found from the joined one too."""
        if not dry_run:
            joined = "\n".join(Path(self.path(each)).read_text(encoding="utf-8") for each in SHEETS)
            Path(self.path(TOGETHER)).write_text(joined, encoding="utf-8")
            paths[TOGETHER] = (self, TOGETHER)
        yield from super().post_process(paths, dry_run, **options)
