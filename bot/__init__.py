"""Hoopoe, a Discord bot for research groups."""

__version__ = "0.1.0"
