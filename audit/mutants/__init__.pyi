from .answers import tables as tables
from .choiceslips import Slip as Slip
from .choosing import Noticed as Noticed
from .equivalent import verdicts as verdicts
from .mutation import Mutant as Mutant
from .scores import Score as Score
from .scores import score as score
from .together import score_all as score_all
