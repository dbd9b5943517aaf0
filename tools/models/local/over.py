"""What is over before it was judged: it is taken back, or who reported says in the same breath
that it works again, or calls the bot off. 'No prende la impresora', and then 'ya prendió'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.gist import Act, Gist
from domain.ports import Reader
from domain.reading import Line
from domain.sayings.mended import works_in_part
from domain.sayings.orders import Order, order_of
from domain.sayings.reopening import denies_the_end, is_back
from domain.sayings.told_mended import tells_it_is_mended, without_why
from domain.sayings.uncancelled import wants_it_after_all
from domain.wording import laughs, plain
from tools.models.local.all_clear import is_another_thing
from tools.models.local.fields import is_called_off, is_retracted
from tools.models.local.systems import find_system

# 'Ya prendió la otra'; 'otra vez' is of the same.
_OTHER = re.compile(r"\botr[oa]s?\b(?! vez)")
_FAILS_AGAIN = frozenset({Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN})


def is_over(lines: Sequence[Line], first: int, reader: Reader) -> bool:
    """Whether the report, the line at `first`, is taken back, or over by the last that its writer
    says of it; what they tell of a failure after that counts again."""
    report, over = lines[first], False
    ends = [n for n, one in enumerate(lines) if n and _calls_off(one, after=n > first)]
    if ends and not any(
        one.name == report.name and _takes_up_again(one.text, reader)
        for one in lines[ends[-1] + 1 :]
    ):
        return True
    reported = [line.text for line in lines[: first + 1] if line.name == report.name]
    thing = find_system(" ".join(reported))
    for line in lines[first + 1 :]:
        if line.name != report.name:
            continue
        gist = reader.read(line.text)
        if _ends(line.text, gist, thing, reported):
            over = True
        elif gist.act in _FAILS_AGAIN or gist.problem or gist.signs.get("fault"):
            over = False
            reported.append(line.text)
    return over


def _calls_off(line: Line, *, after: bool) -> bool:
    """Whether a line says that nothing was the matter, or, `after` the report, takes it back."""
    return is_called_off(line.text) or (after and is_retracted([line]))


def _takes_up_again(text: str, reader: Reader) -> bool:
    """Whether who had taken back their report says that it fails after all."""
    if "?" in text or laughs(text):
        return False
    again = reader.read(text).act is Act.STILL_BROKEN or denies_the_end(text) or is_back(text)
    return again or wants_it_after_all(text)


def _ends(text: str, gist: Gist, thing: str | None, reported: Sequence[str]) -> bool:
    """Whether a line says that what was `reported` is over, all of it."""
    order = order_of(text)
    if order is not None and order.order is Order.CANCEL:
        return True
    mended = find_system(without_why(text))
    of_another = is_another_thing(mended, thing) or _OTHER.search(plain(text))
    if "?" in text or works_in_part(text) or of_another:
        return False
    # By words that can mean nothing else: that a model takes them for it is not enough.
    return tells_it_is_mended(gist, thing, reported)
