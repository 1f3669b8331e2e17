from .plain import paper as paper
from .plain import plain as plain
