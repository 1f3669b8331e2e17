"""The audit bench: evidence, provision by provision, that the rules say what the law says."""
