"""What a person touches: the command line now, papers and pages later."""
