"""Numbers from papers: pure functions and a small model, on NumPy alone."""
