"""The demonstration: a made-up office with three officers and fresh keys, on this machine alone."""
