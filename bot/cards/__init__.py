"""Domain values to embeds, views and pictures."""
