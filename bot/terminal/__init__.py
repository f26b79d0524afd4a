"""The commands of the terminal: results on stdout, everything else on stderr."""
