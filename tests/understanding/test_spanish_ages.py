"""A parent's way of saying an age in Spanish is understood; other spans of time are left alone."""

from pathlib import Path

import pytest
import yaml

from bot.content.grammar import Grammar
from bot.understanding.ages import WEEKS_A_MONTH, AgeFinder
from bot.understanding.text import Normaliser

SPANISH = Path(__file__).parents[2] / "content" / "es" / "grammar.yaml"
GRAMMAR = Grammar.model_validate(yaml.safe_load(SPANISH.read_text(encoding="utf-8")))
NORMALISER = Normaliser(GRAMMAR)
find_age = AgeFinder(GRAMMAR, NORMALISER).find

SAID = {
    "8 meses": 8, "ocho meses y medio": 8.5, "8 mesecitos": 8, "38 semanas": 38 / WEEKS_A_MONTH, "tiene 9m": 9,
    "acaba de cumplir un año": 12, "casi 1 año": 11.5, "mi bebé de 8 meses gatea para atrás": 8,
    "Mi hija tiene 10 meses y no gatea": 10, "8m": 8, "9 1/2 meses": 9.5, "9½ meses": 9.5, "9,5 meses": 9.5,
    "ocho y medio meses": 8.5, "tiene un año y medio": 18, "1 año y medio": 18, "mi nene de año y medio": 18,
    "tiene mes y medio y tiene fiebre": 1.5, "tiene un mes": 1, "mi bebe de un mes": 1, "un mes de nacido": 1,
    "un mes de vida": 1, "tiene un añito": 12, "ya cumplió un año": 12, "un año de edad": 12, "1 año 3 meses": 15,
    "1 año y 3 meses": 15, "dos años": 24, "tiene 2 añitos": 24, "18 meses y no camina": 18,
    "tiene treinta y dos semanas": 32 / WEEKS_A_MONTH, "treinta y ocho semanas": 38 / WEEKS_A_MONTH,
    "veintiún meses": 21, "veintidos meses": 22, "bebé de 12 días": 12 / 30.44, "tiene 12 días": 12 / 30.44,
    "20 dias de nacida": 20 / 30.44, "recién nacido": 0.5, "mi recien nacida tiene fiebre": 0.5, "casi un año": 11.5,
    "está por cumplir 8 meses": 7.75, "casi 10 meses y solo se sienta": 9.75, "va para los 9 meses": 8.75,
    "tiene casi 7 meses": 6.75, "8-9 meses": 8.5, "8 a 9 meses": 8.5, "tiene entre 8 y 9 meses": 8.5,
    "se sentó a los 6 meses y ahora tiene 10 meses": 10, "gateaba a los 6 meses, ahora tiene 9 meses": 9,
    "mi sobrino de 10 meses camina y mi hija de 8 meses no": 8, "mi sobrino de 10 meses": 10,
    "lleva 2 meses yendo para atrás, tiene 10 meses": 10, "9 meces": 9, "tiene 8": 8,
    "9 meses y 2 semanas": 9 + 2 / WEEKS_A_MONTH, "8 meses cumplidos": 8, "cumple 9 meses hoy": 9,
    "con 8 meses no se sienta": 8, "no responde a su nombre a los 11 meses": 11, "a los 12 meses no gatea": 12,
    "mi bb d 8 meses": 8, "Tengo un bebé de 7 meses q se arrastra": 7, "tengo una nena de 11 meses": 11,
    "once meses": 11, "mi guagua de 9 meses": 9, "mi hijo de 4 años y mi bebe de 9 meses": 9, "en su 9no mes": 8.5,
    "10 meses 😀": 10, "¿a los 8 meses es normal?": 8, "mi peque tiene 8 mesitos": 8,
    "11 meses, sigue yendo hacia atrás desde los 8 meses": 11, "bebé 9 meses gatea hacia atrás": 9,
    "Mi gordo cumplió los 7 meses": 7, "edad: 8 meses": 8, "casi uno": 11.5, "tiene 2 meses con fiebre": 2,
    "mi bebé de 8 meses que no gatea": 8, "8 meses y pico": 8, "9 meses más o menos": 9, "tiene como 8 meses": 8,
    "mi bebé gateaba, tiene 10 meses": 10, "mi bebe de 10 meses gateaba y ya no": 10, "ya tiene los 8 meses": 8,
    "de 6 meses": 6, "ejercicios para bebé de 8 meses": 8,
    "mi sobrina tiene 6 meses y ya gatea, la mía tiene 9 meses": 9, "12 meses y no gatea": 12,
    "va a cumplir un año": 11.75, "va a cumplir 9 meses": 8.75, "casi 1 año y 3 meses": 14.75,
    "casi un año y no gatea": 11.5, "con un año no camina": 12, "mi hija con un mes tiene fiebre": 1,
    "mi bebé de 1 añito": 12, "pronto cumple 10 meses": 9.75, "mi prematuro de 8 semanas": 8 / WEEKS_A_MONTH,
    "nació a las 23:15, tiene 8 meses": 8, "tuve a mi bebe con 35 años, tiene 8 meses": 8,
    "tuve fiebre de 39 y mi bebe tiene 5 meses": 5, "mi gemelos de 9 meses": 9, "casi 2 años": 23.5,
    "a los 8 meses hacia atrás": 8, "mi hija tiene un año y dos meses": 14, "8meses": 8, "8 MESES!!!": 8,
    "tiene 11meses": 11, "un bebe de ocho meses se arrastra": 8, "mi hijo tiene 1 año y medio": 18,
    "15 meses y gatea": 15, "el pediatra dice que con 9 meses es normal": 9, "mi nena cumplió 1": 12,
    "cumplió su primer añito": 12, "nacido el 25 de mayo, 6 meses": 6,
    "mi hermana tiene una bebe de 8 meses, la mia tiene 10 meses": 10, "es normal en un bebe de 10m?": 10,
    "7 meses gatea pa atrás": 7, "hoy cumple 1 año": 12, "mi niño acaba de cumplir dos": 24, "mi nieto de 9 meses": 9,
    "mi bebé de dieciséis meses": 16, "un año": 12, "un añito": 12, "un año y medio": 18, "un mes y medio": 1.5,
    "una semana y media de nacido": 1.5 / WEEKS_A_MONTH, "ya tiene año y cinco meses": 17, "anda en los 9 meses": 9,
    "nació hace 5 semanas y tiene fiebre": 5 / WEEKS_A_MONTH, "la tuve hace dos meses": 2, "este mes cumple 8": 8,
    "al año no camina": 12, "operado a los 3 meses tiene 9 meses": 9, "la mía con un año y un mes": 13,
    "tiene dos meses y medio y 38 de fiebre": 2.5, "3 semanas de nacido fiebre 38": 3 / WEEKS_A_MONTH,
    "mi bebe de casi 9 meses": 8.75, "cumplió 8 meses hace una semana": 8, "tengo 30 años y mi bebe 9 meses": 9,
    "mi nene tiene 9 meses hace 2 meses que gatea": 9, "mi bb va pa 8 meses": 7.75,
    "tiene un mes y 2 semanas": 1 + 2 / WEEKS_A_MONTH,
    "mi bebé de 40 días tiene fiebre": 40 / 30.44, "a sus 10 meses no gatea": 10,
}  # fmt: skip

# "un año" is an age only where the text says that somebody has it, or says nothing else.
NOT_SAID = (
    "año y medio y no camina", "entre 8 y 9 meses tiene", "tiene 9 anios",
    "mi hijo de 2 camina para atrás", "antes de su primer cumpleaños", "diez y seis meses", "ya va por los 8 meses",
    "con un año ya caminaba", "a los 9 meses dejó de gatear", "tiene un mes que no gatea", "nació con 3 kilos",
    "tarda un año en andar", "a mi me pasó por un año", "al mes", "el mes pasado", "este año", "hace año y medio",
    "dos veces al mes", "4 semanas de terapia", "con 3 meses le decía agu",
    "mi bebé nació a las treinta y dos semanas", "después de 3 semanas enfermo", "el 9 de mayo",
    "a las 8 de la mañana", "desde hace dos meses", "hace un año y medio", "desde hace un mes y medio",
    "a los 6 meses gateaba", "hace 3 meses", "hace un mes", "le dieron de alta a los 2 meses",
    "hace tres días que no come",
    "mi bebe dejo de gatear a los 10 meses", "lo hizo a los 8 meses", "bebé de 35 semanas de gestación",
    "lleva 2 meses gateando", "durante tres meses", "en 2 meses", "cada 3 meses", "con 6 meses ya se sentaba",
    "gateó a los 7 meses", "empezó a gatear a los 8 meses", "cuando tenía 6 meses", "desde los 8 meses",
    "dos meses atrás", "tiene 3 dias con tos", "tiene 2 semanas que va para atrás",
    "ya tiene 2 meses gateando para atras", "20 semanas de embarazo", "embarazada de 20 semanas",
    "mi marido tiene 34 años", "mi mamá tiene sesenta y ocho años", "mi esposo tiene treinta y cuatro años",
    "se cayó de 1m", "se cayó de 2 metros", "38.5 de fiebre", "15 minutos", "a partir de los 6 meses",
    "antes de los 18 meses", "los primeros 3 meses", "los últimos 2 meses", "un mes después", "dentro de un mes",
    "no", "", "faltan 2 meses", "nació a las 38 semanas", "un año después", "hasta los 9 meses", "desde hace un año",
    "dos semanas más", "3 meses de gateo", "prematuro de 33 semanas", "treinta y dos meses de gateo", "por 2 meses",
    "dejó de gatear hace 3 días", "crisis de los 4 meses", "ropa para 9 meses", "llora desde hace 2 horas",
    "un lado solo", "6 semanas antes", "más de un mes gateando", "lleva más de 3 meses así", "desde recién nacido",
    "solo uno de ellos", "casi uno de cada diez",
)  # fmt: skip

CORRECTED = {
    "9 meses (7 de edad corregida)": (9, 7),
    "de 9 meses cronológicos y 7 corregidos": (9, 7),
    "ec 7 meses": (7, 7),
    "prematuro extremo 26 semanas, tiene 11 meses": (11, 11 - 14 / WEEKS_A_MONTH),
    "nació antes de tiempo, 33 semanas, ahora 10 meses": (10, 10 - 7 / WEEKS_A_MONTH),
    "nació 1 mes antes y tiene 9 meses": (9, 8),
    "gemelos de 10 meses, nacieron a las 34 semanas": (10, 10 - 6 / WEEKS_A_MONTH),
    "10 meses, nació 6 semanas antes": (10, 10 - 6 / WEEKS_A_MONTH),
    "10 meses, 6 semanas antes": (10, 10 - 6 / WEEKS_A_MONTH),
    "nació a las 32 semanas, ahora tiene 9 meses": (9, 9 - 8 / WEEKS_A_MONTH),
    "prematuro de 34 semanas, tiene 8 meses": (8, 8 - 6 / WEEKS_A_MONTH),
    "edad corregida 7 meses": (7, 7),
    "13 meses, 10 corregidos": (13, 10),
    "12 meses reales, edad corregida de 10 meses": (12, 10),
    "tiene 11 meses (9 meses corregidos)": (11, 9),
    "7 meses de edad corregida": (7, 7),
    "tiene 10 meses y se adelantó 8 semanas": (10, 10 - 8 / WEEKS_A_MONTH),
    "dos meses prematuro, tiene 10 meses": (10, 8),
    "mi bebé prematura nació de 33 semanas y tiene 10 meses": (10, 10 - 7 / WEEKS_A_MONTH),
    "34 semanas de gestación, 9 meses": (9, 9 - 6 / WEEKS_A_MONTH),
    "nació en la semana 35, 8 meses": (8, 8 - 5 / WEEKS_A_MONTH),
    "tiene 9 meses, nació un mes antes de tiempo": (9, 8),
    "mi bebe de 8 meses nacio de 30+4": (8, 8 - 10 / WEEKS_A_MONTH),
    "nacio con 36 semanas tiene 5 meses": (5, 5 - 4 / WEEKS_A_MONTH),
    "9 meses, 7 y medio corregidos": (9, 7.5),
    "tuve a mi hija a las 31 semanas, tiene 1 año": (12, 12 - 9 / WEEKS_A_MONTH),
}

PLAIN = {
    "¿Xq mi BEBÉ gatea pa' atrás??": "por que mi bebe gatea para atras??",
    "Mi niña d 8 meses, q no gateaaa!": "mi nina de 8 meses, que no gatea!",
    "tb se arrastra x el piso": "tambien se arrastra por el piso",
    "38 y medio de fiebre": "38.5 de fiebre",
    "ocho y media": "8.5",
    "carrrro": "carro",
    "9m, 1m": "9m, 1m",
}


@pytest.mark.parametrize(("text", "months"), SAID.items())
def test_an_age_is_found(text: str, months: float) -> None:
    age = find_age(text)
    assert age is not None
    assert age.effective == pytest.approx(months, abs=0.01)


@pytest.mark.parametrize("text", NOT_SAID)
def test_another_span_of_time_is_no_age(text: str) -> None:
    assert find_age(text) is None


@pytest.mark.parametrize(("text", "ages"), CORRECTED.items())
def test_an_early_birth_corrects_the_age(text: str, ages: tuple[float, float]) -> None:
    age = find_age(text)
    assert age is not None
    assert (age.months, age.corrected) == pytest.approx(ages, abs=0.01)


@pytest.mark.parametrize(("text", "plain"), PLAIN.items())
def test_short_forms_are_opened_and_accents_dropped(text: str, plain: str) -> None:
    assert NORMALISER.normalise(text) == plain


@pytest.mark.parametrize("word", GRAMMAR.leaning)
def test_words_that_lean_are_spelt_as_they_are_read(word: str) -> None:
    assert NORMALISER.normalise(word) in (word, "que")
