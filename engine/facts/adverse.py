"""Adverse records."""

from engine.facts import kinds as t
from engine.facts.predicate import Period, Statement


class PolicyBreach(Period):
    """A state against the State's policy in a field (不符合国家政策)."""

    change = "state"

    applicant: t.Applicant
    field: t.PolicyField
    from_day: t.Day
    to_day: t.OpenDay


class LicenceMissing(Period):
    """A licence that the law requires and the applicant has not obtained (应取得而未取得)."""

    change = "state"

    applicant: t.Applicant
    licence: t.Text
    from_day: t.Day
    to_day: t.OpenDay


class SpotCheck(Statement):
    """The result of a spot check of products (监督抽查)."""

    change = "nothing"
    happened = True

    applicant: t.Applicant
    day: t.Day
    level: t.Level
    result: t.Inspected


class ExportIncident(Statement):
    """An export came to a claim, a return or an investigation abroad because of quality."""

    change = "nothing"
    happened = True

    applicant: t.Applicant
    kind: t.ExportKind
    day: t.Day


class ServiceFailure(Statement):
    """A serious failure of service quality (严重服务质量问题)."""

    change = "nothing"
    happened = True

    applicant: t.Applicant
    day: t.Day


class Accident(Statement):
    """An accident with its grade and the liability that the competent authority stated."""

    through = ("conduct",)
    change = "nothing"
    happened = True

    applicant: t.Applicant
    kind: t.AccidentKind
    grade: t.AccidentGrade
    liability: t.Liability
    day: t.Day


class Complaint(Statement):
    """A complaint about quality (质量投诉)."""

    change = "nothing"
    happened = True

    applicant: t.Applicant
    grade: t.ComplaintGrade
    liability: t.Liability
    day: t.Day


class AwardMisconduct(Statement):
    """Fraud or another breach in this city's award (弄虚作假等违规行为)."""

    change = "nothing"
    happened = True

    applicant: t.Applicant
    day: t.Day


class DishonestyListing(Period):
    """A listing for joint punishment of serious dishonesty (失信联合惩戒对象名单)."""

    change = "state"

    applicant: t.Applicant
    from_day: t.Day
    to_day: t.OpenDay


class Offence(Statement):
    """A breach of law (违法), of rules (违规) or of discipline (违纪)."""

    through = ("conduct",)
    change = "nothing"
    happened = True

    applicant: t.Applicant
    kind: t.OffenceKind
    gravity: t.Gravity
    day: t.Day


class Penalty(Statement):
    """An administrative penalty; the day is that of the decision."""

    further = True
    change = "nothing"
    happened = True

    applicant: t.Applicant
    field: t.PenaltyField
    day: t.Day


class Record(Statement):
    """An event that the text names and the vocabulary has no word for; the day is that of the event."""

    further = True
    change = "nothing"
    happened = True

    applicant: t.Applicant
    what: t.RecordKind
    day: t.Day


class Condition(Period):
    """A state that the text names and the vocabulary has no word for."""

    further = True
    change = "state"

    applicant: t.Applicant
    what: t.ConditionKind
    from_day: t.Day
    to_day: t.OpenDay
