"""``python -m privacyscan``."""

from privacyscan.cli import main

main()
