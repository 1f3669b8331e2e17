"""What a person touches: the command line, workbooks and papers."""

from engine.case import READERS

READERS[".xlsx"] = "desk.workbook.reader"
READERS.update(
    dict.fromkeys((".xls", ".xlsm", ".xlsb", ".et", ".ett", ".ods", ".csv", ".tsv"), "desk.workbook.foreign")
)
