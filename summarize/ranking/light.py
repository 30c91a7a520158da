"""NLTK without what of it nobody here uses."""

from __future__ import annotations

import sys
from functools import cache
from types import ModuleType
from typing import Any

__all__ = ["load_nltk"]


@cache
def load_nltk() -> None:
    """Import NLTK without `scipy.stats`, which is two thirds of the time and half of the memory that it takes.

    NLTK wants it for Fisher's exact test of collocations alone, and does without where it is missing; the test still
    works for a caller who asks for it.
    """
    if "nltk" in sys.modules or "scipy.stats" in sys.modules:
        import nltk

        return
    missing: Any = None  # what makes an import of the name fail
    sys.modules["scipy.stats"] = missing
    try:
        import nltk  # noqa: F401
    finally:
        del sys.modules["scipy.stats"]
    # NLTK has two modules that it calls `metrics`: the attribute leads to the other one.
    _restore(sys.modules["nltk.metrics.association"])


def _restore(association: ModuleType) -> None:
    def fisher_exact(*args: Any, **kwargs: Any) -> Any:
        from scipy.stats import fisher_exact

        return fisher_exact(*args, **kwargs)

    vars(association)["fisher_exact"] = fisher_exact
