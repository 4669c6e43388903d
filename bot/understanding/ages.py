"""How old the baby is, from what a parent wrote."""

# ruff: noqa: E501 - a pattern is easier to follow on one line

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.understanding.text import NUMBER_WORDS, normalise

WEEKS_A_MONTH = 4.345
DAYS_A_MONTH = 30.44
FULL_TERM = 40  # weeks, from which the correction for an early birth is counted
OLDEST = 84.0  # months; whoever is older than seven is not the baby
MOST_WEEKS_EARLY = 18  # weeks; "38 weeks early" cannot be
GESTATION = range(22, 37)  # weeks at birth that call for a correction
NEWBORN = 0.5  # months
NEARLY = 0.25  # months short of the age named
# What stands around a number tells whose age it is. Both bounds keep the search linear in the text.
BEFORE, AFTER = 80, 40  # characters looked at before a mention and after it
MOST_MENTIONS = 24  # looked at in one text; a story names four or five

# How sure an age is the baby's present one.
_PASSING, _PLAIN, _STATED, _NOW = 1, 2, 3, 4


@dataclass(frozen=True)
class Age:
    """Months since birth and, for a baby born early, months since the due date."""

    months: float
    corrected: float | None = None

    @property
    def effective(self) -> float:
        return self.months if self.corrected is None else self.corrected


@dataclass(frozen=True)
class _Mention:
    months: float
    certainty: int
    corrected: bool


_TENS = {"thirty": 30, "forty": 40}
_NUMBER = r"(?:\d{1,3}(?:\.\d+)?|" + "|".join(sorted([*NUMBER_WORDS, *_TENS], key=len, reverse=True)) + r"|an?)"
_MONTH = r"months?|mo(?:nth)?s?|m/?os?|mths?|mnths?|mnts?|mons?|mont?hs?|moths?|mon?ths?|mon?ht?s?|motn?hs?|montsh|monthes|mounths?|mesi|meses|mois|m"
_WEEK = r"weeks?|wks?|w/o|weks?|weeke?s?|wee?ks|wekks?|w"
_YEAR = r"years?|yrs?|y/?o|yea?rs?|yeras?|yr/?o|ys?|y/old"
_DAY = r"days?|d/?o"
_UNIT = rf"(?:(?P<month>{_MONTH})|(?P<week>{_WEEK})|(?P<year>{_YEAR})|(?P<day>{_DAY}))"
_MENTION = re.compile(
    rf"(?<![\w.])(?P<value>{_NUMBER})(?:\s?(?:-|to|or)\s?(?P<upper>{_NUMBER}))?\s?(?P<plus>\+ ?)?{_UNIT}(?![\w])"
    rf"(?:(?:\s?,?\s?(?:and\s)?)(?P<rest>{_NUMBER})\s?(?P<rest_unit>{_MONTH}|{_WEEK}|{_DAY})(?!\w)"
    r"(?!\s(?:too |weeks? )?(?:early|prem\w*|preterm|ago|before|of|corrected|adjusted|later))|"
    r"(?P<half>\s(?:and\sa\shalf|1/2)))?"
)
_BABY = r"bab(?:y|ies)|boys?|girls?|son|daughter|infant|child|toddlers?|kid|lo|twins?|bub|bubba|baba"
_BORN_EARLY = re.compile(
    rf"(?<![\w.])(?P<value>{_NUMBER})\s?(?:(?P<week>{_WEEK})|(?P<month>{_MONTH}))\s(?:too\s|or so )?"
    r"(?:early|prem\w*|preemie|preterm|before (?:the |his |her |their )?(?:due|edd))|"
    rf"(?:prem\w*|early|preterm) by (?P<value2>{_NUMBER})\s?(?:(?P<week2>{_WEEK})|(?P<month2>{_MONTH}))\b"
)
_WEEKS_AT_BIRTH = re.compile(
    rf"(?<![\w.])(?P<weeks>\d\d)(?: ?[+/] ?\d)?\s?(?:{_WEEK}|weeker|wkr|weekers)\b(?:\s(?:prem\w*|preemie|preterm|gestation))|"
    r"(?<![\w.])(?P<weeker>\d\d)\s?(?:weekers?|wkers?|wkr)\b|"
    rf"\bborn (?:prem\w* |early )?(?:at |in |@ ?)?(?:just |only |around |about )?(?P<born>\d\d)(?: ?[+/] ?\d| \d)?(?:\s?(?:{_WEEK})\b|\b(?! ?\d))"
)
_CORRECTED = re.compile(
    rf"(?:(?P<value>{_NUMBER})\s?(?:{_MONTH})?\s?(?:\()?(?:corrected|adjusted|adj\b|corr\b))|"
    rf"(?:corrected|adjusted|adj|corr)(?: age)?(?: is| of| at|:)? (?:about |around |is )?(?P<value2>{_NUMBER})(?: ?(?:{_MONTH}))?\b"
)
_NEARLY = r"nearly|almost|nearing|approaching|about to (?:turn|be)|close to|coming up (?:to|on)|going on|soon|not quite|turns|turning|just under|will be"
_NEARLY_BEFORE = re.compile(rf"\b(?:{_NEARLY}) (?:an? )?$")
_WHOLE = r"(?P<years>1\.5|2\.5|one|1|two|2|three|3)"
_ENDING = r"(?=$|\s?[.,!?;:\n)]| (?:and|but|now|today|yesterday|tomorrow|next|in|on|he|she|with|still|not|my|is|can|does|last|this|years?|soon|already)\b)"
_YEARS_ONLY = re.compile(
    rf"\b(?P<nearly>{_NEARLY}) {_WHOLE}{_ENDING}".replace("years>", "near>")
    + rf"|\b(?:turned |(?:he|she|{_BABY}|who|is) (?:is |has )?(?:just |now )?(?:turned )?){_WHOLE}{_ENDING}".replace(
        "who|is", "who"
    )
)
_BIRTHDAY = re.compile(
    r"\b(?P<not>by|before|until|for|till|after)?\s?(?:his|her|their|the|baby)?\s?(?:first|1st) birthday(?P<ahead>.{0,12}(?:next|soon|coming|tomorrow|in a))?"
)
_BARE = re.compile(
    rf"\b(?:he|she|{_BABY}) (?:is |has )(?:now |just |only )?(?P<months>[4-9]|1[0-8])(?=$|\s?[.,!?]| (?:and|but|now)\b)"
)
_NEWBORN = re.compile(
    r"(?<!since )(?<!as a )(?<!was a )(?<!like a )(?<!when )(?<!from )\b(?:newborn|new born|neonate)\b"
)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th) month\b")

_LOOSE = r"(?:(?:about|around|almost|nearly|over|at least|the|maybe|like|past|last|next|first|good|roughly|approx|approximately|only|just|his|her|a|an|like|more than|another|these|age|exactly|whole|well) )*"
_SPAN_BEFORE = re.compile(
    rf"\b(?:for|since|in|within|last|past|next|every|each|after|another|until|till|til|lasted|took|takes|between|wait|waited|extra|these|the|few|first|during|over) {_LOOSE}$"
)
_OTHER_TIME_BEFORE = re.compile(
    rf"\b(?:was|were|until|till|til|by|before|since|than|from|between|after|born|born at|being) {_LOOSE}$|"
    rf"\b(?:started|began|begun|sat|rolled|crawled|walked|stood|learned|learnt|did|stopped|pulled|happened|could|born|due|moved|ran|late|early)(?: \w+){{0,4}} (?:at|around|about) {_LOOSE}$"
)
_AT = re.compile(rf"\bat {_LOOSE}$")
_SPAN_AFTER = re.compile(
    r"\s?(?:ago|early|earlier|too early|prem\w*|preemie|preterm|before|back|warranty|guarantee|later|longer|of (?!age)|straight|in a row|gap|"
    r"leave|break|trial|to go|from now|apart|younger|older|worth|pregnant|gestation|check|checkup|review|(?:sleep )?regression|"
    r"milestones?|vaccin\w*|jabs?|shots?|appointment|size|clothes|trousers|leggings|weekers?|supply|course|long|high|tall|"
    r"away|drop|maternity|passed|nonstop|difference)\b"
)
_OLD_AFTER = re.compile(rf"\s?(?:old|olds|of age|completed|now|\W?{_BABY})\b")
_STATED_BEFORE = re.compile(
    rf"\b(?:is|am|are|has|have|my|our|aged?|age:|completed|turned|just|nearly|almost|{_BABY}|at) (?:just |nearly |almost |about |around |only |a |over |well over )*$"
)
_NOW_BEFORE = re.compile(rf"\b(?:now|currently|today|turned|present) (?:he is |she is |is |at )?{_LOOSE}$")
_NOW_AFTER = re.compile(r"\s?(?:old |of age )?(?:now|today|already|on paper|yesterday|actual)\b")
_OTHER_CHILD = re.compile(
    r"\b(?:nephew|niece|cousin|friend|friends|neighbou?rs?|brother|sister|sibling|sil|other|eldest|oldest|older|first born|first child|another)(?: \w+){0,3} $"
)


def find_age(text: str) -> Age | None:
    """The baby's present age when one is said, corrected when the message tells how early the birth was."""
    text = normalise(text)
    mentions = [*_mentions(text), *_years_only(text), *_loose_mentions(text)]
    corrected = _said_corrected(text)
    actual = _best([mention for mention in mentions if not mention.corrected])
    if actual is None and corrected is None:
        return None
    if actual is None or corrected is not None:
        months = corrected if actual is None else actual
        return None if months is None else Age(months, corrected)
    early = _weeks_early(text)
    return Age(actual, None if early is None else max(0.0, actual - early / WEEKS_A_MONTH))


def _best(mentions: list[_Mention]) -> float | None:
    """The surest mention; of equals a baby before an older child, then whichever is said first."""
    if not mentions:
        return None
    young = 24  # months: below it, the child this bot is about
    best = min(enumerate(mentions), key=lambda pair: (-pair[1].certainty, pair[1].months >= young, pair[0]))
    return best[1].months


def _mentions(text: str) -> Iterator[_Mention]:
    for found in islice(_MENTION.finditer(text), MOST_MENTIONS):
        start, end = found.span()
        before = text[max(0, start - BEFORE) : start].rsplit(".", 1)[-1]
        after = text[end : end + AFTER]
        months = _months(found)
        if months is None or months > OLDEST or _SPAN_AFTER.match(after):
            continue
        certainty = _certainty(found, before, after)
        if certainty:
            if _NEARLY_BEFORE.search(before):
                months -= NEARLY
            is_corrected = bool(re.match(r"\s?(?:old )?\(?(?:corrected|adjusted|adj\b|corr\b)", after))
            is_corrected = is_corrected or bool(re.search(r"(?:corrected|adjusted)(?: age)?(?: is| of|:)? $", before))
            yield _Mention(months, certainty, is_corrected)


def _certainty(found: re.Match[str], before: str, after: str) -> int:
    old = bool(_OLD_AFTER.match(after)) or found[0].endswith(("o", "o's"))
    if found["value"] in ("a", "an") and not old:
        return 0
    if _is_length(found, before, after) or _OTHER_TIME_BEFORE.search(before):
        return 0
    if _NOW_BEFORE.search(before):
        return _NOW
    if _SPAN_BEFORE.search(before) and (not old or _NOW_AFTER.match(after)):
        return 0
    if _OTHER_CHILD.search(before):
        return _PASSING
    if _NOW_AFTER.match(after):
        return _NOW
    if _AT.search(before) or re.match(r"\s?(?:postpartum|pp)\b", after):
        return _PASSING
    return _STATED if old or _STATED_BEFORE.search(before) else _PLAIN


def _is_length(found: re.Match[str], before: str, after: str) -> bool:
    """ "fell from 1m" is a height, "5 w" a lamp and "3 days" is an age only with "old"."""
    letter = found[0].rstrip()[-1:] if not found["rest"] else ""
    if found["week"] == "w" and found[0].endswith(" w"):
        return True
    short = (found["month"] or found["week"] or found["year"] or "") in ("m", "w", "y")
    if short and letter and (not found["value"][0].isdigit() or float(found["value"]) < 3) and found["year"] is None:
        return True
    if short and re.search(r"\b(?:fell|fall|from|of|drop|high) $", before):
        return True
    return bool(found["day"]) and not re.match(r"\s?(?:old|baby)\b", after) and found["day"] not in ("do", "d/o")


def _months(found: re.Match[str]) -> float | None:
    value = _number(found["value"])
    if found["upper"]:
        value = (value + _number(found["upper"])) / 2
    if found["half"]:
        value += 0.5
    months = value * _unit_months(found["month"], found["week"], found["year"])
    if found["rest"]:
        unit = found["rest_unit"]
        is_month, is_week = unit.startswith("m"), unit.startswith("w")
        months += _number(found["rest"]) * _unit_months(is_month, is_week, False)
    return months


def _unit_months(month: object, week: object, year: object) -> float:
    if month:
        return 1.0
    if week:
        return 1 / WEEKS_A_MONTH
    return 12.0 if year else 1 / DAYS_A_MONTH


def _number(word: str) -> float:
    if word in ("a", "an"):
        return 1.0
    return float(NUMBER_WORDS.get(word) or _TENS.get(word) or (word if word[0].isdigit() else 0))


def _years_only(text: str) -> Iterator[_Mention]:
    """ "nearly one", "just turned 1", "she is two and ..."."""
    for found in islice(_YEARS_ONLY.finditer(text), MOST_MENTIONS):
        if found["near"]:
            yield _Mention(_number(found["near"]) * 12 - 2 * NEARLY, _STATED, corrected=False)
        else:
            yield _Mention(_number(found["years"]) * 12, _STATED, corrected=False)


def _loose_mentions(text: str) -> Iterator[_Mention]:
    for found in islice(_BIRTHDAY.finditer(text), MOST_MENTIONS):
        if not found["not"]:
            yield _Mention(12 - (2 * NEARLY if found["ahead"] else 0), _PASSING, corrected=False)
    for found in islice(_BARE.finditer(text), MOST_MENTIONS):
        yield _Mention(float(found["months"]), _PLAIN, corrected=False)
    for found in islice(_ORDINAL.finditer(text), MOST_MENTIONS):
        yield _Mention(int(found[1]) - 0.5, _PASSING, corrected=False)
    if _NEWBORN.search(text):
        yield _Mention(NEWBORN, _PASSING, corrected=False)


def _said_corrected(text: str) -> float | None:
    found = _CORRECTED.search(text)
    if not found:
        return None
    value = found["value"] or found["value2"]
    months = _number(value)
    return months if value not in ("a", "an") and 0 < months <= OLDEST else None


def _weeks_early(text: str) -> float | None:
    found = _BORN_EARLY.search(text)
    if found:
        value = _number(found["value"] or found["value2"])
        weeks = value if found["week"] or found["week2"] else value * WEEKS_A_MONTH
        return weeks if 0 < weeks <= MOST_WEEKS_EARLY else None
    found = _WEEKS_AT_BIRTH.search(text)
    if not found:
        return None
    gestation = int(found["weeks"] or found["weeker"] or found["born"])
    return float(FULL_TERM - gestation) if gestation in GESTATION else None
