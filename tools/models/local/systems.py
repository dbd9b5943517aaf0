"""Which device, service or thing of a store a text speaks of, as a short noun.

Every country has its own word (terminal, datáfono, TPV, posnet); words are grouped by concept so
that two of them can be compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from tools.models.local.spelling import expand, fold

# concept: words, the first of a concept names it. '~' marks a word that is only a system when the
# text names nothing better.
_LEXICON = """
impresora: impresora|printer|impresora láser|multifuncional|fotocopiadora|copiadora|~tickets|~ticket
impresora de tickets: impresora de tickets|impresora de recibos|tiquetera|ticketera|comandera|\
impresora térmica|miniprinter|mini printer|impresora de caja|impresora de boletas|ticket printer|\
impresora de comandas|receipt printer|impresora del pos
impresora fiscal: impresora fiscal|controlador fiscal|fiscal
impresora de etiquetas: impresora de etiquetas|etiquetadora|zebra|impresora zebra|label printer|\
impresora de precios|impresora de códigos
terminal: terminal|datáfono|TPV|posnet|POS|pinpad|pin pad|lector de tarjetas|lapos|\
terminal bancaria|terminal de pago|terminal punto de venta|máquina de tarjetas|maquinita|\
terminal de tarjetas|clip|transbank|point|card reader|card terminal|máquina POS|red bancaria|\
terminal de cobro|maquinita de cobro|verifone|getnet|lector de chip|pasarela de pago|~tarjetas|\
~tarjeta|bancaria|mercado pago|yape|código QR|QR|niubiz|izipay|payment terminal|datafonos
caja: caja|caja registradora|registradora|punto de venta|TPV|POS|PDV|cash register|register|\
caja de cobro|línea de cajas|autocobro|self checkout|caja rápida
cajón: cajón|gaveta|cajón de dinero|cajón portamonedas|gaveta de dinero|cash drawer
caja fuerte: caja fuerte|caja de seguridad|bóveda|tómbola|safe
internet: internet|wifi|wi-fi|red|conexión|módem|modem|router|enlace|señal|línea de internet|\
la red|network|fibra|switch|~datos|antena
sistema: sistema|programa|software|aplicativo|plataforma|ERP|SAP|servidor|portal|intranet|system|\
server|oracle|CRM|sistema de ventas|sistema de caja|base de datos
facturación: facturación|factura|facturador|timbrado|boletas|facturas|sistema de facturación|\
factura electrónica|boleta electrónica|CFDI|nota de crédito|sistema de facturas|~boleta
inventario: inventario|stock|existencias|sistema de inventario|mercancía|mercadería|~producto|\
inventarios
computadora: computadora|ordenador|computador|PC|compu|laptop|equipo de cómputo|notebook|portátil|\
CPU|máquina de escritorio|computer|~equipo|~máquina|windows|desktop
pantalla: pantalla|monitor|display|pantalla táctil|touch|visor|screen
teclado: teclado|keyboard
ratón: ratón|mouse
escáner: escáner|scanner|lector de códigos|lector de código de barras|lector de códigos de barras|\
lector|pistola|pistola lectora|lectora|lector de barras|hand held|handheld|colectora|colector|PDA|\
código de barras
báscula: báscula|balanza|pesa|scale
cámaras: cámaras|cámara|CCTV|DVR|NVR|videovigilancia|cámara de seguridad|cámaras de seguridad|\
grabador|cameras|circuito cerrado
alarma: alarma|sirena|botón de pánico|sensor|antihurto|arcos|antena antirrobo|arco de seguridad|\
alarm|sensores|detector de humo
teléfono: teléfono|conmutador|línea telefónica|extensión|celular|móvil|phone|interfono|radio|handy
tablet: tablet|tableta|iPad
correo: correo|email|e-mail|outlook|mail|correo electrónico|gmail
app: app|aplicación|aplicación móvil|whatsapp|página web|sitio web|página|tienda en línea
usuario: usuario|contraseña|clave|cuenta|acceso|password|login|credenciales|~huella|reloj checador|\
checador|biométrico|huellero|lector de huella|reloj de asistencia|fichaje|token
precios: precios|precio|promociones|promoción|descuento|lista de precios
etiquetas: etiquetas|etiqueta|cenefas|preciadores|rótulos de precio
aire acondicionado: aire acondicionado|clima|aire|minisplit|climatización|calefacción|ventilador|\
calefactor|air conditioning|AC|ventilación|split|estufa de ambiente|aires acondicionados
luz: luz|electricidad|corriente|energía|energía eléctrica|corriente eléctrica|power|tablero eléctrico|\
planta de luz|breaker|térmica eléctrica|tablero|pastilla|diferencial|centro de carga|electricity|\
enchufe|contacto eléctrico|toma corriente|tomacorriente
UPS: UPS|no break|nobreak|regulador|estabilizador|SAI|planta eléctrica|generador|grupo electrógeno
lámparas: lámparas|lámpara|foco|focos|bombilla|iluminación|luminarias|luces|fluorescente|~luminaria|\
lights|led|reflector|spot|tubo de luz|ampolleta|ampolletas
cortina: cortina|persiana|reja|cortina metálica|portón|santamaría|shutter|cortina eléctrica|\
persiana metálica|cortinas
puerta: puerta|puerta automática|puerta de cristal|chapa|cerradura|candado|manija|door|picaporte|\
puertas|bisagra|puerta de emergencia|lock
llaves: llaves|llave|keys|manojo de llaves
refrigerador: refrigerador|refri|nevera|heladera|congelador|freezer|cámara fría|cuarto frío|\
frigorífico|conservadora|vitrina refrigerada|fridge|cámara frigorífica|enfriador|arcón|\
exhibidora|refrigeración|equipo de frío|góndola de frío|vitrina de frío
horno: horno|microondas|cafetera|freidora|parrilla|plancha|máquina de café|licuadora|estufa|oven|\
batidora|rebanadora|cortadora
agua: agua|tubería|cañería|cisterna|tinaco|bomba de agua|llave del agua|grifo|lavabo|tarja|caño|\
desagüe|drenaje|coladera|tanque de agua|water|garrafón|sumidero|pileta|canilla|fregadero|bomba
baño: baño|sanitario|WC|inodoro|excusado|aseo|servicios higiénicos|taza del baño|toilet|bathroom|\
retrete|baños|poceta|urinario
elevador: elevador|ascensor|montacargas|elevator|lift|escalera eléctrica|escalera mecánica|\
escaleras eléctricas|escaleras mecánicas|plataforma elevadora|traspaleta|patín hidráulico
techo: techo|gotera|plafón|filtración|cielo raso|goteras|azotea|ceiling|roof|lámina|tejado|canaleta
vitrina: vitrina|escaparate|aparador|vidrio|cristal|ventanal|espejo|vidriera|window|ventana
muebles: anaquel|estante|estantería|góndola|mueble|repisa|exhibidor|rack|mostrador|silla|\
escritorio|shelf|gancho|maniquí|probador|probadores|vestidor|carrito|carritos|canastillas|\
carros del súper|mesa
piso: piso|suelo|baldosa|loseta|escalón|rampa|pared|muro|escalera|floor tile
bolsas: bolsas|bolsa|empaques|fundas|cajas de cartón|bags|papel de regalo|empaque
rollos: rollos|rollo|rollo de papel|papel térmico|rollos de papel|papel de tickets|~papel|tinta|\
tóner|toner|cartucho|cinta|hojas|ink|ribbon|papelería|rollitos
insumos: insumos|material de limpieza|jabón|papel higiénico|productos de limpieza|suministros|\
cloro|trapeador|gel|guantes|materiales|supplies|desinfectante|mascarillas|escobas|artículos de aseo|\
botiquín|garrafones
uniforme: uniforme|uniformes|playera|camisa|gafete|credencial|mandil|chaleco|polo
cambio: cambio|monedas|morralla|sencillo|billetes|fondo de caja|feria|vuelto|efectivo|remesa
personal: personal|cajero|cajera|empleado|vigilante|guardia|guardia de seguridad|vigilancia|~turno|\
encargado|gerente|colaborador|staff|vendedor|vendedora|compañero|seguridad privada|~gente|repartidor
entrega: entrega|proveedor|pedido|camión|embarque|transporte|paquetería|recolección|traslado|\
reparto|delivery|despacho|envío|transportista|resurtido|reposición|remisión
basura: basura|contenedor|residuos|limpieza|trash|reciclaje
plaga: plaga|ratas|rata|ratón en bodega|cucarachas|fumigación|roedores|hormigas|palomas|ratones|\
insectos|bichos
extintor: extintor|extintores|hidrante|rociadores|salida de emergencia|extinguidor|matafuegos
gas: gas|tanque de gas|fuga de gas|boiler|calentador|caldera
sonido: música|bocina|bocinas|sonido|audio ambiental|parlante|altavoces|megafonía|micrófono|televisión|TV|tele|\
pantalla publicitaria|pantalla de menú|menu board
letrero: letrero|anuncio luminoso|rótulo|marquesina|cartel luminoso|anuncio|fachada|toldo
estacionamiento: estacionamiento|parqueadero|parking|aparcamiento|pluma|cochera|barrera
montacargas: montacarga
reportes: reporte|reportes|corte|corte de caja|cierre|cierre de caja|arqueo|cuadre|informe|\
cierre de lote|corte z|reporte z|cierre z|apertura de caja
""".replace("\\\n", "")
_RELATED = (
    {"impresora", "impresora de tickets", "impresora fiscal"},
    {"impresora", "impresora de etiquetas"},
    {"caja", "sistema"},
    {"sistema", "facturación"},
    {"sistema", "inventario"},
    {"luz", "lámparas"},
    {"puerta", "cortina"},
    {"puerta", "llaves"},
    {"computadora", "pantalla"},
    {"rollos", "insumos"},
    {"bolsas", "insumos"},
    {"sistema", "app"},
    {"sistema", "reportes"},
    {"agua", "baño"},
    {"precios", "sistema"},
    {"usuario", "sistema"},
    {"entrega", "inventario"},
    {"luz", "UPS"},
)
_LOCATED = re.compile(
    r"(?:\b(?:en|de|desde|junto a|cerca de|para|con|sobre|frente a|por|debajo de|atras de|detras "
    r"de|of|on|in) (?:la |el |las |los |una |un |mi |nuestra |the |ambas |todas las )?|\bdel |\bal )$"
)
_ABOUT = re.compile(
    r"\b(?:problemas?|fallas?|fallos?|detalle|lio|ayuda|apoyo|inconvenientes?|incidencias?|asunto|"
    r"tema|error|errores|dificultades|bronca|averia|issue|trouble|problem|quedamos|estamos|se trata|"
    r"caida|perdida|corte|falta|reinicio|seguimos|sin|revision|mantenimiento|servicio|fuga|escasez)"
    r" (?:con|en|de|del|al|with)\b[^,.;]*$"
)
_NOT_TYPOS = frozenset(
    [
        "terminar",
        "termina",
        "termino",
        "terminan",
        "terminal",
        "terminando",
        "termine",
        "interno",
        "interna",
        "internas",
        "internos",
        "impresion",
        "impresiones",
        "imprimir",
        "impreso",
        "impresa",
        "imprenta",
        "alarmar",
        "sistematico",
        "cerrada",
        "cerrado",
        "cerrando",
        "cajeros",
        "corte",
        "tiempo",
        "gracias",
        "alguien",
        "cuando",
        "clima",
        "climas",
        "camioneta",
        "personas",
        "persona",
        "personales",
        "personalmente",
        "pedimos",
        "entregan",
        "entregar",
        "entrego",
        "entregado",
        "regulares",
        "inventaron",
        "compara",
        "cambios",
        "cambian",
        "cambie",
        "facturar",
        "facturan",
        "facturado",
        "telefonico",
        "teléfonos",
        "computar",
        "tardes",
        "puertos",
        "vidrios",
        "cristales",
        "mercados",
        "uniformidad",
        "bañado",
        "cortinas",
        "promocionar",
        "proveedora",
        "conexiones",
        "servicio",
        "servicios",
        "servido",
        "producido",
        "precioso",
        "precisos",
        "refrigerio",
        "etiquetado",
    ]
)


@dataclass(frozen=True)
class SystemSpan:
    """A system named at `start`; `word` in the lexicon's spelling; `weak` when it is a mere hint."""

    start: int
    end: int
    word: str
    concepts: frozenset[str]
    weak: bool


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, tuple[str, frozenset[str], bool]]:
    """Folded form, singular or plural, to its spelling, concepts and whether it is weak."""
    entries: dict[str, tuple[str, frozenset[str], bool]] = {}
    for line in _LEXICON.strip().splitlines():
        concept, _, listed = line.partition(":")
        for item in listed.split("|"):
            word = item.strip().lstrip("~")
            weak = item.strip().startswith("~")
            known = entries.get(fold(word))
            concepts = frozenset({concept.strip()}) | (known[1] if known else frozenset())
            entries[fold(word)] = (word, concepts, weak)
    for folded, entry in list(entries.items()):
        entries.setdefault(_plural(folded), entry)
    return entries


def _plural(folded: str) -> str:
    head, _, rest = folded.partition(" ")
    many = head + ("s" if head[-1] in "aeiou" else "es")
    return f"{many} {rest}" if rest else many


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    forms = sorted(_lexicon(), key=len, reverse=True)
    return re.compile(r"(?<![\w@/.-])(?:" + "|".join(re.escape(f) for f in forms) + r")(?![\w@/])")


@lru_cache(maxsize=1)
def _long_words() -> tuple[str, ...]:
    return tuple(f for f, e in _lexicon().items() if len(f) >= 7 and f.isalpha() and not e[2])


def find_systems(text: str) -> list[SystemSpan]:
    """Every system named in the text, in order, typos of long words included."""
    folded = fold(text)
    lexicon = _lexicon()
    spans = [
        SystemSpan(m.start(), m.end(), *_entry(lexicon, m.group(), text[m.start() : m.end()]))
        for m in _pattern().finditer(folded)
    ]
    taken = [(s.start, s.end) for s in spans]
    for match in re.finditer(r"[a-z]{6,}", folded):
        if any(s <= match.start() < e for s, e in taken):
            continue
        typo = _typo_of(match.group())
        if typo:
            spans.append(SystemSpan(match.start(), match.end(), *lexicon[typo]))
    return sorted(spans, key=lambda s: s.start)


def _entry(
    lexicon: dict[str, tuple[str, frozenset[str], bool]], folded: str, said: str
) -> tuple[str, frozenset[str], bool]:
    word, concepts, weak = lexicon[folded]
    if folded == "luz" and said[:1].isupper() and said != "LUZ":
        return word, concepts, True  # may be a person's name
    return word, concepts, weak


@lru_cache(maxsize=2048)
def _typo_of(word: str) -> str | None:
    if word in _NOT_TYPOS:
        return None
    best, distance = None, 3
    for known in _long_words():
        allowed = 2 if len(known) >= 9 else 1
        if known[0] != word[0] or abs(len(known) - len(word)) > allowed:
            continue
        if known[-1] != word[-1] and known[-2:] != word[-2:] and known.endswith(("o", "a")):
            continue
        found = OSA.distance(word, known, score_cutoff=allowed)
        if found <= allowed and found < distance:
            best, distance = known, found
    return best


def find_system(text: str) -> str | None:
    """The affected thing as said, in its usual spelling; None when the text names none.

    'la impresora de la caja 2' is about the printer: what only says where or whose comes last.
    """
    spans = find_systems(expand(text))
    if not spans:
        return None
    folded = fold(expand(text))

    def rank(span: SystemSpan) -> tuple[bool, bool, int]:
        before = folded[: span.start]
        located = bool(_LOCATED.search(before)) and not _ABOUT.search(before)
        return (located and not span.weak, span.weak, span.start)

    strong = [s for s in spans if not s.weak]
    return min(strong or spans, key=rank).word


def concepts_of(word: str | None) -> frozenset[str]:
    """The concepts that a system's name may mean; empty when unknown."""
    if not word:
        return frozenset()
    entry = _lexicon().get(fold(word.strip()))
    if entry:
        return entry[1]
    spans = find_systems(word)
    return spans[0].concepts if spans else frozenset()


def same_system(a: str | None, b: str | None) -> bool:
    """Whether two names can mean the same thing of a store ('datáfono' and 'terminal').

    Unknown names are the same when they are spelled alike; a missing name is the same as nothing.
    """
    if not a or not b:
        return False
    if fold(a.strip()) == fold(b.strip()):
        return True
    left, right = concepts_of(a), concepts_of(b)
    if not left or not right:
        return OSA.distance(fold(a.strip()), fold(b.strip())) <= (1 if len(a) > 5 else 0)
    if left & right:
        return True
    return any(x in pair and y in pair for pair in _RELATED for x in left for y in right)
