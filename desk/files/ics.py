"""What becomes due as a calendar file (.ics, RFC 5545): whole-day events; rounds without a day as tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Component, Event, Todo

from engine.answers import Due, Watch


def calendar(watch: Watch, entries: Sequence[tuple[Due, str]]) -> bytes:
    """The calendar file of the entries, each with its words; the same entries give the same bytes."""
    book = Calendar()
    book.add("prodid", "-//pingjiang//watch//ZH")
    book.add("version", "2.0")
    for entry, words in entries:
        book.add_component(_component(watch, entry, words))
    return bytes(book.to_ical())


def _component(watch: Watch, entry: Due, words: str) -> Component:
    component: Component = Event() if entry.day else Todo()
    key = repr((entry.kind, entry.id, entry.what, entry.round, entry.day, entry.first_round))
    component.add("uid", f"{sha256(key.encode()).hexdigest()[:32]}@pingjiang")
    # The day the list begins, not the hour it was written: the same list must give the same file.
    component.add("dtstamp", datetime.combine(_day(watch.first), datetime.min.time(), UTC))
    component.add("summary", words)
    if entry.day:
        component.add("dtstart", _day(entry.day))
        component.add("dtend", _day(entry.day) + timedelta(days=1))
        component.add("transp", "TRANSPARENT")
    return component


def _day(value: int) -> date:
    return date(value // 10000, value // 100 % 100, value % 100)
