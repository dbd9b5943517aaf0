"""What one exported message may hold: files, marks, mentions, odd senders, odd characters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.message import Attachment, Message, MessageKind
from tools.channels.export.reader import Export, read_export

MEXICO = ZoneInfo("America/Mexico_City")
NORTE = Path(__file__).parents[1] / "fixtures/exports/Chat de WhatsApp con Tiendas Norte.txt"
Said = Callable[[str], Message]


@pytest.fixture
def export_of(tmp_path: Path) -> Callable[[str], Export]:
    def write(text: str) -> Export:
        path = tmp_path / "grupo.txt"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return read_export(path, zone=MEXICO)

    return write


@pytest.fixture
def said(export_of: Callable[[str], Export]) -> Said:
    def one(body: str) -> Message:
        (message,) = export_of(f"12/3/25, 09:10 - Ana: {body}\n").messages
        return message

    return one


def test_attachments_captions_and_phones_of_the_spanish_fixture() -> None:
    messages = list(read_export(NORTE, zone=MEXICO).messages)
    photo, answer, omitted, edited = messages[2:6]
    assert photo.text == "así se ve la pantalla"
    assert photo.attachments == (
        Attachment("image/jpeg", filename="IMG-20250312-WA0001.jpg", error="omitted"),
    )
    assert answer.sender.phone == "5215500000000"
    assert answer.sender.name == "+52 1 55 0000 0000"
    assert answer.text == "aquí igual @Lupita Caja @5215500000001"
    assert answer.mentions == ("Lupita Caja", "5215500000001")
    assert omitted.sender.name == "Beto"
    assert omitted.attachments == (Attachment("application/octet-stream", error="omitted"),)
    assert (edited.text, edited.raw["edited"]) == ("¿De qué tienda?", True)
    kinds = {m.text: m.kind for m in messages}
    assert kinds["te mando la factura (archivo adjunto)"] is MessageKind.TEXT
    assert kinds["Ana añadió a Luis: ¿ya viste?"] is MessageKind.TEXT
    assert kinds["¿A qué hora pueden ir?\n- 10:00\n- 11:00"] is MessageKind.POLL


@pytest.mark.parametrize(
    ("body", "kind", "text", "mimetype"),
    [
        ("<Media omitted>\nsee this", MessageKind.DOCUMENT, "see this", "application/octet-stream"),
        ("imagen omitida", MessageKind.IMAGE, "", "image/jpeg"),
        ("mira \u200eimagen omitida", MessageKind.IMAGE, "mira", "image/jpeg"),
        ("VID-1.mp4 (file attached)\na\nb", MessageKind.VIDEO, "a\nb", "video/mp4"),
        ("Lista.xlsx (archivo adjunto)", MessageKind.DOCUMENT, "", None),
        ("../../etc/clave.png (archivo adjunto)", MessageKind.IMAGE, "", "image/png"),
        ("\u200eContrato (archivo adjunto)", MessageKind.DOCUMENT, "", "application/octet-stream"),
        ("la imagen omitida es esta", MessageKind.TEXT, "la imagen omitida es esta", None),
    ],
)
def test_files(said: Said, body: str, kind: MessageKind, text: str, mimetype: str | None) -> None:
    message = said(body)
    assert (message.kind, message.text) == (kind, text)
    if kind is not MessageKind.TEXT:
        assert message.attachments[0].error == "omitted"
        assert mimetype in (None, message.attachments[0].mimetype)
        assert "/" not in (message.attachments[0].filename or "")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Se eliminó este mensaje", MessageKind.REVOKED_UNSEEN),
        ("Este mensaje fue eliminado", MessageKind.REVOKED_UNSEEN),
        ("Se eliminó este mensaje por el admin. Rosa.", MessageKind.REVOKED_UNSEEN),
        ("Solo puedes ver este mensaje una vez", MessageKind.PLACEHOLDER),
        ("You received a view once message. For added privacy…", MessageKind.PLACEHOLDER),
        ("Esperando este mensaje. Esto puede tomar tiempo.", MessageKind.PLACEHOLDER),
        ("ubicación en tiempo real compartida", MessageKind.LOCATION),
        ("Encuesta: ¿vienen?", MessageKind.TEXT),
        ("se eliminó este mensaje del cliente por error", MessageKind.TEXT),
        ("https://maps.google.com/?q=1,1", MessageKind.TEXT),
    ],
)
def test_kinds(said: Said, body: str, kind: MessageKind) -> None:
    assert said(body).kind is kind


def test_mention_of_a_number_and_of_a_name(said: Said) -> None:
    message = said(
        "@\u2068+52 1 55 1111 2222\u2069 y @\u2068Ana Ruiz\u2069, correo a@5215500000001"
    )
    assert message.mentions == ("5215511112222", "Ana Ruiz")
    assert message.text == "@+52 1 55 1111 2222 y @Ana Ruiz, correo a@5215500000001"


def test_characters_that_no_database_takes_are_removed(said: Said) -> None:
    assert said("no\x00 \ud83dimprime\x1b[2J \U0001f468\u200d\U0001f527").text == (
        "no imprime[2J \U0001f468\u200d\U0001f527"
    )


def test_other_line_separators_do_not_end_a_message(said: Said) -> None:
    assert said("uno\u2028dos\x85tres").text == "uno\u2028dostres"


def test_text_with_colons_belongs_to_the_first_name(said: Said) -> None:
    assert said("nota: tienda: 45").text == "nota: tienda: 45"


def test_an_empty_text_keeps_its_sender(export_of: Callable[[str], Export]) -> None:
    (message,) = export_of("12/3/25, 09:10 - Ana:\nsegunda línea\n").messages
    assert (message.sender.name, message.text) == ("Ana", "segunda línea")


def test_order_and_ids_are_stable(export_of: Callable[[str], Export]) -> None:
    export = export_of("".join(f"12/3/25, 09:10 - Ana: {n % 2}\n" for n in range(20)))
    first, again = list(export.messages), list(export.messages)
    assert [m.text for m in first] == [str(n % 2) for n in range(20)]
    assert [m.id for m in first] == [m.id for m in again]
    assert len({m.key for m in first}) == 20
    assert all(len(m.id) == 20 for m in first)


def test_a_numbered_line_goes_on_with_the_message(export_of: Callable[[str], Export]) -> None:
    (message,) = export_of("12/3/25, 09:10 - Ana: lista\n45/99/20, 10:00 - x: y\n1. uno\n").messages
    assert message.text == "lista\n45/99/20, 10:00 - x: y\n1. uno"


def test_days_that_do_not_exist_are_skipped(export_of: Callable[[str], Export]) -> None:
    export = export_of(
        "13/3/25, 09:10 - Ana: a\n14/3/25, 09:10 - Ana: b\n3/14/25, 09:11 - Ana: c\n"
    )
    assert [m.text for m in export.messages] == ["a", "b"]
    assert [(s.number, s.reason) for s in export.skipped] == [(3, "no such day in this file")]


def test_lines_before_the_first_message_are_skipped(export_of: Callable[[str], Export]) -> None:
    export = export_of("Historial\n\n12/3/25, 09:10 - Ana: hola\n")
    assert export.count == 1
    assert [(s.number, s.text) for s in export.skipped] == [(1, "Historial")]


def test_a_message_without_end_is_cut(export_of: Callable[[str], Export]) -> None:
    export = export_of("12/3/25, 09:10 - Ana: hola\n" + "x" * 60_000 + "\n" + "y" * 60_000 + "\n")
    assert export.count == 1
    assert len(next(iter(export.messages)).text) < 100_000
    assert len(export.skipped) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Rosa: \u200eRosa añadió a Luis",
        "Rosa: \u200eRosa cambió el ícono del grupo",
        "Norte: \u200eLos mensajes y las llamadas están cifrados de extremo a extremo.",
        "Norte: Los mensajes y las llamadas están cifrados de extremo a extremo.",
        "Rosa: Rosa salió del grupo",
        "Rosa: \u200eRosa changed this group's icon",
        "Rosa: \u200eVideollamada perdida a las 10:15",
        "Rosa: \u200eLlamada de voz. \u200e3 min",
        "\u200eRosa added you",
    ],
)
def test_notices_of_ios(export_of: Callable[[str], Export], line: str) -> None:
    export = export_of(f"[12/3/25, 14:33:40] {line}\n[12/3/25, 14:33:41] Ana: hola\n")
    assert [m.text for m in export.messages] == ["hola"]
    assert export.system_lines == 1
    assert export.skipped == []


@pytest.mark.parametrize(
    "line",
    [
        "Luis: Ana añadió a Pedro",
        "Luis: Luis llegó y la llamada se cortó",
        "Luis: se cambió el cable y sigue igual",
        "Luis: Llamada perdida del cliente, no contesta",
    ],
)
def test_people_who_sound_like_a_notice(export_of: Callable[[str], Export], line: str) -> None:
    for head in ("[12/3/25, 14:33:40] ", "12/3/25, 14:33 - "):
        export = export_of(f"{head}{line}\n")
        assert export.count == 1
        assert export.system_lines == 0


@pytest.mark.parametrize(
    "line",
    [
        'Rosa cambió el asunto de "A: b" a "Norte: c"',
        'You created group "Norte: c"',
        "El código de seguridad con Ana cambió. Toca para obtener más información.",
        "Ana se unió usando el enlace de invitación de este grupo",
        "Ana salió del grupo",
        "Llamada de voz perdida",
        "Rosa activó los mensajes temporales.",
        "Ana's security code changed. Tap to learn more.",
        "Rosa pinned a message",
    ],
)
def test_notices_of_android(export_of: Callable[[str], Export], line: str) -> None:
    export = export_of(f"12/3/25, 14:33 - {line}\n12/3/25, 14:33 - Ana: hola\n")
    assert (export.count, export.system_lines, export.skipped) == (1, 1, [])


def test_the_newest_subject_names_the_group(export_of: Callable[[str], Export]) -> None:
    export = export_of(
        '12/3/25, 14:33 - Rosa creó el grupo "Viejo"\n'
        '12/3/25, 14:34 - Rosa cambió el asunto de "Viejo" a "Norte: 45"\n'
        '12/3/25, 14:35 - Ana: cambió el asunto de "Norte" a "Falso"\n'
    )
    assert export.group_name == "Norte: 45"
