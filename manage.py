#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL and REDIS_URL it brings the checkout's own servers along."""

import os
import sys

from frontdesk.stack.embedded import needs_servers, provide_environment


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.settings")
    with provide_environment(needs_servers(sys.argv)):
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
