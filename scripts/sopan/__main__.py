"""`python -m sopan`."""

from sopan.cli import main

main()
