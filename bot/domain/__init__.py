"""Plain values: papers, authors, identifiers, watches."""
