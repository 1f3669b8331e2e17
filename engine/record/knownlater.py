"""Which facts may become known after a draw: what an entry in its record may hold."""

KNOWN_LATER = (
    "kin", "works_with", "employed", "officer", "shareholder", "controls", "declared_interest", "authority",
    "recommended_by", "coached", "reviewer_misconduct", "unavailable", "withdrawn", "name",
)  # fmt: skip
"""What may become known after the draw; anything else needs a supplementary freeze with sources of its own."""
