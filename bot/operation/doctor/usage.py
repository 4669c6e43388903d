"""How the bot was used lately: whether anybody asks it anything, and what they get."""

from bot.evaluation.usage import Usage, last_days
from bot.operation.doctor.result import CheckResult, look, ok
from bot.store import StoreError
from bot.store.reading import read_counted

SUBJECT = "use"
DAYS = 7
MANY_UNKNOWN = 0.5  # share of questions above which content and parents miss each other
FEWEST = 20  # questions from which a share tells anything


def examine_usage(database_url: str) -> CheckResult:
    try:
        counted = read_counted(database_url, DAYS)
    except StoreError as error:
        return look(SUBJECT, f"what was counted can't be read: {error}", "see 'store'; a new bot has counted nothing")
    usage = last_days(counted, DAYS) if counted else Usage()
    total = usage.total
    if not total.questions:
        return ok(SUBJECT, f"nobody asked anything in the last {DAYS} days")
    people = round(sum(each.people for each in usage.days) / len(usage.days))
    says = (
        f"in the last {DAYS} days {total.questions} questions, some {people} people a day: {total.number('answer')} "
        f"answered, {total.number('choices')} offered a choice, {total.number('unknown')} unknown, "
        f"{total.number('danger')} danger; {total.helpful} helpful, {total.unhelpful} not"
    )
    if total.questions >= FEWEST and total.number("unknown") > MANY_UNKNOWN * total.questions:
        return look(SUBJECT, says, "more than half is not known: python -m bot report tells since when")
    return ok(SUBJECT, says)
