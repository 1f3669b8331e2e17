"""What `pingjiang draw` is told besides files: publication, cancelled events, what became known, what was decided."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desk.shell import without_hints
from engine.errors import CaseError, UsageError

if TYPE_CHECKING:
    from engine.case import Case
    from engine.draw import Told
    from engine.record import Later, Verified


def told(given: Mapping[str, Any]) -> "Told":
    """Where C was published, and which events were cancelled by which document."""
    from engine.draw import Told

    places = {f"--{name.replace('_', '-')}": given[name] for name in ("published", "published_on", "published_as")}
    if any(places.values()) and not all(places.values()):
        raise UsageError("draw_missing", {"found": ", ".join(name for name, there in places.items() if not there)})
    cancelled = [_pair(words, "--cancelled", first=True) for words in given["cancelled"]]
    if wrong := [source for source, _ in cancelled if not (source.isascii() and source.isdecimal())]:
        raise UsageError("not_a_number", {"found": ", ".join(wrong), "name": "--cancelled"})
    return Told(
        (given["published"], given["published_on"], given["published_as"]) if given["published"] else None,
        tuple(sorted((int(source), document) for source, document in cancelled)),
    )


def record_of(name: str, case: "Case") -> "Verified":
    """The verified record in a file; UsageError where it cannot be read or is a public copy, CaseError where it is
    wrong or does not fit the case."""
    from engine.case import regular

    try:
        data = without_hints(regular(Path(name)))
    except OSError as trouble:
        raise UsageError("unreadable_record", {"found": name, "reason": trouble.strerror or str(trouble)}) from None
    return fitting(name, data, case)


def fitting(name: str, data: bytes, case: "Case") -> "Verified":
    """A record that is right and fits the case."""
    from engine.record import misfits, verify

    found = verify(name, data)
    if found.public:
        raise UsageError("draw_public", {"found": name})
    if problems := misfits(found, case):
        raise CaseError(problems)
    return found


def later(found: "Verified", given: Mapping[str, Any]) -> "Later":
    """What an entry takes in."""
    from engine.case import Case
    from engine.draw import wishes
    from engine.record import Later, facts_of

    lines: list[str] = []
    for name in given["later"]:
        try:
            lines += Path(name).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as trouble:
            raise UsageError("unreadable_record", {"found": name, "reason": str(trouble)}) from None
    roster = found.drawn.frozen.roster
    whole = {name for name in given["unavailable"] if name in roster.reviewers}
    pairs = wishes(roster, [name for name in given["unavailable"] if name not in whole])
    return Later(
        day=given["on"],
        because=given["because"],
        document=given["document"],
        facts=facts_of(lines, Case.of(found.standing.facts)),
        unavailable=(*((name, None) for name in sorted(whole)), *((one.reviewer, one.group) for one in pairs)),
        asked=tuple(_answer(words) for words in given["asked"]),
        fewer=tuple(_fewer(words) for words in given["fewer"]),
        reopen=given["reopen"],
    )


def _answer(words: str) -> tuple[str, bool]:
    """Who was asked to sit on a panel more, and whether he accepted."""
    who, answer = _pair(words, "--asked")
    if answer not in ("yes", "no"):
        raise UsageError("draw_pair", {"found": words, "name": "--asked"})
    return who, answer == "yes"


def _fewer(words: str) -> tuple[str, int]:
    """A group and the number of its seats."""
    group, number = _pair(words, "--fewer")
    if not (number.isascii() and number.isdecimal() and len(number) < 4):
        raise UsageError("not_a_number", {"found": number, "name": "--fewer"})
    return group, int(number)


def _pair(words: str, name: str, *, first: bool = False) -> tuple[str, str]:
    """What stands before and after the last equals sign, or the first."""
    before, sign, after = words.partition("=") if first else words.rpartition("=")
    if not (sign and before.strip() and after.strip()):
        raise UsageError("draw_pair", {"found": words, "name": name})
    return before.strip(), after.strip()
