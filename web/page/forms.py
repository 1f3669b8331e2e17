"""Forms: what was typed stays, all faults at once, each at its field and in a list on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from web.page.days import china, typed, written
from web.page.rendering import say


@dataclass(frozen=True)
class Asked:
    """A field: its name, its label in words, its kind.

    Kinds: `text`, `long`, `day`, `choice`, `secret`, `tick`, `file`, `files`. `choices` are pairs of value and words;
    `hint` stands under the label.
    """

    name: str
    label: str
    kind: str = "text"
    needed: bool = True
    choices: Sequence[tuple[str, str]] = ()
    hint: str = ""
    value: str = ""
    limit: int = 2_000


@dataclass
class Form:
    """The fields of a form with what was typed and what is wrong with it."""

    fields: tuple[Asked, ...]
    lang: str
    raw: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def empty(cls, fields: Sequence[Asked], lang: str) -> Form:
        """A form as it is first shown."""
        return cls(tuple(fields), lang, {one.name: one.value for one in fields})

    @classmethod
    def read(cls, fields: Sequence[Asked], sent: Mapping[str, str], lang: str) -> Form:
        """A form as it was sent, each field read; what is wrong is in `faults`, in words."""
        form = cls(tuple(fields), lang)
        for one in fields:
            words = sent.get(one.name, "")
            form.raw[one.name] = words if one.kind == "secret" else words.replace("\r\n", "\n").strip()
            form._take(one)
        return form

    def _take(self, one: Asked) -> None:
        words = self.raw[one.name]
        if "\0" in words or any("\ud800" <= sign <= "\udfff" for sign in words):
            self.fault(one.name, "form.unreadable")
        elif len(words) > one.limit:
            self.fault(one.name, "form.long", limit=one.limit)
        elif not words and one.needed:
            self.fault(one.name, "form.tick" if one.kind == "tick" else "form.missing")
        elif one.kind == "choice" and words and words not in {value for value, _ in one.choices}:
            self.fault(one.name, "form.choice")
        elif one.kind == "day" and words:
            day = typed(words, china().year)
            if day.fault:
                self.fault(one.name, f"day.{day.fault}")
            else:
                self.values[one.name] = day.day
                self.raw[one.name] = written(day.day, self.lang)
        else:
            self.values[one.name] = words

    def fault(self, name: str, key: str, **parameters: object) -> None:
        """Note what is wrong with a field, by a key of this floor's catalogue."""
        self.faults.setdefault(name, say(key, self.lang, **parameters))

    def __bool__(self) -> bool:
        return not self.faults

    def listed(self) -> list[tuple[Asked, str]]:
        """What is wrong, in the order of the fields."""
        return [(one, self.faults[one.name]) for one in self.fields if one.name in self.faults]
