"""What a justification says of each construct that rule files may use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import networkx
import pytest
from justification import explained, written

from explain.dual.questions import Question
from explain.graph.justification import justify_atoms, justify_facts


def graph_of(tmp_path: Path, text: str, question: str) -> networkx.DiGraph:
    file, _, atoms = written(tmp_path, text)
    (graph,) = explained(file, atoms, question)
    return graph


def leaves(graph: networkx.DiGraph) -> set[tuple[str, str]]:
    """What the graph ends in: kind and text."""
    return {(data["kind"], data["atom"]) for node, data in graph.nodes(data=True) if not graph.out_degree(node)}


def children(graph: networkx.DiGraph, node: str) -> set[tuple[str, str]]:
    """The edges from a node: role and what they lead to."""
    return {(data["role"], graph.nodes[target]["atom"]) for _, target, data in graph.out_edges(node, data=True)}


def test_all_failing_conditions_are_told(tmp_path: Path) -> None:
    """Conditions after a failing one that do not depend on it are judged too."""
    graph = graph_of(tmp_path, "a(1). b(2). d(1).\np(X) :- a(X), b(X), not d(X), c(X, Y), Y > 3, 1 > 2.", "p(1)")

    want = {("not_stated", "b(1)"), ("stated", "d(1)"), ("no_record", "c(1,_)"), ("comparison", "1 > 2")}
    assert want == leaves(graph)


def test_every_instance_found_is_a_contrary_record_with_its_values(tmp_path: Path) -> None:
    text = "#const least = 5.\nscore(a, 3). score(a, 4).\nok(A) :- score(A, N), N >= least."
    graph = graph_of(tmp_path, text, "ok(a)")

    comparisons = [data for _, data in graph.nodes(data=True) if data["role"] == "comparison"]
    assert {"3 >= 5", "4 >= 5"} == {data["atom"] for data in comparisons}
    assert [data["constants"] for data in comparisons] == [{"least": "5"}] * 2
    assert {"score(a,3)", "score(a,4)"} == {d["atom"] for _, d in graph.nodes(data=True) if d["role"] == "instance"}


def test_recursion_is_justified_by_founded_support(tmp_path: Path) -> None:
    """The two atoms on the cycle could support each other; only the way from the fact counts."""
    text = "edge(1,2). edge(2,3). edge(3,2).\nreach(1).\nreach(Y) :- reach(X), edge(X, Y)."
    graph = graph_of(tmp_path, text, "reach(2)")

    assert {("condition", "reach(1)"), ("condition", "edge(1,2)")} == children(graph, "reach(2)")
    assert "reach(3)" not in graph


def test_unfounded_atoms_share_a_circle_with_what_blocks_them(tmp_path: Path) -> None:
    text = "edge(2,3). edge(3,2).\nstart(0).\nreach(X) :- start(X).\nreach(Y) :- edge(X, Y), reach(X)."
    graph = graph_of(tmp_path, text, "reach(2)")

    (circle,) = (data for _, data in graph.nodes(data=True) if data["role"] == "circle")
    assert (circle["kind"], circle["members"]) == ("circular", ("not reach(2)", "not reach(3)"))
    assert {"start(2)", "start(3)"} <= {atom for _, atom in leaves(graph)}


def test_recursion_over_numbers_ends_and_says_so(tmp_path: Path) -> None:
    """Asked upwards the rule would need ever larger numbers."""
    graph = graph_of(tmp_path, "day(5).\nday(N) :- day(N + 1), N > 0.", "day(7)")

    assert ("not_pursued", "day(8)") in leaves(graph)


def test_the_smallest_support_is_chosen_and_the_others_are_folded(tmp_path: Path) -> None:
    text = "a. b. c.\np :- q, a.\np :- b.\nq :- a, c."
    graph = graph_of(tmp_path, text, "p")

    assert {("condition", "b")} == children(graph, "p")
    assert [f"{graph.nodes['p']['location'].partition(':')[0]}:2"] == list(graph.nodes["p"]["alternatives"])


def test_records_about_those_asked_come_before_records_about_others(tmp_path: Path) -> None:
    text = 'since("A",7). since("B",7).\ncounted(D) :- since(_, D).\nold(A) :- since(A, D), counted(D).'
    graph = graph_of(tmp_path, text, 'old("B")')

    assert {("condition", 'since("B",7)')} == children(graph, "counted(7)")


def test_negation_leads_to_what_refutes_it(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, "bad(1). bad(2). a.\ngood :- a, not bad(_).", "good")

    assert {("stated", "bad(1)"), ("stated", "bad(2)")} == leaves(graph)


def test_double_negation(tmp_path: Path) -> None:
    assert {("stated", "a")} == leaves(graph_of(tmp_path, "a.\np :- not not a.", "p"))
    assert {("no_record", "b")} == leaves(graph_of(tmp_path, "a.\np :- a, not not b.", "p"))


def test_comparison_chains_are_told_apart(tmp_path: Path) -> None:
    assert {("comparison", "4 <= 3")} == leaves(graph_of(tmp_path, "a(4).\np(X) :- a(X), 1 <= X <= 3.", "p(4)")) - {
        ("stated", "a(4)")
    }


def test_what_compares_alike_for_two_days_speaks_of_each(tmp_path: Path) -> None:
    """20160315 and 20220315 both compare 315; made for one question or shared by several, each has its own day."""
    text = (
        'd("A",20160315). d("B",20220315). d("C",20160315). d("C",20220315).\n'
        "leap(D) :- d(_, D), D \\ 10000 = 229.\nok(A) :- d(A, D), leap(D)."
    )
    file, _, atoms = written(tmp_path, text)

    def days(graph: networkx.DiGraph) -> dict[str, set[str]]:
        """By what was refuted, the days that its comparison names."""
        return {
            above: {
                str(graph.nodes[node]["binding"]["D"])
                for node in networkx.descendants(graph, above)
                if graph.nodes[node]["role"] == "comparison"
            }
            for above in graph
            if above.startswith("not leap(") and " :- " not in above
        }

    asked = [f'ok("{one}")' for one in "ABCA"]
    both = {"not leap(20160315)": {"20160315"}, "not leap(20220315)": {"20220315"}}
    one, other = ({key: both[key]} for key in both)
    assert [days(graph) for graph in justify_atoms([file], asked, atoms)] == [one, other, both, one]


@pytest.mark.parametrize(
    ("rule", "question", "leaf"),
    [
        ("p(X, X * X) :- X = 1..3.", "p(2,5)", ("comparison", "5 = 4")),
        ("p(X) :- X = 1..3, not q(X + 1). q(2).", "p(1)", ("stated", "q(2)")),
        ("p(1..2; 5) :- q(9). q(1).", "p(5)", ("not_stated", "q(9)")),
        ("p(X) :- q(X, 1..2). q(1, 3).", "p(1)", ("no_match", "Range1")),
        ("p(X + 1) :- q(X). q(1).", "p(3)", ("not_stated", "q(2)")),
        ("p(f(X)) :- q(X). q(1).", "p(f(2))", ("not_stated", "q(2)")),
    ],
)
def test_arithmetic_intervals_pools_and_functions(
    tmp_path: Path, rule: str, question: str, leaf: tuple[str, str]
) -> None:
    graph = graph_of(tmp_path, rule, question)

    assert not graph.graph["truth"]
    if leaf[0] != "no_match":
        assert leaf in leaves(graph)


def test_a_term_without_a_value_is_told(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, "a(x).\np(X) :- a(X), X + 1 > 0.", "p(x)")

    assert "undefined" in {kind for kind, _ in leaves(graph)}


def test_a_repeated_variable_is_shown_as_what_it_ties(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, "e(1,2).\np :- e(X, X).", "p")

    assert {"e(1,2)"} == {data["atom"] for _, data in graph.nodes(data=True) if data["role"] == "instance"}


def test_aggregates_name_their_contributors_and_those_that_miss(tmp_path: Path) -> None:
    text = "won(a, main). won(b, main). won(c, nomination).\nfull(P) :- won(_, P), #count { A : won(A, P) } >= 2."
    true, false = (graph_of(tmp_path, text, f"full({prize})") for prize in ("main", "nomination"))

    (one,) = (node for node, data in true.nodes(data=True) if data["role"] == "aggregate")
    assert {("counts", "won(a,main)"), ("counts", "won(b,main)")} == children(true, one)
    (other,) = (data for _, data in false.nodes(data=True) if data["role"] == "aggregate")
    assert (str(other["value"]), [str(t) for t in other["thresholds"]], other["truth"]) == ("1", ["2"], False)


@pytest.mark.parametrize(
    ("aggregate", "value"),
    [
        ("#sum { N, X : w(X, N) } = S", "9"),
        ("#min { N : w(_, N) } = S", "2"),
        ("#max { N : w(X, N), X != b } = S", "4"),
        ("S = #count { N : w(_, N) }", "3"),
    ],
)
def test_aggregates_that_give_a_value(tmp_path: Path, aggregate: str, value: str) -> None:
    text = f"w(a, 2). w(b, 3). w(c, 4).\np(S) :- {aggregate}."
    graph = graph_of(tmp_path, text, f"p({value})")

    assert graph.graph["truth"]
    (node,) = (data for _, data in graph.nodes(data=True) if data["role"] == "aggregate")
    assert value == str(node["value"])


def test_what_an_aggregate_does_not_count_is_told(tmp_path: Path) -> None:
    text = "w(a, 2). w(b, 7).\nfew :- #count { X : w(X, N), N > 5 } < 2."
    graph = graph_of(tmp_path, text, "few")

    assert ("comparison", "2 > 5") in leaves(graph)


def test_sets_of_literals_are_counted(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, "a(1). a(2).\np :- 3 { a(1..4) }.", "p")

    (node,) = (data for _, data in graph.nodes(data=True) if data["role"] == "aggregate")
    assert (str(node["value"]), node["truth"]) == ("2", False)


def test_conditional_literals_show_each_instance_or_the_counterexamples(tmp_path: Path) -> None:
    text = "y(1..3). has(1). has(2). had(1). had(2). had(3).\nall :- has(Y) : y(Y).\never :- had(Y) : y(Y)."

    assert {("not_stated", "has(3)"), ("stated", "y(3)")} == leaves(graph_of(tmp_path, text, "all"))
    assert ("stated", "had(3)") in leaves(graph_of(tmp_path, text, "ever"))


def test_a_choice_has_no_why_but_its_rule(tmp_path: Path) -> None:
    """Justified over one given answer set: what could have been chosen and was not says so."""
    text = "c(1..2).\n1 { win(X) : c(X) } 1.\nlose(X) :- c(X), not win(X)."
    file = tmp_path / "choice.lp"
    file.write_text(text, "utf-8")
    atoms = [Question.of(one).symbol for one in ("c(1)", "c(2)", "win(1)", "lose(2)")]
    chosen, lose = justify_atoms((file,), ["win(1)", "lose(2)"], atoms)

    assert chosen.nodes["win(1)"]["kind"] == "chosen"
    assert "not_chosen" in {kind for kind, _ in leaves(lose)}


def test_a_choice_is_not_made_while_explaining(tmp_path: Path) -> None:
    """From facts alone one answer set among several would be explained as if it were the only one."""
    file = tmp_path / "choice.lp"
    file.write_text("{ a }.\np :- a.", "utf-8")

    with pytest.raises(ValueError, match=r"choice\.lp:1"):
        next(justify_facts((file,), ["p"], ()))


def test_atoms_that_support_each_other_through_negation_are_assumed(tmp_path: Path) -> None:
    file = tmp_path / "even.lp"
    file.write_text("a :- not b.\nb :- not a.", "utf-8")
    (graph,) = justify_atoms((file,), ["a"], [Question.of("a").symbol])

    assert networkx.is_directed_acyclic_graph(graph)
    assert {("assumed", "b")} == leaves(graph)


def test_constraints_and_directives_are_no_reasons(tmp_path: Path) -> None:
    text = "#defined q/1.\na.\n:- a, q(1).\np :- a.\n#show p/0.\n#minimize { 1 : a }."
    assert {("stated", "a")} == leaves(graph_of(tmp_path, text, "p"))


def test_classical_negation_is_a_predicate_of_its_own(tmp_path: Path) -> None:
    assert {("stated", "-a(1)")} == leaves(graph_of(tmp_path, "-a(1).\np :- -a(1), not a(1).", "p")) - {
        ("no_record", "a(1)")
    }


@pytest.mark.parametrize(
    ("rule", "construct"),
    [
        ("p(X) :- a(X), X = @f(1).", "external_function"),
        ("p(1) ; q(1) :- a(1).", "disjunction"),
        ("p(X) :- a(X), #count { Y : a(Y) } = 1..2.", "interval_in_aggregate"),
    ],
)
def test_what_cannot_be_explained_says_so_with_its_place(tmp_path: Path, rule: str, construct: str) -> None:
    file = tmp_path / "odd.lp"
    file.write_text(f"a(1).\n{rule}", "utf-8")
    true, false = (
        next(justify_atoms((file,), ["p(1)"], [Question.of(one).symbol for one in atoms]))
        for atoms in (("a(1)", "p(1)"), ("a(1)",))
    )

    for graph in (true, false):
        said = [data for _, data in graph.nodes(data=True) if data["kind"] == "unsupported"]
        assert [(construct, "odd.lp:2")] == [(data["construct"], data["location"]) for data in said]
        assert all("odd.lp:2" in data["zh"] and "odd.lp:2" in data["en"] for data in said)


def test_theory_atoms_and_external_atoms_say_so(tmp_path: Path) -> None:
    file = tmp_path / "theory.lp"
    file.write_text("a.\np :- a, &sum { x } > 3.\n#external e.\nq :- e.", "utf-8")
    theory, external = justify_atoms((file,), ["p", "q"], [Question.of("a").symbol])

    assert "unsupported" in {kind for kind, _ in leaves(theory)}
    assert "external" in {kind for kind, _ in leaves(external)}


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    """Facts in another order change nothing."""
    facts = [f"edge({a},{b})." for a in range(1, 5) for b in range(1, 5) if (a * b) % 3]
    rule = "\nreach(1).\nreach(Y) :- reach(X), edge(X, Y).\nfar(X) :- edge(X, _), not reach(X)."
    from justification import dump

    def asked(order: list[str], name: str) -> list[str]:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "r.lp").write_text(rule.strip(), "utf-8")
        atoms = [Question.of(one.rstrip(".")).symbol for one in order] + [
            Question.of(f"reach({n})").symbol for n in (1, 2, 4)
        ]
        return [dump(g) for g in justify_atoms((folder / "r.lp",), ["reach(4)", "far(3)", "reach(_)"], atoms)]

    assert asked(facts, "one") == asked(facts[::-1], "other")


def test_another_process_with_other_hashes_says_the_same(tmp_path: Path) -> None:
    """Neither the order of sets nor what was asked before leaves a trace."""
    file = tmp_path / "r.lp"
    file.write_text(
        "e(1,2). e(2,3). e(3,3). f(2).\n"
        "p(X, Y) :- e(X, Z), e(Z, Y), not f(Y), #count { A, B : e(A, B), A < B } > 1.\n"
        "q(X) :- e(X, X), p(_, X).\nr(X + Y) :- e(X, Y), f(X), X < Y : f(Y).",
        "utf-8",
    )
    program = (
        "import sys, hashlib; from pathlib import Path; sys.path[:0] = sys.argv[2:]; "
        "from justification import dump; from explain.graph.justification import justify_facts; "
        "asked = ['p(1,3)', 'p(2,2)', 'q(3)', 'q(_)', 'r(5)', 'r(4)']; "
        "file = Path(sys.argv[1]); "
        "extra = list(justify_facts((file,), ['r(_)', 'q(1)'], ())) if len(sys.argv) > 4 else None; "
        "print(hashlib.sha256(''.join(dump(g) for g in justify_facts((file,), asked, ())).encode()).hexdigest())"
    )
    house = Path(__file__).resolve().parents[1]
    paths = [str(house / "tests"), str(house)]
    said = {
        subprocess.run(
            [sys.executable, "-c", program, str(file), *paths, *more],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, more in (("1", []), ("2", []), ("3", ["asked before"]))
    }

    assert len(said) == 1


@pytest.mark.parametrize("text", ["p(", "1 + 2", "X", '"text"', "p(X)"])
def test_what_is_no_atom_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Question.of(text)


def test_an_underscore_in_a_string_is_no_open_argument() -> None:
    question = Question.of('failed("A_ _",_,x_y)')

    assert (question.bound, str(question)) == ((True, False, True), 'failed("A_ _",_,x_y)')


def test_what_is_open_inside_an_argument_hides_no_rule(tmp_path: Path) -> None:
    """Asked under a negation, or as a question."""
    text = 'bad("A"). c("A"). c("B").\nfound(A, art(1,0,0)) :- bad(A).\nclean(A) :- c(A), not found(A, art(_,_,_)).'

    assert {("stated", 'bad("A")')} == leaves(graph_of(tmp_path, text, 'clean("A")'))
    assert {("not_stated", 'bad("B")')} == leaves(graph_of(tmp_path, text, 'found("B",art(1,_,_))'))
    assert ("no_rule", 'found("A",art(2,_,_))') in leaves(graph_of(tmp_path, text, 'found("A",art(2,_,_))')) or (
        "comparison" in {kind for kind, _ in leaves(graph_of(tmp_path, text, 'found("A",art(2,_,_))'))}
    )


def test_an_edge_has_every_role(tmp_path: Path) -> None:
    """An instance that fails because it is there itself: found, and the reason."""
    text = "#defined x/0.\nprize(a,main,1). prize(A,P,R) :- x, A=a, P=main, R=2.\n"
    text += "only(A) :- prize(A,P,R), not prize(A,main,R)."
    graph = graph_of(tmp_path, text, "only(a)")
    (edge,) = (edge for _, target, edge in graph.in_edges("prize(a,main,1)", data=True))

    assert (edge["role"], edge["roles"]) == ("fails", ("context", "fails"))


def test_literals_that_read_the_same_have_nodes_of_their_own(tmp_path: Path) -> None:
    text = "a(1,1). b(2,2).\np :- a(X, Y), X > 1, Y > 1.\nq :- b(X, Y), b(Y, Z), Z > 5, X > 5."
    graph = graph_of(tmp_path, text, "p")

    assert sorted(node for node, data in graph.nodes(data=True) if data["role"] == "comparison") == [
        f"1 > 1 @ {graph.nodes[node]['location'].partition(':')[0]}:2{mark}"
        for node, mark in zip(
            [next(n for n, d in graph.nodes(data=True) if d["role"] == "rule")] * 2, ("", " #2"), strict=True
        )
    ]


def test_nothing_is_assumed_where_there_is_no_choice(tmp_path: Path) -> None:
    """One answer set: the missing record is the reason."""
    text = (
        "#defined convicted/1.\nperson(alan).\nmember(X) :- person(X), not excluded(X).\n"
        "excluded(X) :- person(X), not member(X), convicted(X)."
    )

    assert {("stated", "person(alan)"), ("no_record", "convicted(alan)")} == leaves(
        graph_of(tmp_path, text, "member(alan)")
    )


def test_a_fact_that_rules_derive_too_is_a_record(tmp_path: Path) -> None:
    file = tmp_path / "edges.lp"
    file.write_text("edge(X,Y) :- edge(Y,X).", "utf-8")
    fed = [Question.of("edge(a,b)").symbol]
    given, derived = justify_facts((file,), ["edge(a,b)", "edge(b,a)"], fed)

    assert {node: data["kind"] for node, data in given.nodes(data=True)} == {"edge(a,b)": "recorded"}
    assert {node: data["kind"] for node, data in derived.nodes(data=True)} == {
        "edge(b,a)": "derived",
        "edge(a,b)": "recorded",
    }


def test_recursion_that_ends_is_followed(tmp_path: Path) -> None:
    """Over computed terms too: each chain of neighbours ends where there is none."""
    graph = graph_of(tmp_path, "bad(N) :- step(N,M), bad(M+1).\nstep(1,1). step(2,4).", "bad(1)")

    assert "not_pursued" not in {kind for kind, _ in leaves(graph)}
    assert {"not bad(2)", "not bad(5)"} <= set(graph)


def test_a_constant_may_be_computed(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, "#const k = n+1.\n#const n = 4.\nq(5).\np(X) :- q(X), X < k.", "p(5)")

    assert [data["constants"] for _, data in graph.nodes(data=True) if data["role"] == "comparison"] == [{"k": "5"}]


def test_an_external_is_there_for_its_body_only(tmp_path: Path) -> None:
    text = "q(5).\n#external e(X) : q(X).\nr :- e(7).\ns :- e(5)."

    assert {("not_stated", "q(7)")} == leaves(graph_of(tmp_path, text, "r"))
    assert "external" in {kind for kind, _ in leaves(graph_of(tmp_path, text, "s"))}


def test_an_edited_file_is_explained_by_its_new_text(tmp_path: Path) -> None:
    file = tmp_path / "edited.lp"
    file.write_text("a.\np :- a.", "utf-8")
    before = next(justify_facts((file,), ["p"], ()))
    file.write_text("b.\np :- b.", "utf-8")
    after = next(justify_facts((file,), ["p"], ()))

    assert (leaves(before), leaves(after)) == ({("stated", "a")}, {("stated", "b")})


def test_a_label_that_names_no_provision_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "foreign.lp"
    file.write_text("a.\n%! see the manual\np :- a.", "utf-8")

    with pytest.raises(ValueError, match=r"foreign\.lp:2: %! see the manual"):
        next(justify_facts((file,), ["p"], ()))


def test_a_sum_names_what_adds_to_it(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, "w(a,0). w(b,3). w(c,-2).\np :- #sum { N, X : w(X,N) } > 0.", "p")

    assert {("stated", "w(b,3)"), ("stated", "w(c,-2)")} == leaves(graph)


def test_a_join_of_hundreds_ends_with_how_many_more(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, "a(1..90). b(1..90).\np :- a(X), b(Y), X = Y + 1000.", "p")
    more = [data["count"] for _, data in graph.nodes(data=True) if data["kind"] == "more"]

    assert set(more) == {70}
    assert len(graph) < 1500


@pytest.mark.parametrize("rule", ["up(N+1) :- up(N), e(N).", "up(N) :- N = M+1, e(M), up(M)."])
def test_recursion_downwards_for_ever_ends_too(tmp_path: Path, rule: str) -> None:
    """The body is asked of ever smaller numbers where the head is computed, or an equation binds."""
    graph = graph_of(tmp_path, f"e(0).\n{rule}", "up(9)")

    assert {("not_pursued", "up(8)"), ("not_stated", "e(8)")} == leaves(graph)
