"""What holds wherever the bot is put together."""

from __future__ import annotations

import subprocess
import sys


def test_numpy_is_imported_before_there_are_threads() -> None:
    """Two threads that import it first at the same time leave it half imported, and every card fails."""
    program = "import sys, bot.app; sys.exit(0 if 'numpy' in sys.modules else 'numpy comes later')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
