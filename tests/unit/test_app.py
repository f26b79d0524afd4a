"""What holds wherever the bot is put together."""

from __future__ import annotations

import subprocess
import sys


def test_numpy_is_imported_before_there_are_threads() -> None:
    """Two threads that import it first at the same time leave it half imported, and every card fails."""
    program = "import sys, bot.app; sys.exit(0 if 'numpy' in sys.modules else 'numpy comes later')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_few_ask_for_is_loaded_when_they_do() -> None:
    """The patterns of sentences, names in references, charts and migrations are a third of the start."""
    program = """
import importlib, pkgutil, sys
import bot.client, bot.running, cogs
for cog in pkgutil.iter_modules(cogs.__path__):
    importlib.import_module(f"cogs.{cog.name}")
late = {"bot.services.conversation.converse", "nameparser", "matplotlib", "alembic"}
sys.exit(f"loaded at the start: {late & sys.modules.keys()}" if late & sys.modules.keys() else 0)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
