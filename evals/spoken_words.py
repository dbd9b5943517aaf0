"""Collects the words that people write in lower case, which therefore name no store.

`python -m evals.spoken_words` writes the list that ships, out of the labelled sentences and the
chats that may be learnt from; people's first names are on it too.
"""

from __future__ import annotations

import re
import sys
from collections import Counter

from evals.fit_local import load_examples, tuning_chats
from evals.group.chat import read_chat
from tools.models.local.lexicon import DATA
from tools.models.local.places import all_names
from tools.models.local.spelling import fold

SPOKEN_WORDS = DATA / "spoken_words.txt"
_LOWER = re.compile(r"(?<![\w.])[a-záéíóúñü]{3,}(?!\w)")
# A word with a capital that nothing but its being a name has given it.
_CAPITAL = re.compile(r"(?<=[a-záéíóúñü,] )[A-ZÁÉÍÓÚÑ][a-záéíóúñü]{2,}(?!\w)")


def spoken_words() -> list[str]:
    """The folded words in alphabetical order, without those that places are called by."""
    chats = [read_chat(path) for path in tuning_chats()]
    texts = [example.text for example in load_examples()]
    texts += [said.text or "" for chat in chats for said in chat.messages]
    names = {said.name.split()[0] for chat in chats for said in chat.messages if said.name.split()}
    told = Counter(fold(word) for text in texts for word in _LOWER.findall(text))
    named = Counter(fold(word) for text in texts for word in _CAPITAL.findall(text))
    called = [fold(name) for name in names if name.isalpha() and len(name) > 2]
    places = {token for place in all_names() for token in place.split()}
    stores = {
        token
        for chat in chats
        for one in chat.incidents.values()
        for token in fold(one.store or "").split()
        if named[token] > told[token]
    }
    whole = {fold(one.store or "") for chat in chats for one in chat.incidents.values()}
    return sorted({*told, *called} - places - ((stores | whole) - set(called)))


def main() -> None:
    """Write the list."""
    words = spoken_words()
    head = (
        "# words that people write in lower case, and first names: python -m evals.spoken_words\n"
    )
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + len(word) < 99:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    SPOKEN_WORDS.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    sys.stderr.write(f"wrote {SPOKEN_WORDS.name}: {len(words)} words\n")


if __name__ == "__main__":
    main()
