from .belonging import whose as whose
from .effect import idle as idle
from .identifiers import measured as measured
