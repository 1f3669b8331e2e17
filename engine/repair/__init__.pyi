from .cheapest import repairs as repairs
from .steps import Repair as Repair
from .steps import Step as Step
