"""What every test shares."""

pytest_plugins = ["skips", "desks", "offices"]
