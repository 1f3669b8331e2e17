"""The round itself: its city and deadline, its readings, its calendar, the events that seed its draw."""

from engine.facts import kinds as t
from engine.facts.predicate import Statement


class Round(Statement):
    """The round (届) that the case is about, exactly one: city, number counted from 1, application deadline."""

    one_per = ()

    city: t.City
    number: t.Round
    deadline: t.Day


class Announced(Statement):
    """The day of the public announcement (评审公告)."""

    one_per = ()

    day: t.Day


class EvidenceClosed(Statement):
    """The time for supplements is over: open papers count as failed."""


class Reading(Statement):
    """A reading other than the default, by its key in the register of readings."""

    one_per = ("key",)

    key: t.Key
    choice: t.Key


class PanelSize(Statement):
    """The size of a panel, where the regulation itself gives none."""

    one_per = ()
    ordered = ("minimum", "maximum")

    minimum: t.Count
    maximum: t.Count


class PassMark(Statement):
    """The standard of a prize, from the round's own detailed rules; up to two decimals."""

    one_per = ("prize",)

    prize: t.Prize
    points: t.Points


class Holiday(Statement):
    """A day of a holiday notice (节假日安排) that the working-day calendar does not have yet: off, or worked (调休)."""

    one_per = ("day",)
    calendar = ("day", "kind")

    day: t.Day
    kind: t.HolidayKind


class HolidayYear(Statement):
    """The year's holiday notice is entered whole: all its other days go by the weekday."""

    year: t.Year


class SeedSource(Statement):
    """An announced public event whose numbers seed the draw, by its name and issue, and the day when it is due."""

    one_per = ("order",)
    unbroken = "order"

    order: t.Count
    name: t.Text
    day: t.Day


class SeedPart(Statement):
    """What an event of the draw gives: so many numbers between two bounds, drawn or thrown in one way."""

    one_per = ("order", "part")
    follows = ("seed_source", ("order",))
    ordered = ("low", "high")
    unbroken = "part"
    draws = ("numbers", "low", "high")

    order: t.Count
    part: t.Count
    numbers: t.Drawn
    low: t.DrawnNumber
    high: t.DrawnNumber
    kind: t.SeedKind


class SeedReserve(Statement):
    """The event, with the same parts, that counts where the announced one is officially cancelled."""

    one_per = ("order",)
    follows = ("seed_source", ("order",))

    order: t.Count
    name: t.Text
    day: t.Day


class FrozenOn(Statement):
    """The day on which the case was frozen for the draw."""

    one_per = ()
    not_after = ("objections_until", "seed_source", "seed_reserve")

    day: t.Day


class ObjectionsUntil(Statement):
    """The last day on which ties may be named before the draw."""

    one_per = ()
    before = ("seed_source", "seed_reserve")

    day: t.Day


class ReplacedFreeze(Statement):
    """An earlier freeze that this one replaces: its commitment, the day it was published, the reason, the document."""

    one_per = ("commitment",)

    commitment: t.Text
    published: t.Day
    reason: t.Text
    document: t.Text


class Places(Statement):
    """Another number of places for this round, where the text lets it be set; its document is recorded as a source."""

    further = True
    asked_by = ("adjustable", 2, 1)
    asked_about = "cap"
    settled_by = ("quota", 3, 1)
    spread = ("cap",)
    one_per = ("cap",)

    cap: t.Cap
    number: t.DrawnNumber
