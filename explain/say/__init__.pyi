from .annotation import Finish as Finish
from .foldmarks import mark as mark
from .leafkinds import Data as Data
from .leafkinds import Rows as Rows
from .values import DAYS as DAYS
from .values import constant as constant
from .values import recorded as recorded
from .values import worded as worded
