from .cheapest import later_repairs as later_repairs
from .cheapest import repairs as repairs
from .deviation import least_deviation as least_deviation
from .fairness import Chances as Chances
from .fairness import chances as chances
from .fairness import equality as equality
from .steps import Repair as Repair
from .steps import Step as Step
