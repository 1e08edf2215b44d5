#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL and REDIS_URL it brings the checkout's own servers along."""

import os
import sys

from frontdesk.stack.embedded import needs_servers, provide_environment

UNDEFINED_TABLE, UNDEFINED_COLUMN = "42P01", "42703"  # https://www.postgresql.org/docs/current/errcodes-appendix.html


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.settings")
    with provide_environment(needs_servers(sys.argv)):
        from django.core.management import execute_from_command_line
        from django.db import ProgrammingError

        try:
            execute_from_command_line(sys.argv)
        except ProgrammingError as error:
            if getattr(error.__cause__, "sqlstate", "") not in (UNDEFINED_TABLE, UNDEFINED_COLUMN):
                raise
            sys.exit("The database is older than this code. Bring it up to date with: python manage.py upgrade")


if __name__ == "__main__":
    main()
