"""What simpler programs make of the same chats: the yardsticks beside every figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from sklearn.feature_extraction.text import TfidfVectorizer

from domain.gist import Gist
from domain.incident import Priority
from evals.group.chat import LabelledChat, Said
from evals.group.run import SaidIncident
from tools.models.local.reader import INCIDENT_THRESHOLD, LocalReader

# How long an incident stays open where nothing closes it.
OPEN_FOR = timedelta(hours=12)
ALIKE = 0.2
Picks = list[str | None]
Baseline = Callable[[LabelledChat, Sequence[Gist]], Picks]


def keyword(chat: LabelledChat, gists: Sequence[Gist]) -> Picks:
    """A trigger word makes an incident of its own."""
    return [f"k{n}" if gist.trigger_words else None for n, gist in enumerate(gists)]


def newest_open_incident(chat: LabelledChat, gists: Sequence[Gist]) -> Picks:
    """Whatever passes the local gate goes to the newest incident, or starts one."""
    return _walk(chat, gists, lambda earlier, said: earlier[-1] if earlier else None)


def same_sender(chat: LabelledChat, gists: Sequence[Gist]) -> Picks:
    """Whatever passes the local gate goes to its sender's newest incident, or starts one."""

    def pick(earlier: list[tuple[Said, str]], said: Said) -> tuple[Said, str] | None:
        return next((one for one in reversed(earlier) if one[0].sender == said.sender), None)

    return _walk(chat, gists, pick)


def tf_idf(chat: LabelledChat, gists: Sequence[Gist]) -> Picks:
    """Whatever passes the local gate goes to the incident with the most similar message."""
    texts = [message.text or "" for message in chat.messages]
    if not any(text.strip() for text in texts):
        return [None] * len(texts)
    rows = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)).fit_transform(texts)
    row_of = {message.id: n for n, message in enumerate(chat.messages)}

    def pick(earlier: list[tuple[Said, str]], said: Said) -> tuple[Said, str] | None:
        if not earlier:
            return None
        alike = (rows[[row_of[one.id] for one, _ in earlier]] @ rows[row_of[said.id]].T).toarray()
        best = int(alike.argmax())
        return earlier[best] if alike[best, 0] >= ALIKE else None

    return _walk(chat, gists, pick)


def _walk(
    chat: LabelledChat,
    gists: Sequence[Gist],
    pick: Callable[[list[tuple[Said, str]], Said], tuple[Said, str] | None],
) -> Picks:
    earlier: list[tuple[Said, str]] = []
    picks: Picks = []
    for number, (said, gist) in enumerate(zip(chat.messages, gists, strict=True)):
        if gist.incident < INCIDENT_THRESHOLD:
            picks.append(None)
            continue
        near = [one for one in earlier if said.at - one[0].at <= OPEN_FOR]
        chosen = pick(near, said)
        picks.append(chosen[1] if chosen else f"i{number}")
        earlier.append((said, str(picks[-1])))
    return picks


BASELINES: dict[str, Baseline] = {
    "keyword": keyword,
    "newest-open-incident": newest_open_incident,
    "same-sender": same_sender,
    "tf-idf": tf_idf,
}


def read_all(chat: LabelledChat) -> list[Gist]:
    """What the local reader makes of each message alone."""
    reader = LocalReader()
    return [
        reader.read(said.text or "", group_name=chat.group, sender_name=said.name)
        for said in chat.messages
    ]


def incidents_of(picks: Picks, gists: Sequence[Gist]) -> dict[str, SaidIncident]:
    """The incidents of a baseline: each field as first said, urgent once somebody is."""
    members: dict[str, list[Gist]] = {}
    for pick, gist in zip(picks, gists, strict=True):
        if pick is not None:
            members.setdefault(pick, []).append(gist)
    found = {}
    for name, said in members.items():
        urgent = any(gist.priority is Priority.URGENT for gist in said)
        found[name] = SaidIncident(
            id=name,
            store=next((g.store for g in said if g.store), None),
            system=next((g.system for g in said if g.system), None),
            error=next((g.error for g in said if g.error), None),
            category=said[0].category.value,
            priority=(Priority.URGENT if urgent else Priority.NORMAL).value,
            parent=None,
            status="",
        )
    return found
