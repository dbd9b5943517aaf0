"""What WhatsApp itself writes into an exported chat, in Spanish and English.

Read off real exports' formats (facts/embedded-parts.md, section 6, and public parsers' tests); the
accents are optional where people's tools drop them. Nothing here is anybody's chat.
"""

from __future__ import annotations

import re

from domain.message import MessageKind

_I = re.IGNORECASE
# Whoever a notice is about. Without a colon, or 'Ana: Luis añadió a Eva' would be a notice.
_WHO = r"[^:\n]{1,120}?"

# A notice whose words may hold a colon (a group's old and new name). Tried before the sender is
# split off; every other notice is known by having no sender.
QUOTING_NOTICE = re.compile(
    rf"(?:{_WHO} )?(?:"
    r"cambi(?:ó|o|aste) (?:el asunto|el nombre del grupo|la descripci[óo]n)"
    r"|cre(?:ó|o|aste) el grupo|changed the (?:subject|group name|group description)"
    r"|created (?:the )?group)"
    r"(?: (?:del grupo|de|a|from|to))* ?[\"“«].*",
    re.DOTALL,
)

# Names of groups in notices: the newest one is the group's name.
GROUP_NAME = (
    re.compile(r"(?:cre(?:ó|o|aste) el grupo|created (?:the )?group) [\"“«](?P<name>.+)[\"”»]"),
    re.compile(
        r"(?:asunto|nombre del grupo|subject|group name)\b.*? (?:a|to) "
        r"[\"“«](?P<name>[^\"“«]+)[\"”»]"
    ),
)

ENCRYPTION = re.compile(
    r"cifrad[oa]s? de extremo a extremo|end-to-end encrypt|cifrado de extremo a extremo", _I
)

NOTICE = re.compile(
    ENCRYPTION.pattern + r"|c[óo]digo de seguridad|security code"
    r"|a[ñn]adi(?:ó|o|ste) a\b|te a[ñn]adi[óo]|agreg(?:ó|o|aste) a\b|te agreg[óo]|se a[ñn]adi[óo]"
    r"|\badded\b|\bremoved\b|\bsacaste a\b|\bexpuls(?:ó|aste) a\b"
    r"|elimin(?:ó|o|aste) a\b|te elimin[óo]"
    r"|sali(?:ó|o|ste)(?: del grupo)?[. ]*$|\bleft[. ]*$|abandon(?:ó|aste) el grupo"
    r"|se uni(?:ó|o|eron)\b|te uniste|\bjoined\b|solicit(?:ó|aste) unirse|requested to join"
    r"|cre(?:ó|o|aste) (?:el|este) grupo|created (?:this |the )?group"
    r"|cambi(?:ó|o|aste) (?:el|la|los|las|tu|su|este|esta|de n[úu]mero|a)\b"
    r"|\bchanged (?:the|this|their|your|to)\b|elimin(?:ó|o|aste) (?:el [íi]cono|la foto|la desc)"
    r"|deleted (?:the|this) group"
    r"|\badmin(?:istrador|\.)?\b|fij(?:ó|o|aste) un mensaje|\bpinned a message"
    r"|mensajes temporales|duraci[óo]n (?:de los|predeterminada)|disappearing messages"
    r"|message timer|comunidad|community|configuraci[óo]n (?:de|del)|group settings"
    r"|bloqueaste|desbloqueaste|\bblocked this|enlace de invitaci[óo]n|invite link"
    r"|llamada|\bcall\b|cuenta de empresa|business account|toca para|tap to (?:learn|change)"
    r"|este grupo|this group|en espera de que|evento|event\b",
    _I,
)

# A notice even where WhatsApp's invisible mark got lost on the way.
STANDING_NOTICE = re.compile(
    r"(?:los mensajes|las llamadas|messages)\b.{0,60}(?:" + ENCRYPTION.pattern + ")", _I
)
ACTOR_NOTICE = re.compile(
    r"(?:te |se )?(?:a[ñn]adi[óo]|agreg[óo])(?: a\b|$)|cambi[óo] (?:el asunto|el [íi]cono|la desc)"
    r"|cambi[óo] (?:el nombre|la foto|la imagen) del grupo|cre[óo] (?:el|este) grupo"
    r"|sali[óo] del grupo|se uni[óo] (?:usando|mediante|con)|added |left$|joined using"
    r"|changed (?:the subject|the group|this group)|created (?:this |the )?group",
    _I,
)

CALL = re.compile(
    r"(?:video)?llamada(?: de (?:voz|video)| grupal)*(?: grupal)? perdida"
    r"(?: de (?:voz|video))?(?: a las? [\d:]{4,5}.{0,8})?\.?"
    r"|missed (?:group )?(?:voice |video )?call(?: at [\d:]{4,5}.{0,5})?\.?"
    r"|(?:(?:video)?llamada(?: de (?:voz|video)| grupal)?|(?:voice|video) call)"
    r"[,.] ?\u200e.{1,40}",
    _I,
)

EDITED = re.compile(
    r"\u200e?<(?:se edit[óo] este mensaje|mensaje editado|this message was edited)\.?>$", _I
)

DELETED = re.compile(
    r"(?:se elimin[óo] este mensaje|eliminaste este mensaje|este mensaje fue eliminado"
    r"|this message was deleted|you deleted this message)"
    r"(?: (?:por|by) .{1,120})?\.?",
    _I,
)

# What cannot be read from an export, nor on a second device.
UNREADABLE = re.compile(
    r"(?:recibiste|enviaste) un mensaje de visualizaci[óo]n [úu]nica.*"
    r"|s[óo]lo puedes ver este mensaje una vez.*"
    r"|you (?:received|sent) a view once message.*|you can only view this message once.*"
    r"|null"
    r"|esperando (?:el|este) mensaje.*|waiting for this message.*"
    r"|no se puede mostrar este mensaje aqu[íi].*|this message can.?t be displayed here.*",
    _I,
)
VIEW_ONCE = re.compile(r"visualizaci[óo]n|una vez|view once|only view|null", _I)

POLL = re.compile(r"(?:encuesta|poll):[ \n](?P<rest>.*)", _I | re.DOTALL)
POLL_OPTION = re.compile(r"(?:^|\s)(?:opci[óo]n|option): ", _I)
POLL_VOTES = re.compile(r"\([\d.,]+ (?:votos?|votes?)\)$", _I)

LOCATION = re.compile(
    r"(?:ubicaci[óo]n|location): (?P<link>https?://\S+)(?P<after>.*)", _I | re.DOTALL
)
LIVE_LOCATION = re.compile(
    r"(?:ubicaci[óo]n en tiempo real compartida|live location shared)(?P<after>.*)", _I | re.DOTALL
)

# iOS: 'caption \u200e<attached: name>'; Android: 'name (file attached)' and the caption below it.
IOS_ATTACHED = re.compile(
    r"^(?P<before>.*?)\u200e?<(?:archivo )?(?:adjunto|attached): (?P<name>[^<>\n]{1,255})>"
    r"(?P<after>.*)$",
    _I | re.DOTALL,
)
ANDROID_ATTACHED = re.compile(
    r"^(?P<mark>\u200e?)(?P<name>[^\n]{1,255}?) \((?:archivo adjunto|file attached)\)"
    r"[ \t]*(?P<after>(?:\n.*)?)$",
    _I | re.DOTALL,
)

_OMITTED_KINDS: tuple[tuple[str, MessageKind, str], ...] = (
    (r"(?:imagen|foto) omitida|image omitted|photo omitted", MessageKind.IMAGE, "image/jpeg"),
    (
        r"v[íi]deo omitido|nota de v[íi]deo omitida|video(?: note)? omitted"
        r"|gif omitido|gif omitted",
        MessageKind.VIDEO,
        "video/mp4",
    ),
    (
        r"audio omitido|nota de (?:audio|voz) omitida|audio omitted|voice message omitted",
        MessageKind.AUDIO,
        "audio/ogg",
    ),
    (
        r"(?:sticker|figurita|pegatina) omitid[oa]|sticker omitted",
        MessageKind.STICKER,
        "image/webp",
    ),
    (
        r"(?:tarjeta de )?contacto omitid[oa]|contact(?: card)? omitted",
        MessageKind.CONTACT,
        "text/vcard",
    ),
    # The last is Android's word for a file of any kind.
    (
        r"(?:documento|archivo) omitido|(?:document|file) omitted"
        r"|(?:archivo )?multimedia omitid[oa]|media omitted",
        MessageKind.DOCUMENT,
        "application/octet-stream",
    ),
)
# Before the words stands nothing, or whatever ends in WhatsApp's own mark.
OMITTED = re.compile(
    r"^(?P<before>(?:.*\u200e)?)<?(?:"
    + "|".join(f"(?P<k{n}>{words})" for n, (words, _, _) in enumerate(_OMITTED_KINDS))
    + r")>?[ \t]*(?P<after>(?:\n.*)?)$",
    _I | re.DOTALL,
)


def omitted_kind(found: re.Match[str]) -> tuple[MessageKind, str]:
    """Kind and media type of what `OMITTED` found."""
    for n, (_, kind, mimetype) in enumerate(_OMITTED_KINDS):
        if found[f"k{n}"] is not None:
            return kind, mimetype
    raise AssertionError(found.re.pattern)


# The phone's language shows in its own words first, in the clock next, in the talk last.
SPANISH_PHONE = re.compile(
    r"cifrad[oa]s? de extremo|\(archivo adjunto\)|<adjunto: |omitid[oa]>?$|este mensaje\b.{0,2}$"
    r"|Se edit[óo] este mensaje|a[ñn]adi[óo] a |\bcambi[óo] |\bcre[óo] |sali[óo] del grupo"
    r"|se uni[óo] |(?:ENCUESTA|OPCI[ÓO]N):|[Uu]bicaci[óo]n: http|^Eliminaste "
)
ENGLISH_PHONE = re.compile(
    r"end-to-end encrypt|\(file attached\)|<attached: |omitted>?$|message was (?:deleted|edited)"
    r"|deleted this message| added | changed | created |\bleft$| joined "
    r"|(?:POLL|OPTION):|[Ll]ocation: http"
)
SPANISH_TALK = re.compile(
    r"\b(?:de|la|el|que|en|los|las|por|una?|est[áa]|ya|se|hola|buen[oa]s|tienda|gracias)\b", _I
)
ENGLISH_TALK = re.compile(
    r"\b(?:the|is|and|of|not|it|we|to|are|hello|store|please|thanks|you|this|have|on)\b", _I
)
