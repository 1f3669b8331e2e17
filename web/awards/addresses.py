"""The addresses of this room, each with who may see it and who may act on it."""

from web.awards import choosing, scoring
from web.page import CLERK, DESK, HEAD, page

BUREAU = (CLERK, HEAD)

PAGES = (
    page("rounds/<slug:ref>/awards", choosing.awards, "awards", see=DESK, menu="awards"),
    page("rounds/<slug:ref>/awards/why/<path:id>", choosing.why, "award_why", see=DESK),
    page("rounds/<slug:ref>/awards/choice", choosing.choice, "choice", see=DESK, do=BUREAU),
    page("rounds/<slug:ref>/awards/scores", scoring.scores, "scores", see=DESK, do=BUREAU),
)
