"""What linking sees of a chat: who is named, who answers whom, and never what comes later."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.linking import FEATURES, Line, Transcript
from domain.threads import SECOND_FEATURES, SHORTLIST, Linker, Threads

CHAT = [
    Line("ana", "ana", 0, "la impresora no imprime"),
    Line("beto", "Beto77", 1, "alguien sabe abrir la caja?"),
    Line("caro", "caro", 2, "beto: con la llave del gerente"),
    Line("ana", "ana", 3, "ya la reinicié y nada, la impresora sigue igual"),
]


def told(lines: Sequence[Line]) -> tuple[list[int], list[dict[str, float]]]:
    transcript = Transcript()
    for line in lines:
        transcript.hear(line)
    numbers, rows = transcript.describe()
    return numbers, [dict(zip(FEATURES, row, strict=True)) for row in rows]


def test_candidates_are_nearest_first_and_the_line_itself_last() -> None:
    numbers, facts = told(CHAT)
    assert numbers == [2, 1, 0, 3]
    assert [fact["self"] for fact in facts] == [0, 0, 0, 1]


def test_a_name_without_its_number_still_names_its_bearer() -> None:
    _, facts = told(CHAT[:3])
    assert facts[0]["names_author"] > 0  # 'beto:' is Beto77, the line just before.
    assert facts[1]["names_author"] == 0


def test_ones_own_last_line_and_its_rare_words_are_seen() -> None:
    _, facts = told(CHAT)
    own = facts[2]
    assert own["same_author"] == 1
    assert own["likeness"] > facts[1]["likeness"]
    assert own["minutes"] == 3


def test_a_word_that_everybody_uses_is_no_name() -> None:
    crowd = [Line(f"p{n}", f"p{n}xx", n, "la caja otra vez") for n in range(8)]
    named_so = Line("x", "caja", 9, "hola")
    _, facts = told([*crowd, named_so, Line("ana", "ana", 10, "no abre la caja de aquí")])
    assert facts[0]["names_author"] == 0
    _, facts = told([*crowd, named_so, Line("ana", "ana", 10, "caja: no abre")])
    assert facts[0]["names_author"] > 0


def test_what_comes_later_changes_nothing() -> None:
    transcript = Transcript()
    seen = []
    for line in CHAT:
        transcript.hear(line)
        seen.append(transcript.describe())
    for length, before in enumerate(seen, start=1):
        fresh = Transcript()
        for line in CHAT[:length]:
            fresh.hear(line)
        assert fresh.describe() == before


class Nearest:
    """Prefers one's own lines, else starts something new; ties go to the nearer."""

    def score(self, rows: Sequence[Sequence[float]]) -> list[float]:
        same, alone = FEATURES.index("same_author"), FEATURES.index("self")
        return [2 * row[same] - 1.5 * row[alone] for row in rows]


def test_a_linker_grows_threads_and_says_how_sure_it_is() -> None:
    linker = Linker(Nearest(), Nearest())
    found = [linker.hear(line) for line in CHAT]
    assert [each.parent for each in found] == [0, 1, 2, 0]
    assert all(0 < each.chance <= 1 for each in found)
    cautious = Linker(Nearest(), Nearest(), bias=10.0)
    assert [cautious.hear(line).parent for line in CHAT] == [0, 1, 2, 3]


def test_the_second_look_knows_the_conversation_of_each_candidate() -> None:
    transcript = Transcript()
    threads = Threads(transcript)
    for number, (line, parent) in enumerate(zip(CHAT[:3], (0, 1, 1), strict=True)):
        transcript.hear(line)
        threads.link(number, parent)
    transcript.hear(Line("beto", "Beto77", 4, "gracias caro"))
    numbers, rows = transcript.describe()
    listed = threads.shorten(numbers, rows, [0.0] * len(numbers))
    facts = {
        number: dict(zip(SECOND_FEATURES, row, strict=True))
        for number, row in zip(listed.numbers, listed.rows, strict=True)
    }
    assert facts[2]["thread_size"] == 2
    assert facts[2]["replies_to_me"] == 1
    assert facts[2]["thread_has_last_own"] == 1
    assert facts[0]["thread_size"] == 1
    assert facts[0]["thread_has_last_own"] == 0
    assert facts[3]["thread_size"] == -1  # The line itself has no conversation yet.


def test_the_shortlist_keeps_the_best_and_the_line_itself() -> None:
    transcript = Transcript()
    for minute in range(40):
        transcript.hear(Line(f"p{minute % 5}", f"p{minute % 5}", minute, "algo"))
    numbers, rows = transcript.describe()
    scores = [float(number) for number in numbers]
    listed = Threads(transcript).shorten(numbers, rows, scores)
    assert listed.numbers == (*range(38, 38 - SHORTLIST, -1), 39)


def test_a_line_that_nobody_wrote_is_heard_without_harm() -> None:
    transcript = Transcript()
    transcript.hear(Line("", "", 0, "", "system"))
    transcript.hear(Line("ana", "ana", 0, ""))
    _, rows = transcript.describe()
    assert rows[-1][FEATURES.index("self")] == 1
    assert rows[0][FEATURES.index("likeness")] == pytest.approx(0.0)
