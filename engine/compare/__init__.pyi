from .slips import hint_words as hint_words
from .slips import hints as hints
