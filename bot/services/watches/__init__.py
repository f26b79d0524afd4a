"""Watches as people make, preview, change and tune them."""
