"""The time between two days in words, and how it falls short of the years that are asked."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from engine.words import text

_CLOSE = 31
"""Up to so many days short of what is asked are counted out."""


def short(first: int, last: int, asked: int, lang: str) -> str:
    """How the time from a day to another (yyyymmdd) falls short of the years asked for: 差1日满5年, else 不满5年."""
    years = _counted("years", asked, lang)
    days = (_after(first, asked * 12) - _date(last)).days if first and last else 0
    if not 0 < days <= _CLOSE:
        return text("reason.span.fewer", lang, years=years)
    return text("reason.span.short", lang, days=_counted("days", days, lang), years=years)


def span(first: int, last: int, lang: str) -> str:
    """The time from a day to another (yyyymmdd) in full: 4年零8个月又29日; that it has not begun where it has not."""
    end = _date(last)
    if first > last:
        return text("reason.span.not_begun", lang)
    whole = (end.year - first // 10000) * 12 + end.month - first // 100 % 100
    whole = max(0, whole - (_after(first, whole) > end))
    years, months = divmod(whole, 12)
    days = (end - _after(first, whole)).days
    named = [_counted(key, n, lang) for key, n in (("years", years), ("months", months)) if n]
    words = text("reason.span.and", lang).join(named)
    if not words or not days:
        return words or _counted("days", max(0, days), lang)
    return text("reason.span.more", lang, span=words, days=_counted("days", days, lang))


def _counted(unit: str, number: int, lang: str) -> str:
    return text(f"reason.span.{unit}{'_one' if number == 1 else ''}", lang, number=number)


def _date(day: int) -> date:
    return date(day // 10000, day // 100 % 100, day % 100)


def _after(first: int, months: int) -> date:
    """The corresponding day some months later; the month's last where it has none (民法典 第二百零二条)."""
    years, month = divmod(first // 100 % 100 - 1 + months, 12)
    year = first // 10000 + years
    return date(year, month + 1, min(first % 100, monthrange(year, month + 1)[1]))
