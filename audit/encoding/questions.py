"""The questions that rules answer: whose files stand beside the common one and a city's, in the order of a round."""

from __future__ import annotations

from dataclasses import dataclass

from audit.encoding.syntax import Signature


@dataclass(frozen=True)
class Question:
    """A question: its rule files; what it derives without showing it, and a person is told all the same."""

    name: str
    files: tuple[str, ...] = ()
    unshown: tuple[Signature, ...] = ()

    @property
    def earlier(self) -> tuple[Question, ...]:
        """The questions before it: what their rules say is examined there."""
        order = list(QUESTIONS.values())
        return tuple(order[: order.index(self)]) if self in order else ()


DECIDE = Question("decide")
QUESTIONS = {
    question.name: question
    for question in (
        DECIDE,
        Question("award", ("award", "award_set"), (("denied", 3),)),
        Question("review", ("review",)),
        Question("panels", ("interest", "roster", "panel"), (("excluded", 3), ("fit", 3), ("recused", 3))),
        Question("procedure", ("interest", "procedure")),
    )
}
