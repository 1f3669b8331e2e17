"""Commands of the browser's desk, one file a command: `pingjiang NAME` imports `NAME` and no other."""
