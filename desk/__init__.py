"""What a person touches: the command line, workbooks and papers."""
