"""What was counted by the hundred thousand: values by key, and the words whose numbers the keys are made of.

A key is the numbers of its words, `BITS` bits each, in one. numpy is loaded when the first table is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BITS", "Table", "packed", "unpacked"]

BITS = 16


@dataclass(frozen=True)
class Table:
    """Values by key, the keys in order."""

    keys: NDArray[np.integer[Any]]
    values: NDArray[np.int64]

    def get(self, keys: NDArray[np.integer[Any]], otherwise: NDArray[np.int64] | int) -> NDArray[np.int64]:
        """The value of each key, or another one where the table does not have it."""
        import numpy as np

        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, self.values[places], otherwise)


def packed(words: Sequence[str]) -> NDArray[np.uint8]:
    """Words as an array, each told by its place. Raises ValueError for more than a key has bits for."""
    import numpy as np

    if len(words) > 1 << BITS:
        raise ValueError(f"{len(words):,} words are more than fit into {BITS} bits")
    return np.frombuffer("\n".join(words).encode("utf-8"), np.uint8)


def unpacked(array: NDArray[np.uint8]) -> list[str]:
    """The words again."""
    return array.tobytes().decode("utf-8").split("\n")
