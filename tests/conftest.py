"""What every test shares."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["skips", "desks", "offices"]

# How fast this machine happens to be is no property of the code.
settings.register_profile("sopan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sopan")
