"""Fits the forecast in bulk and measures it: SciPy's sparse products in place of a query a paper."""
