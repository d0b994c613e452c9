"""Sopan: an office's written SOP as a Git workflow that enforces itself. See docs/pengembang/ for the design."""
