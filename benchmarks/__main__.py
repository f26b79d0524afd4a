"""Run every benchmark, one after the other: `python -m benchmarks [--quick]`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SMALLER = {
    "importing": ["--records", "20000"],
    "copying": ["--count", "20"],
    "neighbors": ["--count", "20"],
    "moving": ["--names", "100000"],
    "http_client": ["--requests", "200"],
    "reading": ["--papers", "5000"],
    "loading": ["--papers", "5000"],
    "matching": ["--watches", "1000"],
    "searching": ["--papers", "5000"],
    "responding": ["--papers", "5000"],
    "scoring": ["--papers", "5000"],
}
"""What `--quick` gives those that take minutes otherwise."""


def main() -> int:
    """Run them as programs of their own, so that none inherits another's memory; return 1 if one fails."""
    quick = "--quick" in sys.argv[1:]
    failed = False
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        if path.stem in ("table", "corpus", "catalogue"):
            continue
        print(f"\n## {path.stem}\n", flush=True)
        options = SMALLER.get(path.stem, []) if quick else []
        command = [sys.executable, "-m", f"benchmarks.{path.stem}", *options]
        failed = subprocess.run(command, check=False).returncode != 0 or failed
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
