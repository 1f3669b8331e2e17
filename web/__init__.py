"""The desk in the browser: what bureau, lawyers and supervision touch without a terminal."""
