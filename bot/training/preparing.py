"""From records to the rows that are trained and measured on, through a cache folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from bot.metrics import copies, eligible, features, novelty, stopwords, vectors
from bot.text import folding, names
from bot.training import corpus as corpus_module
from bot.training import rows as rows_module
from bot.training.corpus import Corpus, Progress, build_corpus
from bot.training.evaluating import rows_needed_since
from bot.training.records import Record
from bot.training.rows import Rows, compute_rows

_CODE = (copies, eligible, features, novelty, stopwords, vectors, folding, names, corpus_module, rows_module)


def prepare(records: Sequence[Record], cache: Path | None, progress: Progress) -> tuple[Corpus, Rows]:
    """Return the papers as arrays, with the rows of all that have a part in training or measuring.

    What an earlier run on the same records left in the cache folder is taken up.
    """
    corpus = build_corpus(records)
    folder = cache / _digest(corpus.records) if cache else None
    return corpus, compute_rows(corpus, rows_needed_since(corpus), folder, progress)


def _digest(records: Sequence[Record]) -> str:
    """Return a name that changes with the records and with the code that makes rows of them."""
    state = hashlib.sha256()
    for module in _CODE:
        state.update(Path(str(module.__file__)).read_bytes())
    for record in records:
        state.update(repr(record).encode())
    return state.hexdigest()[:16]
