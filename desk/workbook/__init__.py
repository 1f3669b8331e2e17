"""The case as a workbook: what its sheets are, how they are written, read and marked."""
