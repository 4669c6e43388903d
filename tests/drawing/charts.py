"""The windows of the WHO's study of 2006 with words of two lengths, for tests of the picture."""

from bot.drawing.chart import AgeChart, ChartWindow

AGES = ((3.8, 9.2), (4.8, 11.4), (5.2, 13.5), (5.9, 13.7), (6.9, 16.9), (8.2, 17.6))
OURS = 2


def windows(*names: str) -> tuple[ChartWindow, ...]:
    pairs = enumerate(zip(names, AGES, strict=True))
    return tuple(ChartWindow(name, start, end, number == OURS) for number, (name, (start, end)) in pairs)


ENGLISH = AgeChart(
    "When babies learn to move", "Age in months",
    "When healthy children do it: no deadline.\nSource: World Health Organization, 2006", "Your baby: {age}", 20,
    windows("Sits without support", "Stands with help", "Crawls on hands and knees", "Walks with help", "Stands alone", "Walks alone"),
)  # fmt: skip
SPANISH = AgeChart(
    "Cuándo aprenden a moverse los bebés sanos", "Edad del bebé, contada en meses desde el nacimiento",
    "Un margen amplio, no una fecha límite que haya que cumplir.\n"
    "Fuente: Estudio de desarrollo motor de la OMS, 2006", "Tu bebé tiene ahora {age}", 20,
    windows("Se mantiene sentado sin ningún apoyo", "Se mantiene de pie con algo de ayuda", "Gatea apoyando las manos y las rodillas",
            "Camina con la ayuda de una persona adulta", "Se mantiene de pie sin ninguna ayuda", "Camina solo, sin ayuda"),
)  # fmt: skip
