"""`python -m sandbox --port 8700 --smtp-port 8725 --state DIR`."""

import sys

from sandbox.core.options import parse
from sandbox.server import run

sys.exit(run(parse(sys.argv[1:])))
