"""What the steps know about a language, as data.

`load("claims", "nl")` reads `claims.nl.json` beside this module; `load("cleaning")` reads `cleaning.json`. What is
counted by the hundred thousand is kept as arrays: `arrays("ngrams", "en")` reads `ngrams.en.npz`.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["arrays", "load"]


@cache
def load(topic: str, language: str | None = None) -> Any:
    """The lexicon file of a topic, for a language where the topic has one file per language.

    Raises FileNotFoundError where the lexicon has no such file.
    """
    name = f"{topic}.{language}.json" if language else f"{topic}.json"
    return json.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))


def arrays(topic: str, language: str) -> dict[str, NDArray[Any]]:
    """The arrays of a topic for a language, by name; read anew each time.

    Raises FileNotFoundError where the lexicon has no such file.
    """
    import numpy as np

    with files(__name__).joinpath(f"{topic}.{language}.npz").open("rb") as file, np.load(file) as found:
        return {name: found[name] for name in found.files}
