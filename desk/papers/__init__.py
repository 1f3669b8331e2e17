"""Papers: their content filled in from a decision, and rendered as DOCX, HTML and PDF."""
