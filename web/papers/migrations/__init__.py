"""The tables of this room, step by step."""
