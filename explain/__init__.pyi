from .graph import justify as justify
from .graph import justify_all as justify_all
