"""The official texts, provision by provision."""

import pytest

from engine.law.statutes import Provision, arabic, chinese, cities, statute


def test_every_number_of_the_law_reads_back() -> None:
    assert [arabic(chinese(n)) for n in range(1, 1000)] == list(range(1, 1000))


@pytest.mark.parametrize(
    ("term", "citation"),
    [
        ("art(8,0,1)", "第八条第（一）项"),
        ("art(14,2,0)", "第十四条第二款"),
        ("art(10,0,0)", "第十条"),
        ("art(20,0,0)", "第二十条"),
        ("art(27,0,0)", "第二十七条"),
    ],
)
def test_a_citation_and_its_term_read_each_other(term: str, citation: str) -> None:
    assert Provision.parse(term).citation == citation
    assert str(Provision.parse(citation)) == term


@pytest.mark.parametrize("text", ["", "条", "第八节", "art(8)", "art(x,0,0)", "8.1"])
def test_what_is_no_citation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Provision.parse(text)


def test_both_texts_have_all_their_articles() -> None:
    counts = {city: {p.article for p in statute(city).words} for city in cities()}

    assert counts == {"jiyuan": set(range(1, 28)), "sanmenxia": set(range(1, 38))}


def test_only_jiyuan_article_14_has_numbered_paragraphs() -> None:
    found = [(city, p.article) for city in cities() for p in statute(city).words if p.paragraph]

    assert found == [("jiyuan", 14), ("jiyuan", 14)]


def test_an_article_with_items_is_given_whole() -> None:
    text = statute("jiyuan").text(Provision(9))

    assert text.startswith("有下列情况之一者，不得申报市长质量奖：\n（一）不符合国家产业")
    assert text.endswith("（七）发生其他严重违法、违规行为的。")


def test_a_provision_that_the_text_does_not_have_is_no_provision() -> None:
    with pytest.raises(KeyError):
        statute("jiyuan").text(Provision(8, 0, 8))
