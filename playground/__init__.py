"""The bot in a simulated Discord, in the browser: no network, no token, no account."""

from __future__ import annotations

import asyncio
import importlib.util
import sys

_NEEDED = ("simcord", "aiohttp", "markdown_it", "linkify_it", "regex", "PIL")


def main(*, port: int | None = None, open_browser: bool = True) -> int:
    """Run the playground until it is interrupted; return the exit status."""
    if missing := [name for name in _NEEDED if importlib.util.find_spec(name) is None]:
        sys.stderr.write(
            f"The playground needs {', '.join(missing)}. Install its extra: "
            "pip install 'hoopoe[playground]', or make install in a checkout.\n"
        )
        return 1
    # Only now: what it imports may be missing above.
    from playground.run import PortTaken, play

    try:
        asyncio.run(play(port=port, open_browser=open_browser))
    except PortTaken as taken:
        sys.stderr.write(f"Port {taken.port} is in use; choose another with --port, or leave it out.\n")
        return 1
    except KeyboardInterrupt:
        pass
    return 0
