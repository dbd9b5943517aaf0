"""Few words that tell of harm done to a store or to people in it: a theft, water that comes in, a
ceiling that fell, a socket on fire, somebody hurt. Pure.

No more may stand in them than when and where it was, a greeting and a plea: 'nos robaron el
partido', 'nos robaron en la calle' and 'se metió agua a mi casa' are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.wording import laughs, plain

LONGEST = 160
_PLACE_OF_WORK = (
    r"(?:tienda|sucursal|suc|local|negocio|bodega|almacen|deposito|oficina|farmacia|comedor|cocina|"
    r"bano|entrada|cajas?(?: \d{1,2})?|area de cajas|piso(?: de ventas?)?|trastienda|probadores?)"
)
_WHEN = (
    r"(?:anoche|anteanoche|ayer|hoy|ahora|ahorita|ahorita mismo|recien|temprano|"
    r"(?:ayer|hoy|anoche|esta|este)? ?(?:en|por|a|de)? ?(?:la |el )?(?:noche|madrugada|manana|"
    r"tarde|"
    r"mediodia|fin de semana)|hace (?:un )?(?:rato|ratito|momento)|en este momento|"
    r"otra vez|de nuevo|nuevamente|de vuelta)"
)
_WHERE = (
    rf"(?:aca|aqui|(?:en|a|al|por|del|de|dentro de|adentro de) (?:la |el |toda la |todo el )?"
    rf"{_PLACE_OF_WORK}(?: (?:numero |no |num )?\d{{1,4}})?|(?:en|de|por|aca en|aqui en) (?:la |el "
    rf")?"
    rf"(?:(?:tienda|sucursal|suc|local|sede) )?(?:numero |no |num )?\d{{1,4}}|"
    rf"(?:tienda|sucursal|suc|local|sede) \d{{1,4}})"
)
_PLEA = (
    r"(?:(?:que alguien )?(?:me |nos )?(?:ayuda|auxilio|ayuden(?:me|nos)?|apoyo|apoyen(?:me|nos)?)|"
    r"por (?:favor|fa|fis)|porfa\w*|urge|urgente|es urgente|es una emergencia|emergencia|"
    r"que (?:hago|hacemos)|a quien le aviso|gracias|saludos)"
)
_CALL = (
    r"(?:hola|buen dia|buen[oa]s(?: (?:dias|tardes|noches))?|oigan?|oye|che|chicos|chicas|chic@s|"
    r"equipo|compas|companer[oa]s|jefe|jefa|amigos|soporte|senores|muchachos|gente|les aviso que|"
    r"aviso que|aviso|para avisar que|le aviso que|les (?:comento|informo|reporto|cuento) que|"
    r"(?:reporto|informo|comento) que|quiero reportar que|fijense que|fijate que|es que|y|ya|pues|"
    r"resulta que|parece que|creo que|(?:vimos|nos dimos cuenta de?|notamos) que|hoy que abrimos|"
    r"al abrir|llegamos y|llegue y|todo bien con eso "
    r"pero|ademas|aparte|tambien)"
)
_BEFORE = rf"(?:(?:{_CALL}|{_WHEN}|{_WHERE}|{_PLEA}) ){{0,5}}"
_AFTER = (
    rf"(?: (?:{_WHEN}|{_WHERE}|{_PLEA}|por (?:la|las|el|tanta) (?:lluvias?|aguacero|tormenta)|"
    r"con (?:la|esta) (?:lluvia|tormenta))){0,5}"
)
_GOODS = (
    r"(?:(?:la|el|las|los|un|una|unos|unas|toda|todo|todas|todos|mucha|mucho|varios|varias|algo|"
    r"dos|"
    r"tres|cuatro|\d{1,3}|de|lo|mas) ){0,3}(?:mercancia|mercaderia|producto|productos|dinero|plata|"
    r"efectivo|venta|recaudacion|caja(?: fuerte| chica)?|cajas|celular(?:es)?|telefonos?|tablets?|"
    r"computadoras?|laptops?|botellas|ropa|cables?|cobre|medidor|pantallas?|camaras?)"
)
_THEFT = (
    r"nos (?:(?:acaban de |estan )?(?:robaron|asaltaron|atracaron|chorearon|afanaron|saquearon|"
    r"desvalijaron|robando|asaltando|robar|asaltar|atracar))"
    rf"(?: {_GOODS}(?: y {_GOODS})?)?|"
    r"(?:se (?:nos )?(?:metieron|quisieron meter|intentaron meter)|entraron|se metio alguien|"
    r"quisieron entrar|intentaron entrar)"
    rf"(?: {_WHERE})? (?:a|para) robar(?:nos)?(?: {_GOODS})?|"
    rf"(?:se (?:nos )?metieron|entraron)(?: {_WHERE})? y (?:se (?:nos )?llevaron|robaron|sacaron) "
    rf"{_GOODS}(?: y {_GOODS})?|"
    r"(?:robaron|asaltaron|atracaron|saquearon|vandalizaron) (?:en )?(?:la|el|nuestra|nuestro) "
    r"(?:tienda|local|sucursal|negocio|bodega|almacen)"
)
_WATER = (
    r"(?:se (?:(?:me|nos) )?(?:esta )?(?:metio|metiendo|mete|colo)|nos (?:esta )?(?:entro|entra|"
    r"entrando)) (?:mucha |muchisima |bastante |toda )?(?:el )?agua|"
    r"(?:esta )?(?:entro|entra|entrando|ingreso|ingresa|ingresando) (?:mucha |muchisima |bastante "
    r")?"
    rf"(?:el )?agua {_WHERE}|"
    r"hay (?:mucha |muchisima )?agua (?:por todos lados|por todas partes|"
    rf"en tod[oa] (?:la |el )?{_PLACE_OF_WORK})|"
    rf"se (?:nos )?(?:esta )?(?:inundo|inunda|inundando) (?:todo|toda )?(?:la |el "
    rf")?{_PLACE_OF_WORK}"
)
_FELL = (
    r"se (?:(?:me|nos) )?(?:esta )?(?:cayo|cayendo|vino abajo|viene abajo|desprendio|desprendiendo|"
    r"desplomo|derrumbo|colapso|vencio) (?:un pedazo del? |una parte del? |parte del? |una? |todo "
    r")?"
    r"(?:(?:el|la|las|los) )?(?:plafon\w*|techo|cielo ?raso|cielorraso|cielo falso|falso techo|"
    r"barda|"
    r"pared|muro|laminas?|losa|tabla ?roca|marquesina)"
)
_BURNS = (
    r"se (?:(?:me|nos) )?(?:esta (?:quemando|prendiendo fuego|incendiando)|prendio fuego|incendio) "
    r"(?:una? |el |la )(?:contacto|enchufe|toma ?corriente|toma|cable|cableado|apagador|"
    r"interruptor|"
    r"regleta|multicontacto|zapatilla|extension|basurero|bote de basura)"
)
_SOMEBODY = (
    r"(?:una? |el |la |mi )(?:senora?|clienta?|cliente|nin[oa]|companer[oa]|cajer[oa]|emplead[oa]|"
    r"muchach[oa]|chic[oa]|persona|abuelit[oa]|viejit[oa]|repartidor|trabajador|vendedora?)"
)
_LIMB = r"(?:la mano|el dedo|un dedo|el brazo|la cabeza|el pie|la pierna|la rodilla|el tobillo)"
_GETS_HURT = (
    rf"se (?:(?:me|nos) )?(?:cayo|resbalo|lastimo|corto|golpeo|quemo|desmayo|fracturo|descalabro)"
    rf"(?: {_LIMB})?"
)
_HURT = (
    rf"{_GETS_HURT} {_SOMEBODY}(?: y {_GETS_HURT})?|"
    rf"{_SOMEBODY} {_GETS_HURT}(?: y {_GETS_HURT})?"
)
_ME = (
    rf"me (?:cai|resbale|lastime|corte|golpee|queme)(?: {_LIMB})?"
    rf"(?: y me (?:lastime|corte|golpee|queme)(?: {_LIMB})?)?"
    rf" (?:en (?:la |el ){_PLACE_OF_WORK}|con (?:la|el) (?:cuter|cutter|rebanadora|cortina|"
    rf"diablito))"
)
_SMELL = (
    r"(?:(?:esta )?(?:huele|oliendo|apesta)|hay (?:un )?olor|sale (?:un )?olor) (?:mucho |muy "
    r"fuerte |"
    r"feo |fuerte |raro |muchisimo |horrible |como |un poco )*(?:a|como a) (?:algo )?"
    r"(?:quemad[oa]|chamuscad[oa]|humo|cable quemado|plastico quemado|quemazon)"
)
_QUESTIONS = re.compile(r"¿?\b(?:qu[eé] (?:hago|hacemos)|a qui[eé]n le aviso) ?\?", re.IGNORECASE)


@dataclass(frozen=True)
class Harm:
    """Harm of a kind: the thing that a ticket names, and the words that tell it. `kin` are the
    things of which it may be more of the same."""

    thing: str
    words: str
    kin: re.Pattern[str]

    def is_of(self, system: str | None) -> bool:
        """Whether what fails is of a kind with it: a leak with a flood."""
        return system is not None and bool(self.kin.search(plain(system)))


_KINDS = tuple(
    (
        thing,
        re.compile(rf"{_BEFORE}(?P<told>(?:{told})){_AFTER}"),
        re.compile(rf"\b(?:{kin})\b"),
    )
    for thing, told, kin in (
        (
            "robo",
            _THEFT,
            r"rob\w*|asalt\w*|atrac\w*|vidrios?|cristal\w*|chapas?|candados?|alarmas?",
        ),
        (
            "inundación",
            _WATER,
            r"agua|inund\w*|goter\w*|fugas?|tech\w+|drenaje|coladeras?|tuber\w+|llaves?|lavabo|"
            r"bano|"
            r"sanitario|plafon\w*|lluvia|filtra\w*|caner\w+|canilla|desague|tinaco|cisterna|"
            r"aire\w*|"
            r"clima|minisplit|refri\w*|congelador\w*|nevera",
        ),
        (
            "techo",
            _FELL,
            r"tech\w+|plafon\w*|cielo|cielorraso|goter\w*|filtra\w*|agua|barda|pared|muro|laminas?|"
            r"losa|"
            r"lluvia|marquesina",
        ),
        (
            "instalación eléctrica",
            _BURNS,
            r"contactos?|enchufes?|tomas?|tomacorriente\w*|cables?|cableado|apagador\w*|incendio|"
            r"fuego|"
            r"regleta|multicontacto|extension|instalacion electrica|humo|chispas?|quemado",
        ),
        ("accidente", rf"{_HURT}|{_ME}", r"accidente\w*|caida"),
        (
            "olor a quemado",
            _SMELL,
            r"olor|quemado|humo|incendio|instalacion electrica|contactos?|enchufes?|cables?|"
            r"tomacorriente\w*|cableado|transformador|medidor|centro de carga|tablero",
        ),
    )
)


def harm_of(text: str, store: str | None = None) -> Harm | None:
    """The harm that a text tells of, and hardly anything else but where: the `store` that it
    names. None where it tells more, or laughs or asks."""
    if len(text) > LONGEST or "?" in _without_plea(text) or laughs(text):
        return None
    written = _without_store(re.findall(r"[^\W_]+", text), store)
    words = plain(" ".join(written))
    for thing, told, kin in _KINDS:
        if met := told.fullmatch(words):
            return Harm(thing, _as_written(written, words, met), kin)
    return None


def _without_store(written: list[str], store: str | None) -> list[str]:
    """Words without the name of a store, if they say it: 'nos robaron en Polanco'. A number is
    read with what stands before it."""
    named = plain(store or "").split()
    if not named or named[0].isdigit():
        return written
    said = [plain(word) for word in written]
    for n in range(len(said) - len(named) + 1):
        if said[n : n + len(named)] == named:
            first = n - 1 if n and said[n - 1] in ("en", "de", "por") else n
            return [*written[:first], *written[n + len(named) :]]
    return written


def _without_plea(text: str) -> str:
    """'Huele a quemado, ¿qué hago?' tells it all the same."""
    return _QUESTIONS.sub(" ", text)


def _as_written(written: list[str], words: str, met: re.Match[str]) -> str:
    """What is told, with its accents, where the written words are as many as the plain ones."""
    first = len(words[: met.start("told")].split())
    many = len(met["told"].split())
    if len(written) != len(words.split()):
        return met["told"]
    return " ".join(written[first : first + many]).lower()
