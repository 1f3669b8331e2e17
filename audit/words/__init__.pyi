from .atoms import DECIMAL as DECIMAL
from .atoms import said as said
from .rulewords import Plain as Plain
from .rulewords import plain_words as plain_words
