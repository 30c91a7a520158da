"""What the steps know about a language, as data.

`load("claims", "nl")` reads `claims.nl.json` beside this module; `load("cleaning")` reads `cleaning.json`.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["load"]


@cache
def load(topic: str, language: str | None = None) -> Any:
    """The lexicon file of a topic, for a language where the topic has one file per language.

    Raises FileNotFoundError where the lexicon has no such file.
    """
    name = f"{topic}.{language}.json" if language else f"{topic}.json"
    return json.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))
