"""Watches, and what becomes of what they want: deliveries, messages, and changes of these."""
