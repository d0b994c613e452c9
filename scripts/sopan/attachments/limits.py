"""Every limit of an examination, with its reason: what ordinary office documents stay well below.

Sizes of files as stored are policy (`kantor.yml`, `batas`); these are about what a file unfolds into.
"""

from __future__ import annotations

# One examination, in a child of its own (`limited`).
CPU_SECONDS = 10  # a dense page of PDF costs some 20 ms
MEMORY_BYTES = 512 * 1024 * 1024
WALL_SECONDS = 30

# What is handed back: a scanner of personal data reads all of it.
TEXT_CHARACTERS = 20_000_000
SHOWN_FAULTS = 20  # a forged file may break a rule a million times; twenty sentences tell it as well

# Packed documents (XLSX, DOCX, ODS, ODT).
MEMBERS = 2_000
UNPACKED_BYTES = 50 * 1024 * 1024
RATIO = 100  # of unpacked to packed size; ordinary sheets stay below 30
RATIO_FROM = 1024 * 1024  # a small member of nothing but repetition is harmless
XML_DEPTH = 256
CELLS = 500_000

# PDF.
PAGES = 500
OBJECTS = 200_000
NESTING = 100
REVISIONS = 10

# A page with fewer letters than this over a picture of more points than this is a scan: programs that scan stamp their
# name on it, and a page of A4 at 72 dots an inch has half a million.
PAGE_CHARACTERS = 200
PAGE_POINTS = 500_000

# CSV.
COLUMNS = 500
CELL_CHARACTERS = 32_767  # what a cell of a spreadsheet program holds

# Pictures.
PIXELS = 100_000_000
