"""Award history and the conduct of the procedure."""

from engine.facts import kinds as t
from engine.facts.predicate import Period, Statement


class Awarded(Statement):
    """A prize of this city's award, won in a round."""

    one_per = ("applicant", "prize", "round")
    up_to_round = "round"
    change = "nothing"
    happened = True

    applicant: t.Applicant
    prize: t.Prize
    round: t.Round
    day: t.Day


class BonusPaid(Statement):
    """Money was paid for that award."""

    follows = ("awarded", ("applicant", "prize", "round"))
    change = "nothing"

    applicant: t.Applicant
    prize: t.Prize
    round: t.Round


class BonusRecovered(Statement):
    """Money of that award was taken back."""

    one_per = ("applicant", "prize", "round")
    follows = ("awarded", ("applicant", "prize", "round"))
    change = "nothing"

    applicant: t.Applicant
    prize: t.Prize
    round: t.Round
    day: t.Day


class BonusUse(Statement):
    """What award money was spent on."""

    change = "nothing"

    applicant: t.Applicant
    purpose: t.Purpose
    day: t.Day


class FraudFound(Statement):
    """An established finding that the award was obtained by improper means (不正当手段)."""

    one_per = ("applicant", "prize", "round")
    follows = ("awarded", ("applicant", "prize", "round"))
    change = "nothing"
    happened = True

    applicant: t.Applicant
    prize: t.Prize
    round: t.Round
    day: t.Day


class GroundFound(Statement):
    """An established finding that a ground of revocation that the text names holds for an award."""

    further = True
    asked_by = ("revocation_ground", 1, 0)
    asked_about = "ground"
    one_per = ("applicant", "prize", "round", "ground")
    follows = ("awarded", ("applicant", "prize", "round"))
    change = "nothing"
    happened = True

    applicant: t.Applicant
    prize: t.Prize
    round: t.Round
    ground: t.Ground
    day: t.Day


class Reassessed(Statement):
    """The result of a re-assessment (重新考核评价) of an award: passed, to be put right, or failed."""

    further = True
    asked_by = ("after_validity", 2, 1)
    one_per = ("applicant", "prize", "round", "day")
    follows = ("awarded", ("applicant", "prize", "round"))
    not_before = "day"
    change = "nothing"
    happened = True

    applicant: t.Applicant
    prize: t.Prize
    round: t.Round
    day: t.Day
    result: t.Reassessment


class Revoked(Statement):
    """A revocation already decided; a second one on the other ground records a later ban."""

    one_per = ("applicant", "prize", "round", "ground")
    follows = ("awarded", ("applicant", "prize", "round"))
    not_before = "day"
    change = "nothing"
    happened = True

    applicant: t.Applicant
    prize: t.Prize
    round: t.Round
    ground: t.Ground
    day: t.Day


class Score(Statement):
    """The round's final score out of 1000; up to two decimals."""

    one_per = ("applicant",)
    change = "nothing"

    applicant: t.Applicant
    points: t.Points


class StageResult(Statement):
    """How the applicant came through a stage of the review."""

    one_per = ("applicant", "stage")
    change = "nothing"

    applicant: t.Applicant
    stage: t.Stage
    result: t.Passed


class StageDay(Statement):
    """The day of a stage of the review."""

    one_per = ("stage",)

    stage: t.Stage
    day: t.Day


class StageMark(Statement):
    """The score that must be reached in a stage of the review, from the round's own rules; up to two decimals."""

    further = True
    asked_by = ("stage_standard", 2, 0)
    asked_about = "stage"
    spread = ("stage",)
    one_per = ("stage",)

    stage: t.Stage
    points: t.Points


class StageScore(Statement):
    """The applicant's score in a stage of the review; up to two decimals."""

    further = True
    asked_by = ("stage_standard", 2, 0)
    asked_about = "stage"
    spread = ("stage",)
    one_per = ("applicant", "stage")
    change = "nothing"

    applicant: t.Applicant
    stage: t.Stage
    points: t.Points


class Notice(Period):
    """The public notice (公示) of a list; from_day is the day of publication."""

    list: t.PublicList
    from_day: t.Day
    to_day: t.OpenDay


class Objection(Statement):
    """What became of the objections (异议) to an applicant on a list: upheld if one is, else pending if one is."""

    one_per = ("applicant", "list")
    change = "nothing"

    applicant: t.Applicant
    list: t.AnyList
    state: t.ObjectionState


class ObjectionMade(Statement):
    """A single objection: when it came, and from whom."""

    change = "nothing"

    applicant: t.Applicant
    list: t.AnyList
    day: t.Day
    by: t.Text


class Listed(Statement):
    """The applicant stood on the list as it was published."""

    change = "nothing"

    applicant: t.Applicant
    list: t.PublicList


class Consulted(Statement):
    """The day on which the departments were consulted (征求有关部门意见)."""

    day: t.Day


class Asked(Statement):
    """A department that was consulted (征求意见): when it was asked, and when it answered."""

    ordered = ("sent", "replied")

    department: t.Text
    sent: t.Day
    replied: t.OpenDay


class BodyMember(Statement):
    """A member of the review committee or of the supervision group."""

    declares = "person"

    body: t.Body
    person: t.Identifier
    role: t.BodyRole
    category: t.Category
