"""Place names that stores go by in six countries: a gazetteer for names typed in lower case."""

from __future__ import annotations

from functools import lru_cache

from tools.models.local.spelling import fold

# Names that are also common words: believed only straight after 'tienda', 'sucursal' or as an
# answer.
_COMMON = """
centro|norte|sur|este|oeste|oriente|poniente|occidente|aeropuerto|matriz|principal|central|
mercado|plaza mayor|malecon|costanera|alameda|jardines|reforma|universidad|independencia|
libertad|obelisco|estacion|la playa|playa|el carmen|las flores|las palmas|la paz|la union|
la florida|florida|la merced|victoria|esperanza|progreso|san juan|san jose|san pedro|
""".replace("\n", "")
_PROPER = """
polanco|insurgentes|coyoacan|roma norte|condesa|santa fe|satelite|tlalpan|iztapalapa|xochimilco|
narvarte|del valle|tepito|lindavista|perisur|ecatepec|naucalpan|toluca|puebla|queretaro|leon|
guadalajara|zapopan|tlaquepaque|monterrey|san nicolas|apodaca|tijuana|mexicali|hermosillo|
culiacan|mazatlan|chihuahua|ciudad juarez|torreon|saltillo|merida|cancun|playa del carmen|
veracruz|xalapa|oaxaca|acapulco|cuernavaca|morelia|aguascalientes|san luis potosi|pachuca|
chapultepec|madrid|barcelona|valencia|sevilla|bilbao|zaragoza|malaga|murcia|palma|alicante|
granada|cordoba|valladolid|vigo|gijon|oviedo|salamanca|gran via|chamberi|lavapies|malasana|
getafe|alcorcon|leganes|mostoles|goya|serrano|atocha|chamartin|vallecas|carabanchel|triana|
nervion|gracia|eixample|sants|diagonal|ruzafa|bogota|medellin|cali|barranquilla|cartagena|
bucaramanga|pereira|manizales|ibague|cucuta|chapinero|usaquen|suba|kennedy|fontibon|engativa|
envigado|el poblado|poblado|laureles|sabaneta|itagui|bello|unicentro|santafe|salitre|andino|
titan|buenos aires|palermo|recoleta|belgrano|caballito|flores|almagro|villa crespo|nunez|
san telmo|microcentro|avellaneda|lanus|quilmes|moron|la plata|rosario|mendoza|tucuman|
mar del plata|neuquen|salta|bariloche|abasto|liniers|san isidro|vicente lopez|lima|miraflores|
surco|la molina|san borja|barranco|lince|jesus maria|magdalena|pueblo libre|los olivos|comas|
callao|ate|arequipa|trujillo|chiclayo|piura|cusco|huancayo|iquitos|larcomar|jockey plaza|
mega plaza|santiago|providencia|las condes|nunoa|vitacura|maipu|puente alto|quilicura|huechuraba|
la reina|penalolen|estacion central|valparaiso|vina del mar|concepcion|temuco|antofagasta|
la serena|rancagua|iquique|puerto montt|talca|chillan|costanera center|parque arauco|plaza oeste|
gran plaza|plaza norte|galerias|parque delta|antara|andares|plaza del sol|gran estacion|
""".replace("\n", "")


@lru_cache(maxsize=1)
def proper_names() -> frozenset[str]:
    """Folded names that are hardly anything but a place."""
    return frozenset(name for name in _PROPER.split("|") if name)


@lru_cache(maxsize=1)
def all_names() -> frozenset[str]:
    """Folded names of places, those that are common words too."""
    return proper_names() | frozenset(name for name in _COMMON.split("|") if name)


def longest_name(text: str, names: frozenset[str]) -> str | None:
    """The longest run of one to three words at the start of `text` that is one of `names`."""
    tokens = text.split(" ")
    for size in (3, 2, 1):
        run = " ".join(tokens[:size]).strip(" .,;:!?¡¿()-")
        if len(tokens) >= size and fold(run) in names:
            return run
    return None
