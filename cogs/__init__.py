"""The Discord surface: one module per family of commands."""
