"""Numbers of papers: what they are made from, and what was made."""
