"""Bringing to Discord what is due there, and keeping what was sent up to date."""
