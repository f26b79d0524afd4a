"""An invented corpus in which some topics are cited more than others."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

_SENTENCE = "we show that the method of this work can be used for all of these with a small loss and it is so"
_PLAIN = _SENTENCE.split()
_TOPICS = {
    "grasping": (30, ["grasp", "finger", "palm", "slip", "object", "tactile", "hand", "force"]),
    "driving": (10, ["road", "car", "lane", "driver", "traffic", "wheel", "brake", "steering"]),
    "poetry": (3, ["verse", "rhyme", "poet", "meter", "stanza", "lyric", "sonnet", "ballad"]),
    "cooking": (1, ["soup", "salt", "oven", "recipe", "dough", "butter", "flour", "knife"]),
}


def make_papers(
    years: range, per_cohort: int = 40, *, monthly: bool = False, seed: int = 1
) -> list[dict[str, Any]]:
    """Return papers of two venues a year, or of two categories a month of every third month."""
    chance = random.Random(seed)
    moments = [date(year, month, 3) for year in years for month in ((1, 4, 7, 10) if monthly else (1,))]
    return [
        _paper(chance, day, field, number, monthly=monthly)
        for day in moments
        for field in (("cs.RO", "cs.CL") if monthly else ("icra", "acl"))
        for number in range(per_cohort)
    ]


def _paper(chance: random.Random, day: date, field: str, number: int, *, monthly: bool) -> dict[str, Any]:
    topic = chance.choice(list(_TOPICS))
    typical, content = _TOPICS[topic]
    words = [chance.choice(content if chance.random() < 0.4 else _PLAIN) for _ in range(60)]
    paper: dict[str, Any] = {
        "id": f"{field}-{day}-{number}",
        "title": " ".join(chance.sample(content, 4)),
        "abstract": " ".join(words),
        "authors": [f"Ada {topic.title()}{chance.randrange(9)}", *_newcomers(chance, day, number)],
        "citations": int(chance.expovariate(1 / typical)),
    }
    if monthly:
        return paper | {"categories": [field, "cs.LG"], "submitted_at": f"{day.isoformat()}T10:00:00Z"}
    return paper | {"venue": field, "year": day.year}


def _newcomers(chance: random.Random, day: date, number: int) -> list[str]:
    return [f"Bo New{day:%Y%m}{number}{chr(97 + other)}" for other in range(chance.randrange(3))]


def write_papers(file: Path, papers: list[dict[str, Any]]) -> Path:
    """Write papers as JSON lines."""
    file.write_text("".join(json.dumps(paper) + "\n" for paper in papers), encoding="utf-8")
    return file
