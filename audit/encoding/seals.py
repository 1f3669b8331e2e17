"""Seals: the hash of a provision's words and of every rule that carries it out, to which a signature is bound."""

from __future__ import annotations

from hashlib import sha256

from audit.encoding.encodings import Encoding, Rule
from engine.law import Provision


def seal(encoding: Encoding, provision: Provision | None) -> str:
    """The hash (16 hex digits) of a provision's words, its rules, and the rules that these stand on.

    It changes when a word, a rule, a number or a shared definition below it changes, and not when comments do.
    """
    words = encoding.statute.words.get(provision, "") if provision else ""
    texts = sorted(encoding.valued(rule).text for rule in sealed_rules(encoding, provision))
    return sha256("\n".join([words, *texts]).encode("utf-8")).hexdigest()[:16]


def sealed_rules(encoding: Encoding, provision: Provision | None) -> list[Rule]:
    """The rules that a seal is of: a provision's own, then those that these stand on."""
    rules = {rule.number: rule for rule in encoding.rules if rule.provision == provision}
    wanted = {sig for rule in rules.values() for sig, _ in rule.needs}
    while new := [
        r for r in encoding.rules if r.number not in rules and r.heads & wanted and _general(r.provision, provision)
    ]:
        rules |= {rule.number: rule for rule in new}
        wanted |= {sig for rule in new for sig, _ in rule.needs}
    return list(rules.values())


def _general(other: Provision | None, provision: Provision | None) -> bool:
    """Whether a rule elsewhere counts: every one that is asked for, the outcome's own rules apart."""
    return other is None or other != provision
