"""Numbers from papers: pure functions."""
