"""What people who help each other say of what works: asked, or of another's thing, it ends nothing.

Pure. 'La mía sí funciona' is no news of the reporter's, and 'ya quedó?' none at all. Only the words
of one who says that the very thing works again are an all-clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from domain.gist import Act
from domain.incident import HAS_TICKET, OPEN_STATUSES, UNTICKETED
from domain.likeness import agree
from domain.room import OpenIncident, Remark, TurnFacts
from domain.sayings.mended import LONGEST_READ, works_again
from domain.wording import plain, words_of

# How long a question waits for its answer among people, and in so many remarks.
ANSWERED_WITHIN = timedelta(minutes=15)
_REMARKS = 3
# More words tell more than what works.
_SHORT = 8
_PIECE = re.compile(r"[^.,;!?¿\n]*[.,;!?\n]*")
# What asks of what stands before it: 'ya quedó, ¿verdad?'.
_TAG = re.compile(
    r"(?:verdad|cierto|correcto|no|si|eh|ya|o (?:no|que|aun no|todavia no|sigue\w*(?: \w+)?)|"
    r"alguien sabe|saben)"
)
_MAY_WORK = re.compile(
    r"\b(?:ya|qued\w+|funcion\w+|funca|jal\w+|sirv\w+|anda|anduvo|prend\w+|arranc\w+|volvio|"
    r"regreso|list[oa]s?|resuelt\w+|solucion\w+|arregl\w+|bien|perfecto|joya|al cien)\b"
)
# 'Ya quedó gracias quién fue?': only the end of it asks.
_ASKS_MORE = re.compile(r" (?:gracias|(?<!\bo )(?:quien|cuando|donde|cuant[oa]s?|por que|como))\b")
_THING = r"(?:(?!otra\b|vez\b|si\b|ya\b|no\b)\w+)"
_OTHER = (
    r"(?:(?:el|la|los|las) (?:otr[oa]s?(?! vez\b)|demas|de (?:al lado|junto|enfrente|arriba|abajo)|"
    r"vecin[oa]s?)|(?:el|la|los|las) (?:otr[oa]s?(?! vez\b)|demas) "
    rf"{_THING}(?: \d+)?|el resto)"
)
_RUNS = (
    r"(?:funciona\w*|jala\w*|sirve\w*|anda\w*|prende\w*|prendio|arranc\w+|enciende\w*|encendio|"
    r"imprime\w*|lee\w*|abre\w*|entra\w*|pasa\w*|cobra\w*|carga\w*|conecta\w*|agarra\w*|tiene\w*|"
    r"hay|va|van|esta\w*|pesa\w*|marca\w*)"
)
_GOOD = r"(?:bien|ok|normal\w*|perfect\w+|sin problemas?|al cien|de diez|joya)"
# 'La otra sí funciona', 'sí jala en la otra caja'; not 'con la otra sí jala', 'ya quedó la otra'.
_OTHER_WORKS = re.compile(
    rf"^(?:(?:y|pero|no|pues|solo|nomas|bueno|es que|si|en|ah) )*{_OTHER} (?:(?:me|nos|se) )*"
    rf"(?:(?:si|tambien) (?:(?:me|nos|se) )*{_RUNS}\b|{_RUNS} {_GOOD}\b|si$)|"
    rf"^(?:(?:y|pero|no|pues) )*si (?:me |nos |se )?{_RUNS} (?:en )?{_OTHER}$"
)
# 'Ya prende la otra' of who reported one; 'la otra ya quedó' tells what was mended.
_OTHER_AGAIN = re.compile(
    rf"^(?:(?:y|pero|no|pues|bueno|listo|oigan|al menos|por lo menos) )*(?:"
    rf"ya (?:(?:me|nos|se) )*{_RUNS}(?: {_GOOD})? {_OTHER}|"
    rf"{_OTHER} ya (?:(?:me|nos|se) )*{_RUNS}(?: {_GOOD})?)"
    r"(?: (?:gracias|muchas|ya|por fin))*$"
)
_SEVERAL = re.compile(r"\b(?:ni|dos|ambas|ambos|tres|las|los|\d+ y)\b")
_OTHER_NAMED = re.compile(r"\botr[oa]s? (?!vez\b)")
# What is the writer's own; 'a mí me dicen que ya quedó' is of whoever it is.
_TELLS = r"(?:me |ya |nos )*(?:parece\w*|dij\w+|dic\w+|avis\w+|confirm\w+|inform\w+|const\w+)"
_PEOPLE = r"(?:jef|companer|coleg|herman|espos|tecnic|gerent|supervis|encargad|inge|hij|gente)"
_OWN = re.compile(
    r"\b(?:el|la|los|las|al|del) (?:mi[oa]s?|nuestr[oa]s?)\b|"
    rf"\ba (?:mi|nosotr[oa]s) (?=(?:ya|si|tambien|me|nos|todo|aqui|aca)\b)(?!{_TELLS})|"
    r"\b(?:yo|nosotr[oa]s) (?:si|ya) (?:me |nos )*(?:teng\w+|tenemos|pued\w+|podemos|pude|pudimos|"
    r"cobr\w+|entr\w+|factur\w+|conect\w+)\b|"
    rf"\b(?:mi|nuestr[oa]) (?!{_PEOPLE}){_THING}(?: \d+)? (?:ya|si|tambien) |"
    r"\ben (?:mi|nuestr[oa]) (?:caja|tienda|local|sucursal|punto|area|zona|lado)\b|\bconmigo\b"
)
_HERE = re.compile(r"^(?:(?:y|pero|pues|no|si|por|ya) )*(?:aqui|aca)\b|\b(?:aqui|aca)$")
_AGAIN_HERE = re.compile(
    r"\b(?:ya|otra vez|de nuevo|por fin|volv\w+|regres\w+|qued\w+|arregl\w+|solucion\w+|"
    r"resuelt\w+|resolvi\w+|repar\w+)\b"
)
_ALREADY = re.compile(r"\bya\b")
# 'Ahí sí funciona', 'esa sí arrancó', 'sí hay': answers to what was asked right before.
_ANSWERS = re.compile(
    r"^(?:(?:ah|no|pues|uy|bueno|en) )*(?:(?:ahi|alla|es[ae]s?|eso|aquell[oa]s?) )?(?:si|tambien) "
)
_ASKS_OF_ANOTHER = re.compile(
    r"^(?:(?:y|pero|oye|oigan|ah|ya|por) )*(?:(?:en|con|de) )?(?:el|la|los|las|tu|tus|su|sus) "
    rf"{_THING}(?: (?:de |del |la |al )*{_THING}){{0,2}}$"
)


def ends_nothing(turn: TurnFacts, met: OpenIncident, said: Sequence[Remark] = ()) -> bool:
    """Whether what a turn says of something that works is no all-clear of an incident: it asks, or
    tells of another's thing or of another thing. `said` is what the chat said before, oldest
    first."""
    text = turn.gist.text[:LONGEST_READ]
    return (
        _only_asks(text)
        or _is_of_the_writer(turn, met)
        or _is_of_another_thing(text, met, said)
        or _is_of_the_other(turn, met, said)
        or _answers_of_another(turn, met, said)
    )


def act_of_aside(turn: TurnFacts, met: OpenIncident) -> Act:
    """What a turn does there that ends nothing, though it reads like an all-clear.

    Its reporter, and who names the thing, ask how the repair goes; others ask the reporter.
    """
    if turn.from_support:
        return Act.DETAIL
    if _only_asks(turn.gist.text[:LONGEST_READ]):
        theirs = turn.person_id == met.reporter_id or _shares(turn.gist.text, met)
        return Act.STATUS_QUESTION if theirs and met.status in OPEN_STATUSES else Act.CHATTER
    return Act.DETAIL if met.status in HAS_TICKET else Act.CHATTER


def _only_asks(text: str) -> bool:
    """Whether something that may work is asked for, and nothing is said to."""
    pieces = list(_pieces(text))
    asked = [piece for piece, asks in pieces if asks]
    rest = " ".join(piece for piece, asks in pieces if not asks)
    if not asked or _MAY_WORK.search(rest) or works_again(rest):
        return False
    return not any(_MAY_WORK.search(one) and _ASKS_MORE.search(one) for one in asked)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a text without punctuation, and whether each is a question."""
    found: list[tuple[str, bool]] = []
    for match in _PIECE.finditer(text):
        words, asks = plain(match.group()), "?" in match.group()
        asks = asks or text[match.start() - 1 : match.start()] == "¿"
        if asks and found and _TAG.fullmatch(words):
            found[-1] = (found[-1][0], True)
        elif words:
            found.append((words, asks))
    return iter(found)


def _is_of_the_writer(turn: TurnFacts, met: OpenIncident) -> bool:
    """Whether somebody else tells of what is theirs: what is of the same store is the same."""
    if turn.person_id == met.reporter_id or turn.from_support:
        return False
    store = turn.gist.said_store or turn.home_store
    if agree(store, met.store):
        return False
    if turn.gist.said_store and met.store:
        return True
    said = plain(turn.gist.text)
    # Of an outage 'here' is what everybody tells; without a ticket it would end what others have.
    # 'Acá anda bien', without an 'again', is said where it never failed.
    never = turn.person_id not in met.participants and not _AGAIN_HERE.search(said)
    elsewhere = agree(turn.home_store, met.store) is False
    alone = met.status in UNTICKETED and met.parent is None
    here = (alone or never or elsewhere) and _HERE.search(said)
    return bool(here or _OWN.search(said))


def _is_of_another_thing(text: str, met: OpenIncident, said: Sequence[Remark]) -> bool:
    """Whether another thing is said to work: what was reported as 'the other' is none."""
    pieces = re.split(r" y ", " y ".join(piece for piece, _ in _pieces(text)))
    if not any(_OTHER_WORKS.search(piece) for piece in pieces):
        return False
    rest = [piece for piece in pieces if not _OTHER_WORKS.search(piece)]
    if any(map(works_again, rest)):
        return False
    reported = [r.text for r in said if r.incident_id == met.id and r.person_id == met.reporter_id]
    return not any(_OTHER_NAMED.search(plain(one)) for one in reported)


def _is_of_the_other(turn: TurnFacts, met: OpenIncident, said: Sequence[Remark]) -> bool:
    """Whether 'the other' is said to work again by who spoke of one incident alone, and of one
    thing in it: that is not what was reported."""
    pieces = [piece for piece, _ in _pieces(turn.gist.text[:LONGEST_READ])]
    if not any(map(_OTHER_AGAIN.search, pieces)):
        return False
    if any(works_again(piece) for piece in pieces if not _OTHER_AGAIN.search(piece)):
        return False
    spoken = {r.incident_id for r in said if r.person_id == turn.person_id and r.incident_id}
    reported = [r.text for r in said if r.incident_id == met.id and r.person_id == met.reporter_id]
    told = plain(" ".join(reported))
    return spoken <= {met.id} and not (_OTHER_NAMED.search(told) or _SEVERAL.search(told))


def _answers_of_another(turn: TurnFacts, met: OpenIncident, said: Sequence[Remark]) -> bool:
    """Whether a few words answer what somebody just asked of another thing."""
    words = plain(turn.gist.text)
    if len(words.split()) > _SHORT or not _ANSWERS.search(words) or _ALREADY.search(words):
        return False
    lately = (r for r in reversed(said[-_REMARKS:]) if r.person_id != turn.person_id)
    asked = next(lately, None)
    if asked is None or "?" not in asked.text or turn.at - asked.at > ANSWERED_WITHIN:
        return False
    question = plain(asked.text)
    if _OTHER_NAMED.search(question):
        return True
    return bool(_ASKS_OF_ANOTHER.search(question)) and not _shares(asked.text, met)


def _shares(text: str, met: OpenIncident) -> bool:
    """Whether words name what an incident is about."""
    return bool(met.system and words_of(text) & words_of(met.system))
