"""One command a module, under the module's own name: `what_if.py` holds `what_if`, called `what-if`."""
