"""One file a command: `pingjiang NAME` imports `NAME` and no other."""
