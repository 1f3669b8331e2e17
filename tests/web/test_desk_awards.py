"""Awards in the browser: the lawful sets and the tie, a choice judged as it is typed, scores compared by two."""

import json
from html import unescape
from typing import Any

import pytest

ROUND = "/rounds/jiyuan-6"


def words(answer: Any) -> str:
    """The page as text, without what only keeps words together."""
    return unescape(answer.content.decode()).replace('<span class="keep">', "").replace("</span>", "")


@pytest.fixture
def clerk(signed_in: Any) -> Any:
    """A browser of the clerk."""
    return signed_in("clerk")


def test_a_tie_is_said_first_and_each_without_a_prize_has_his_reason(clerk: Any) -> None:
    """Two sets because of equals; each set with its winners; why one has nothing, with the article."""
    page = words(clerk.get(f"{ROUND}/awards"))
    assert "合法而名额用得最满的评法有2种，同分的由评审委员会定。" in page
    assert "各种评法里奖项不同的：虚构三号新能源装备有限公司、虚构四号食品有限公司。" in page
    why = words(clerk.get(f"{ROUND}/awards/why/J06"))
    assert "虚构六号技术推广中心" in why and "第" in why
    assert clerk.get(f"{ROUND}/awards/why/J08").status_code == 404


def test_a_choice_is_judged_before_it_is_entered(clerk: Any) -> None:
    """Somebody who is no candidate is named; an unlawful choice is not entered, a lawful one is an act."""
    from web.awards.models import Choice
    from web.ledger.models import Act

    address = f"{ROUND}/awards/choice"
    lawful = {"p-J01": "main", "p-J02": "main", "p-J04": "main", "p-J03": "nomination", "p-J05": "nomination"}
    sent = {**lawful, "version": "1", "document": "虚构纪要1号", "reason": ""}
    strange = clerk.post(address, {**sent, "p-J08": "nomination", "act": "adopt"})
    assert strange.status_code == 400 and "! 不合法" in words(strange) and "J08" in words(strange)
    looked = words(clerk.post(address, {**sent, "act": "look"}))
    assert "✓ 合法" in looked and not Choice.objects.exists()
    assert "没有奖的1家，为什么" in looked and f"{ROUND}/awards/why/J06" in looked

    vacant = {key: value for key, value in sent.items() if key != "p-J05"}
    refused = clerk.post(address, {**vacant, "act": "adopt"})
    assert refused.status_code == 400 and "留有空额的必须写明理由" in words(refused)
    assert clerk.post(address, {**sent, "act": "adopt"})["Location"] == f"{ROUND}/awards"
    assert Choice.objects.get().chosen == {"main": ["J01", "J02", "J04"], "nomination": ["J03", "J05"]}
    act = Act.objects.first()
    assert (act.kind, act.subject, act.document) == ("award_chosen", "J01 J02 J03 J04 J05", "虚构纪要1号")
    page = words(clerk.get(f"{ROUND}/awards"))
    assert "虚构纪要1号" in page and f"{ROUND}/papers/prepare?kind=winners_notice" in page
    assert clerk.get(f"{ROUND}/papers/prepare?kind=winners_notice").status_code == 200


def test_the_papers_name_whom_the_committee_chose(samples: Any) -> None:
    """A choice that leaves a place is among no fullest set: the notice names its winners all the same, or is held."""
    from web.rounds import Round
    from web.work import answered

    facts = Round.objects.get(ref="jiyuan-6").head.facts
    chosen = {"main": ["J01", "J02", "J04"], "nomination": ["J03"]}
    fullest = [[each["id"] for each in one["prizes"][1]["winners"]] for one in answered("award_sets", facts)["sets"]]
    assert all(len(nominated) == 2 for nominated in fullest)

    def written(**winners: list[str]) -> Any:
        return answered("paper_written", facts, "winners_notice", "", 20251208, {"winners": winners})

    made = written(**chosen)
    (table,) = [block for block in made["paper"]["blocks"] if block["block"] == "Table"]
    assert len(table["rows"]) == 4 and "五号" not in str(table["rows"])
    assert [row[1] for row in made["publishes"] if row[0] == "listed"] == ["J01", "J02", "J03", "J04"]
    assert not [one for one in made["checks"] if one["key"] in ("held_chosen", "held_unlawful")]
    unlawful = written(main=["J01", "J02", "J06"], nomination=[])
    assert [one["state"] for one in unlawful["checks"] if one["key"] == "held_unlawful"] == ["stop"]


def test_scores_of_two_people_are_compared_before_they_are_adopted(clerk: Any, signed_in: Any) -> None:
    """Different: refused and shown side by side; the same: the next version; one alone only where he says so."""
    from web.rounds.models import Round

    head = signed_in("head")
    address = f"{ROUND}/awards/scores"
    filed = {one: str(points) for one, points in {"J01": 905, "J02": 888, "J03": 861, "J04": 861}.items()}
    typed = {f"s-{id}": points for id, points in filed.items()}
    assert clerk.post(address, {**typed, "s-J01": "much", "act": "keep"}).status_code == 400
    alone = clerk.post(address, {**typed, "reason": "录入", "act": "adopt"})
    assert alone.status_code == 400 and "另一人还没有录入" in words(alone)

    clerk.post(address, {**typed, "s-J03": "870.5", "act": "keep"})
    head.post(address, {**typed, "act": "keep"})
    beside = words(head.get(address))
    assert "与虚构承办员甲录入的有1处不同" in beside and "! 870.5" in beside
    assert head.post(address, {**typed, "reason": "录入", "act": "adopt"}).status_code == 400

    done = head.post(address, {**typed, "s-J03": "870.5", "reason": "评审结束", "act": "adopt"})
    version = Round.objects.get(ref="jiyuan-6").head
    assert done["Location"] == f"{ROUND}/awards" and (version.number, version.kind) == (2, "scores")
    assert 'score("J03",' in version.facts and json.loads(version.hints) is not None
    assert "合法而名额用得最满的评法只有一种。" in words(head.get(f"{ROUND}/awards"))


def test_a_score_on_file_does_not_go_by_an_empty_box(clerk: Any) -> None:
    """Adopting would have left it as it was without a word."""
    from web.rounds.models import Round

    typed = {"s-J01": "905", "s-J02": "", "reason": "录入", "alone": "1", "act": "adopt"}
    refused = clerk.post(f"{ROUND}/awards/scores", typed)
    assert refused.status_code == 400 and "空着不会删去" in words(refused)
    assert Round.objects.get(ref="jiyuan-6").head.number == 1


def test_a_choice_is_judged_again_on_what_changed_and_objections_say_what_they_change(clerk: Any) -> None:
    """An objection that is pending: who would win what; upheld: the choice made before is not lawful any more."""
    lawful = {"p-J01": "main", "p-J02": "main", "p-J04": "main", "p-J03": "nomination", "p-J05": "nomination"}
    clerk.post(
        f"{ROUND}/awards/choice", {**lawful, "version": "1", "document": "虚构纪要1号", "reason": "", "act": "adopt"}
    )
    page = words(clerk.get(f"{ROUND}/awards"))
    assert "✓ 这一选择合法。" in page and "不成立，不影响评奖。" in page

    form = {"applicant": "J04", "list": "proposed_winners", "reason": "收到异议", "act": "confirm"}
    clerk.post(f"{ROUND}/enter/objection", form | {"state": "pending", "base": "1"})
    page = words(clerk.get(f"{ROUND}/awards"))
    assert "✓ 对案卷第1版作的选择，按第2版仍然合法。" in page and "选择以后，可以评奖的和得分都没有变。" in page
    assert (
        "如果成立，虚构四号食品有限公司不再进入其后的程序：" in page and "委员会的选择就不合法了，须重新选择：" in page
    )
    assert "虚构四号食品有限公司：市长质量奖或市长质量奖提名奖 → 没有奖" in page
    assert "虚构三号新能源装备有限公司：市长质量奖或市长质量奖提名奖 → 市长质量奖" in page

    clerk.post(f"{ROUND}/enter/objection", form | {"state": "upheld", "base": "2"})
    page = words(clerk.get(f"{ROUND}/awards"))
    assert "! 对案卷第1版作的选择，按第3版不合法了。" in page and "虚构四号食品有限公司：861分 → 不能评奖" in page
    assert "已成立，虚构四号食品有限公司不再进入其后的程序。" in page
    assert "selected>市长质量奖</option>" in words(clerk.get(f"{ROUND}/awards/choice?last=1"))
