"""What stands on the clinician's page around the rules."""

NO_SOURCE = "none was read for this sign"
HEAD = """\
# Danger signs: what the bot listens for, and what it replies

**Not reviewed by a clinician.** It is a draft until somebody qualified has read it and signed below.

| | |
|---|---|
| Content pack | `{pack}` |
| Danger rules | `{rules}` |
| Printed on | {day} |
| Holds | {count} |

The two codes change with the content: a signature is for these danger rules only.

The bot reads every message for these signs before it answers anything. A rule is met when all of its parts
are said. "No", "not" or "without" before a part stops it, and so does a question in general such as "what if
he had a fit?". Beside the rules the bot compares each message with {alarms} wordings of danger; these are not
shown here.

How to read: `;` stands for "or", `…` for up to three other words, `*` for any form of a verb, `(word)` for a
word that may be missing, `‹group›` for any wording of a group; below each table stand the first wordings of
its groups. What stops a rule must be said within six words of it.
"""
SIGN_OFF = """\
## Sign-off

To be filled in by a clinician. Strike out what does not apply, and write changes beside it.

| | |
|---|---|
| Read: rules `{rules}` and replies | agreed / agreed with the changes noted / not agreed |
| Name | |
| Role and registration | |
| Date | |
| Signature | |
"""
FOR_ALL = {
    "idioms": "Never meant as said, so not heard",
    "supposing": "Makes what follows a question in general",
    "past": "Puts it into the past",
    "week_past": "Puts it into the past, for signs that no longer count after a week",
    "told": "Makes it a tale, a lesson or a game",
    "present": "Brings it back into the present",
    "in_general": "Asks about danger in general: the warning signs are shown",
}
