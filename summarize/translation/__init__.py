"""Dutch sentences in English: fast, faithful, offline.

    from summarize.translation import Translator

    translator = Translator()
    [translation] = translator.translate(["De kopgroep heeft 4.20 minuten voorsprong."])
    translation.text, translation.flags

`Translator.translate_articles` streams whole articles; `summarize.translation.packages` finds, installs, verifies
and removes language packages. Nothing heavy is imported before a sentence has to be translated that the cache
does not have, and nothing is ever fetched except by `packages.install_online`.
"""

from __future__ import annotations

from summarize.translation.translator import FLAGS, Translation, Translator

__all__ = ["FLAGS", "Translation", "Translator"]
