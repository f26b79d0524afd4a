"""What the product does, without Discord in it."""
